import HashTreeCollections

/// Everything that is known of what customers have done, and what was spent to gain them.
package struct Facts: Hashable, Sendable {
  /// In columns, for whoever looks at all customers: see `FactBlock`.
  private(set) var table = FactTable()
  package private(set) var categories = Catalogue()
  package private(set) var products = Catalogue()
  package private(set) var broadcasts = Catalogue()
  /// Of those who have been in a merge, what is their own, so that they can be parted again.
  private var own: TreeDictionary<CustomerID, CustomerFacts> = [:]
  /// The channels on which something was spent, as written first.
  private var channelNames = Catalogue()
  private(set) var spends: TreeDictionary<SpendKey, Spend> = [:]
  /// The currency of all amounts: three letters (ISO 4217).
  package internal(set) var currency = "BRL"
  /// Whether any amount is on record, from when on the currency is fixed.
  package private(set) var hasAmounts = false

  package init() {}

  /// What was spent on a source channel, by the channel's folded name and the id it was told under.
  struct SpendKey: Hashable, Sendable {
    let channel: NameKey
    let key: FactKey
  }

  struct Spend: Hashable, Sendable {
    let at: Timestamp
    /// In minor units.
    let amount: Int64
  }

  // MARK: Reading

  /// How many blocks there are to scan; each holds `FactBlock.size` customers, and may be nil.
  var blockCount: Int { table.blockCount }

  /// The block of the customers from `index * FactBlock.size + 1` on.
  func block(_ index: Int) -> FactBlock? { table.block(index) }

  func channelName(_ key: NameKey) -> String? {
    channelNames.index(key).flatMap { channelNames[$0] }
  }

  /// What is known under a number; who was merged away has nothing.
  subscript(_ customer: CustomerID) -> CustomerFacts { table[customer] }

  // MARK: Changing

  mutating func record(_ fact: Fact, of customer: CustomerID?, at time: Timestamp) {
    if fact.amount != nil { hasAmounts = true }
    if case .spendRecorded(let id, let channel, let amount) = fact {
      _ = channelNames.intern(channel)
      let key = SpendKey(channel: NameKey(channel), key: FactKey(id))
      let spend = Spend(at: time, amount: amount)
      spends[key] = spends[key].map { min($0, spend) } ?? spend
      return
    }
    guard let customer, let piece = FactPiece(fact, at: time, naming: &self) else { return }
    recordOwn(piece, of: customer)
    table.change(customer) { $0.take(piece, $1) }
  }

  /// The same for facts that a replay has read, of all events before `index`: those of each chunk of the
  /// table by one thread.
  ///
  /// - Parameter least: one after the other where there are fewer.
  mutating func take(
    _ read: inout ReadFacts, before index: Int, _ spread: Spread, from least: Int
  ) {
    let due = read.release(before: index)
    guard due.count > 0 else { return }
    if due.hasAmounts { hasAmounts = true }
    let numbers = read.numbers(before: index, in: &self)
    if !own.isEmpty {
      for share in read.shares[..<due.chunks] {
        for (customer, piece) in share.due(numbers, of: { own[$0] != nil }) {
          recordOwn(piece, of: customer)
        }
      }
    }
    table.take(&read, due.chunks, numbers, due.count < least ? inOrder : spread)
  }

  /// Keeps of those who have been in a merge what is their own.
  private mutating func recordOwn(_ piece: FactPiece, of customer: CustomerID) {
    guard !own.isEmpty, let known = own[customer] else { return }
    own[customer] = known.united(with: piece)
  }

  /// The facts of one become those of the other too.
  mutating func merge(_ source: CustomerID, into target: CustomerID) {
    let (theirs, ours) = (table[source], table[target])
    if own[source] == nil { own[source] = theirs }
    if own[target] == nil { own[target] = ours }
    guard theirs != CustomerFacts() else { return }
    table[target] = ours.united(with: theirs)
    table[source] = CustomerFacts()
  }

  /// Each of those who have been merged has what is known of everybody who is merged into them.
  ///
  /// - Parameter root: whom somebody has been merged into, over however many steps; or themselves.
  mutating func part(
    _ source: CustomerID, from target: CustomerID, root: (CustomerID) -> CustomerID
  ) {
    let heads = [root(source), root(target)]
    var facts = [CustomerFacts(), CustomerFacts()]
    for (customer, known) in own.sorted(by: { $0.key < $1.key }) {
      for (index, head) in heads.enumerated() where root(customer) == head {
        facts[index] = facts[index].united(with: known)
      }
    }
    for (index, head) in heads.enumerated() { table[head] = facts[index] }
  }
}

extension Facts: FactNaming {
  mutating func category(_ name: String?) -> Int32 { categories.intern(name) }
  mutating func product(_ name: String?) -> Int32 { products.intern(name) }
  mutating func broadcast(_ name: String) -> Int32 { broadcasts.intern(name) }
}

extension Facts.Spend: Comparable {
  static func < (a: Self, b: Self) -> Bool { (a.at, a.amount) < (b.at, b.amount) }
}

extension Facts {
  /// When a fact is known to have happened, and its amount; nil where it is not known.
  ///
  /// What tells of the same fact an earlier time, or at that time a smaller amount, is news.
  @inline(__always)
  func known(_ fact: Fact, of customer: CustomerID) -> FactWeight? {
    let (index, slot) = FactTable.place(of: customer)
    return table.withBlock(index) { block in
      fact.order == nil ? knownOtherwise(fact, block, slot) : Self.knownOfOrder(fact, block, slot)
    } ?? nil
  }

  /// Of the facts of an order, of which there are the most: only the columns in question are looked at.
  private static func knownOfOrder(
    _ fact: Fact, _ block: UnsafePointer<FactBlock>, _ slot: Int
  ) -> FactWeight? {
    guard let row = fact.order.flatMap({ block.pointee.row(of: FactKey($0), slot) }) else {
      return nil
    }
    func weight(_ column: [Int64], amount: Int64 = 0) -> FactWeight? {
      guard !column.isEmpty, column[row] != Timestamp.never.rawValue else { return nil }
      return FactWeight(at: Timestamp(microseconds: column[row]), amount: amount)
    }
    switch fact {
    case .orderPlaced: return weight(block.pointee.placed, amount: block.pointee.amounts[row])
    case .orderPaid: return weight(block.pointee.paid)
    case .orderShipped: return weight(block.pointee.shipped)
    case .orderCompleted: return weight(block.pointee.completed)
    case .orderCancelled: return weight(block.pointee.cancelled)
    case .orderReturned(let id, _, _):
      let known = block.pointee.order(row).returns.first { $0.key == FactKey(id) }
      return known.map { FactWeight(at: $0.at, amount: $0.amount) }
    default: return nil
    }
  }

  private func knownOtherwise(
    _ fact: Fact, _ block: UnsafePointer<FactBlock>, _ slot: Int
  ) -> FactWeight? {
    func weight(_ time: Timestamp?) -> FactWeight? { time.map { FactWeight(at: $0, amount: 0) } }
    func first<Row: FactRow>(_ rows: FactRows<Row>, _ isIt: (Row) -> Bool) -> Row? {
      rows[slot].first(where: isIt)
    }
    let key = FactKey(fact.id)
    switch fact {
    case .orderReturned:
      let known = first(block.pointee.credits) { $0.key == key }
      return known.map { FactWeight(at: $0.at, amount: $0.amount) }
    case .messageReceived:
      return weight(first(block.pointee.messages) { $0.key == key && $0.isIncoming }?.at)
    case .messageSent:
      return weight(first(block.pointee.messages) { $0.key == key && !$0.isIncoming }?.at)
    case .broadcastReceived(let name), .broadcastAnswered(let name):
      guard let number = broadcasts.index(named: name),
        let found = first(block.pointee.broadcasts, { $0.broadcast == number })
      else { return nil }
      return weight(fact.type == .broadcastReceived ? found.received : found.answered)
    case .enquiryMade: return weight(first(block.pointee.enquiries) { $0.key == key }?.at)
    case .complaintOpened: return weight(first(block.pointee.complaints) { $0.key == key }?.opened)
    case .complaintResolved:
      return weight(first(block.pointee.complaints) { $0.key == key }?.resolved)
    case .urgencyRaised: return weight(first(block.pointee.urgencies) { $0.key == key }?.opened)
    case .urgencySettled: return weight(first(block.pointee.urgencies) { $0.key == key }?.resolved)
    default: return nil
    }
  }
}

/// By what two tellings of the same fact are compared.
struct FactWeight: Hashable, Comparable, Sendable {
  var at: Timestamp
  /// In minor units; 0 where the fact has none.
  var amount: Int64

  static func < (a: Self, b: Self) -> Bool { (a.at, a.amount) < (b.at, b.amount) }
}
