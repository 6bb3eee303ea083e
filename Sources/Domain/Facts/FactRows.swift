/// Rows of the few customers of a block, in one flat array: each customer's stand together, in order.
struct FactRows<Row: FactRow>: Hashable, Sendable {
  /// Where the rows of each customer end; empty where there are no rows at all.
  private(set) var ends: [Int32] = []
  private(set) var rows: [Row] = []

  func range(_ slot: Int) -> Range<Int> {
    guard !ends.isEmpty else { return 0..<0 }
    return (slot == 0 ? 0 : Int(ends[slot - 1]))..<Int(ends[slot])
  }

  subscript(_ slot: Int) -> ArraySlice<Row> { rows[range(slot)] }

  /// Takes in what a fact tells; it is united with a row that tells of the same.
  mutating func take(_ row: Row, _ slot: Int) {
    if ends.isEmpty { ends = Array(repeating: 0, count: FactBlock.size) }
    let range = range(slot)
    if let index = rows[range].firstIndex(where: { $0.isSame(as: row) }) {
      let united = rows[index].united(with: row)
      guard united != rows[index] else { return }
      rows.remove(at: index)
      rows.insert(united, at: place(of: united, in: range.lowerBound..<range.upperBound - 1))
    } else {
      rows.insert(row, at: place(of: row, in: range))
      for later in slot..<FactBlock.size { ends[later] += 1 }
    }
  }

  mutating func replace(_ slot: Int, with new: [Row]) {
    guard !ends.isEmpty || !new.isEmpty else { return }
    if ends.isEmpty { ends = Array(repeating: 0, count: FactBlock.size) }
    let old = range(slot)
    rows.replaceSubrange(old, with: new)
    for later in slot..<FactBlock.size { ends[later] += Int32(new.count - old.count) }
    if rows.isEmpty { ends = [] }
  }

  /// From the end, since facts mostly come in the order of their times.
  private func place(of row: Row, in range: Range<Int>) -> Int {
    var place = range.upperBound
    while place > range.lowerBound, row < rows[place - 1] { place -= 1 }
    return place
  }
}

/// What stands in a row of a customer: comparable in the order in which it is shown.
protocol FactRow: Hashable, Comparable, Sendable {
  /// Whether both tell of the same thing, by its id.
  func isSame(as other: Self) -> Bool
  /// What both together tell, whichever came first: the earliest time that is known.
  func united(with other: Self) -> Self
}

extension MessageFact: FactRow {
  package static func < (a: Self, b: Self) -> Bool {
    (a.at, a.key, a.isIncoming ? 1 : 0) < (b.at, b.key, b.isIncoming ? 1 : 0)
  }
  func isSame(as other: Self) -> Bool { key == other.key && isIncoming == other.isIncoming }
  func united(with other: Self) -> Self { min(self, other) }
}

extension BroadcastFacts: FactRow {
  private var first: Timestamp { earliest(received, answered) ?? .never }
  package static func < (a: Self, b: Self) -> Bool {
    (a.first, a.broadcast) < (b.first, b.broadcast)
  }
  func isSame(as other: Self) -> Bool { broadcast == other.broadcast }
  func united(with other: Self) -> Self {
    var all = self
    all.received = earliest(received, other.received)
    all.answered = earliest(answered, other.answered)
    return all
  }
}

extension EnquiryFact: FactRow {
  package static func < (a: Self, b: Self) -> Bool {
    (a.at, a.key, a.category, a.product) < (b.at, b.key, b.category, b.product)
  }
  func isSame(as other: Self) -> Bool { key == other.key }
  func united(with other: Self) -> Self { min(self, other) }
}

extension CaseFacts: FactRow {
  private var first: Timestamp { earliest(opened, resolved) ?? .never }
  package static func < (a: Self, b: Self) -> Bool { (a.first, a.key) < (b.first, b.key) }
  func isSame(as other: Self) -> Bool { key == other.key }
  func united(with other: Self) -> Self {
    var all = self
    all.opened = earliest(opened, other.opened)
    all.resolved = earliest(resolved, other.resolved)
    return all
  }
}

extension ReturnFact: FactRow {
  package static func < (a: Self, b: Self) -> Bool {
    (a.at, a.amount, a.key) < (b.at, b.amount, b.key)
  }
  func isSame(as other: Self) -> Bool { key == other.key }
  func united(with other: Self) -> Self { min(self, other) }
}

/// The earlier of two times of which either may not be known.
func earliest(_ a: Timestamp?, _ b: Timestamp?) -> Timestamp? {
  guard let a, let b else { return a ?? b }
  return min(a, b)
}
