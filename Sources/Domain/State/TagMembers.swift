import HashTreeCollections

/// Who has one tag, and what is known of single applications.
struct TagMembers: Sendable, Hashable {
  private(set) var customers = CustomerSet()
  /// Since when each of them has had it without a break.
  private(set) var since = TenureTimes()
  /// Details of those applications that carry any (N8).
  private(set) var details: TreeDictionary<CustomerID, Details> = [:]
  /// How far imported history has told about a customer, so that a file taken twice changes nothing.
  ///
  /// There is none for who was never in a history: a mark for each of many million applications by
  /// hand would cost more memory than all the rest (`HistoryRow.settled` tells of those).
  private(set) var history: TreeDictionary<CustomerID, HistoryMark> = [:]

  /// Applies the tag; false where the customer has it already.
  mutating func insert(_ customer: CustomerID, details: Details?, on occasion: Occasion) -> Bool {
    mark(customer, occasion)
    if let details, !details.isEmpty { self.details[customer] = details }
    guard customers.insert(customer) else { return false }
    since.set(customer, occasion.time)
    return true
  }

  /// Removes the tag; false where the customer lacks it.
  mutating func remove(_ customer: CustomerID, on occasion: Occasion) -> Bool {
    mark(customer, occasion)
    if !details.isEmpty { details[customer] = nil }
    guard customers.remove(customer) else { return false }
    since.clear(customer)
    return true
  }

  mutating func setDetails(of customer: CustomerID, _ details: Details?) {
    self.details[customer] = details.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Takes over everything from a tag that is merged into this one.
  ///
  /// Who has both keeps the application of this tag, with those details only the other had where
  /// this has none. Who had only the other has had it since that one came.
  mutating func absorb(_ other: Self) {
    for customer in other.customers.subtracting(customers) {
      if let time = other.since[customer] { since.set(customer, time) }
    }
    customers.formUnion(other.customers)
    details.merge(other.details) { kept, _ in kept }
    history.merge(other.history) { max($0, $1) }
  }

  /// Takes the tag from a customer who is merged into another; false where they lacked it.
  ///
  /// What the target gains has events of its own. What history has told of either is told of both.
  mutating func merge(_ source: CustomerID, into target: CustomerID, at: Timestamp) -> Bool {
    let had = customers.remove(source)
    if had { since.clear(source) }
    if had && !details.isEmpty { details[source] = nil }
    if let told = history[source] {
      history[source] = nil
      history[target] = history[target].map { max($0, told) } ?? told
    }
    if had && !customers.contains(target) { mark(target, .hand(at)) }
    return had
  }

  /// Sets back how far history has told about a customer.
  mutating func reopen(_ customer: CustomerID, to mark: HistoryMark?) {
    history[customer] = mark
  }

  /// A change by hand settles what history told before it; a mark goes back only where an undo says so.
  private mutating func mark(_ customer: CustomerID, _ occasion: Occasion) {
    switch occasion {
    case .undo(_, let mark): reopen(customer, to: mark)
    case .hand(let at):
      guard !history.isEmpty, let told = history[customer] else { return }
      history[customer] = max(told, HistoryMark(occurred: at, ordinal: .max))
    case .history(let mark):
      history[customer] = history[customer].map { max($0, mark) } ?? mark
    }
  }
}

/// How a tag came or went.
enum Occasion {
  /// By a person, an interface or a list, at the moment it was recorded.
  case hand(Timestamp)
  /// In the past, as imported history tells.
  case history(HistoryMark)
  /// By the undo of an import, after which history has told no more than before it.
  case undo(Timestamp, HistoryMark?)

  var time: Timestamp {
    switch self {
    case .hand(let at), .undo(let at, _): at
    case .history(let mark): mark.occurred
    }
  }
}

/// The last moment that imported history, or a later change by hand, has settled.
struct HistoryMark: Sendable, Hashable, Comparable {
  var occurred: Timestamp
  /// Which of several rows of the same moment; 1 where there is one.
  var ordinal: Int

  static func < (a: Self, b: Self) -> Bool {
    (a.occurred, a.ordinal) < (b.occurred, b.ordinal)
  }
}

extension HistoryMark {
  /// As it stands in an undo's event. No ordinal means all of that moment, as after a change by hand.
  var json: JSON {
    var members: [String: JSON] = ["occurred": .string(occurred.text)]
    if ordinal != .max { members["ordinal"] = .int(Int64(ordinal)) }
    return .object(members)
  }

  init?(json: JSON) {
    guard let text = json["occurred"]?.string, let occurred = try? Timestamp(parsing: text)
    else { return nil }
    self.init(occurred: occurred, ordinal: json["ordinal"]?.int.map(Int.init) ?? .max)
  }
}

extension JSON {
  /// Whether an event undoes what an import told of the past of its membership.
  package var reopensHistory: Bool { self["settled"] != nil }
}

extension State {
  /// How far imported history has told about a membership.
  func settled(_ membership: Membership) -> HistoryMark? {
    guard memberships.indices.contains(membership.tag.index) else { return nil }
    return memberships[membership.tag.index].history[membership.customer]
  }
}
