import Domain
import EventLog
import Projections

/// Tells rows of a history up to when the log itself knows about their customer and tag.
///
/// What people have done by hand, and what a merge has decided, is not done again by an older row.
/// The state keeps no time for each membership, so the views are asked, once for each pair.
struct Settlements {
  private let ledger: Ledger
  /// The last customer before the import; of those whom it registers nothing else can be known.
  private let lastBefore: Int32
  private var times: [Membership: Timestamp?] = [:]
  private var merged = Merged()

  init(_ ledger: Ledger) {
    self.ledger = ledger
    lastBefore = ledger.state.lastCustomer
  }

  mutating func add(to rows: inout [ImportRow]) async throws(Problem) {
    let state = ledger.state
    var pairs: [Int: [Membership]] = [:]
    for (index, row) in rows.enumerated() {
      guard case .history(let row) = row, let customer = state.customer(of: row.customer),
        customer.rawValue <= lastBefore, let tag = state.tag(everNamed: NameKey(row.tag))
      else { continue }
      var tags = [tag.id]
      // One tag of a set at a time: what was done by hand with another is settled for this one.
      if row.applied, let set = tag.setKey { tags = state.tags(inSet: set).map(\.id) }
      pairs[index] = tags.map { Membership(tag: $0, customer: customer) }
    }
    try await learn(Set(pairs.values.joined()).filter { times[$0] == nil }, state)
    for (index, pairs) in pairs {
      guard case .history(var row) = rows[index] else { continue }
      row.settled = pairs.compactMap { times[$0] ?? nil }.max()
      rows[index] = .history(row)
    }
  }

  private mutating func learn(_ pairs: Set<Membership>, _ state: State) async throws(Problem) {
    guard !pairs.isEmpty else { return }
    merged.update(state)
    var wanted: [Wanted] = []
    for pair in pairs {
      times[pair] = .some(nil)
      for part in merged.parts(of: pair) {
        wanted.append(Wanted(pair: pair, part: part, before: .max))
      }
    }
    await ledger.waitForViews()
    while !wanted.isEmpty { wanted = try await learn(wanted) }
  }

  /// The newest change of a membership, or of one merged into it, before an event.
  private struct Wanted {
    let pair: Membership
    let part: Membership
    var before: Int64
  }

  /// - Returns: those whose import has been undone: what counts is what was before it.
  private mutating func learn(_ wanted: [Wanted]) async throws(Problem) -> [Wanted] {
    let seqs = try await ledger.views.reader.newest(of: wanted.map { ($0.part, $0.before) })
    let known = zip(wanted, seqs).compactMap { wanted, seq in seq.map { (wanted, $0) } }
    var earlier: [Wanted] = []
    for ((wanted, _), event) in zip(known, try ledger.log.events(seqs: known.map(\.1))) {
      if let undone = try event.undoneImport() {
        earlier.append(Wanted(pair: wanted.pair, part: wanted.part, before: undone))
      } else if event.occurred == nil {
        // What history told last has left its mark in the state, to the row.
        times[wanted.pair] = max(times[wanted.pair]!, event.at)
      }
    }
    return earlier
  }

  private func max(_ known: Timestamp?, _ time: Timestamp) -> Timestamp {
    guard let known, known > time else { return time }
    return known
  }
}

/// Which tags and customers have been merged into which: a part's past belongs to the whole.
struct Merged: Sendable {
  private(set) var tags: [TagID: [TagID]] = [:]
  private(set) var customers: [CustomerID: [CustomerID]] = [:]
  /// Customers merged away when they were last looked through.
  private var gone = 0

  init() {}

  init(_ state: State) {
    update(state)
  }

  mutating func update(_ state: State) {
    tags = [:]
    for tag in state.tags {
      guard case .merged = tag.status, let into = try? state.current(tag.id).id else { continue }
      tags[into, default: [into]].append(tag.id)
    }
    let gone = Int(state.lastCustomer) - state.customerCount
    guard gone != self.gone else { return }
    self.gone = gone
    customers = [:]
    for number in 1..<(state.lastCustomer + 1) where state.merged(CustomerID(number)) != nil {
      guard let into = try? state.current(CustomerID(number)) else { continue }
      customers[into, default: [into]].append(CustomerID(number))
    }
  }

  /// Whether a membership has others as its past.
  func isWhole(_ pair: Membership) -> Bool {
    tags[pair.tag] != nil || customers[pair.customer] != nil
  }

  /// The memberships that are this one now: itself, and those of merged tags and customers.
  func parts(of pair: Membership) -> [Membership] {
    guard isWhole(pair) else { return [pair] }
    return (tags[pair.tag] ?? [pair.tag]).flatMap { tag in
      (customers[pair.customer] ?? [pair.customer]).map { Membership(tag: tag, customer: $0) }
    }
  }
}

extension State {
  /// The customer whom a row means; nil where nobody is known by that.
  func customer(of row: RowCustomer) -> CustomerID? {
    switch row {
    case .id(let id): try? current(id)
    case .lookup(let draft):
      draft.lookups.ref.flatMap { customer(ref: $0) }
        ?? draft.lookups.phone.flatMap { customer(phone: $0) }
    }
  }
}
