/// The facts of a few neighbouring customers, in columns: what one scan reads stands side by side.
///
/// A scan walks `orders(slot)`, the rows of one customer, or all rows at once. Times are µs since 1970;
/// `Int64.max` stands for "not known", so that "had occurred by now" is one comparison: `<= now`.
/// `paid`, `shipped`, `completed` and `cancelled` are **empty** where that is so of every order of the
/// block; `lineEnds` where no order of the block has lines.
struct FactBlock: Hashable, Sendable {
  /// Customers per block: a first write after a copy of the state copies one block.
  static let size = 32

  /// Where the orders of each customer end; empty where there are none at all.
  private(set) var orderEnds: [Int32] = []
  private(set) var orderKeys: [UInt64] = []
  /// When each order was placed, rising within a customer; those not placed as far as is known stand
  /// last.
  private(set) var placed: [Int64] = []
  /// Minor units.
  private(set) var amounts: [Int64] = []
  private(set) var paid: [Int64] = []
  private(set) var shipped: [Int64] = []
  private(set) var completed: [Int64] = []
  private(set) var cancelled: [Int64] = []
  /// Where the lines of each order end.
  private(set) var lineEnds: [Int32] = []
  /// What each line is about, apart from the rest: it is what scans look for.
  private(set) var lineTopics: [LineTopic] = []
  private(set) var lineQuantities: [Int32] = []
  /// Minor units.
  private(set) var lineAmounts: [Int64] = []
  /// What came back of orders of this block, in the order of their rows.
  private(set) var returns: [OrderReturn] = []
  /// What came back of no order that is known, by customer.
  var credits = FactRows<ReturnFact>()
  var messages = FactRows<MessageFact>()
  var broadcasts = FactRows<BroadcastFacts>()
  var enquiries = FactRows<EnquiryFact>()
  var complaints = FactRows<CaseFacts>()
  var urgencies = FactRows<CaseFacts>()

  /// The category and the product of a line, by their indices in the catalogues, as one number: what is
  /// asked of both, or of one of them, is one comparison.
  struct LineTopic: Hashable, Sendable {
    let rawValue: UInt64

    init(category: Int32, product: Int32) {
      rawValue =
        UInt64(UInt32(bitPattern: category)) << 32 | UInt64(UInt32(bitPattern: product))
    }

    var category: Int32 { Int32(truncatingIfNeeded: rawValue >> 32) }
    var product: Int32 { Int32(truncatingIfNeeded: rawValue) }
  }

  /// Something that came back, beside the row of its order.
  struct OrderReturn: Hashable, Sendable {
    var row: Int32
    var fact: ReturnFact
  }

  /// The rows of a customer's orders.
  @inline(__always)
  func orders(_ slot: Int) -> Range<Int> {
    guard !orderEnds.isEmpty else { return 0..<0 }
    let start = slot == 0 ? 0 : orderEnds[inBounds: slot - 1]
    return Int(start)..<Int(orderEnds[inBounds: slot])
  }

  /// Where the lines of an order stand.
  @inline(__always)
  func lineRange(ofRow row: Int) -> Range<Int> {
    guard !lineEnds.isEmpty else { return 0..<0 }
    let start = row == 0 ? 0 : lineEnds[inBounds: row - 1]
    return Int(start)..<Int(lineEnds[inBounds: row])
  }

  private func line(_ index: Int) -> OrderLine {
    OrderLine(
      category: lineTopics[index].category, product: lineTopics[index].product,
      quantity: lineQuantities[index], amount: lineAmounts[index])
  }

  /// One order as a value.
  func order(_ row: Int) -> OrderFacts {
    var order = OrderFacts(key: FactKey(rawValue: orderKeys[row]))
    func time(_ column: [Int64]) -> Timestamp? {
      column.isEmpty || column[row] == .max ? nil : Timestamp(microseconds: column[row])
    }
    order.placed = time(placed)
    order.amount = amounts[row]
    order.paid = time(paid)
    order.shipped = time(shipped)
    order.completed = time(completed)
    order.cancelled = time(cancelled)
    if !lineEnds.isEmpty { order.lines = lineRange(ofRow: row).map(line) }
    if !returns.isEmpty {
      order.returns = returns.filter { $0.row == row }.map(\.fact)
    }
    return order
  }

  func row(of key: FactKey, _ slot: Int) -> Int? {
    let range = orders(slot)
    return orderKeys[range].lastIndex(of: key.rawValue)
  }

  /// Takes in what is told of an order; it is united with what is known of it.
  mutating func take(_ order: OrderFacts, _ slot: Int) {
    guard let row = row(of: order.key, slot) else { return insert(order, slot) }
    let known = self.order(row)
    let united = known.united(with: order)
    guard united != known else { return }
    if united.placed == known.placed && united.lines == known.lines {
      set(row, united)
    } else {
      remove(row, slot)
      insert(united, slot)
    }
    if united.returns != known.returns { setReturns(united, slot) }
  }

  mutating func replaceOrders(_ slot: Int, with new: [OrderFacts]) {
    for row in orders(slot).reversed() { remove(row, slot) }
    for order in new { insert(order, slot) }
    if placed.isEmpty { orderEnds = [] }
    changeSteps { if $0.allSatisfy({ $0 == .max }) { $0 = [] } }
    if lineTopics.isEmpty { lineEnds = [] }
  }

  // MARK: Rows

  private mutating func insert(_ order: OrderFacts, _ slot: Int) {
    if orderEnds.isEmpty { orderEnds = Array(repeating: 0, count: Self.size) }
    let range = orders(slot)
    let time = (order.placed ?? .never).rawValue
    var row = range.upperBound
    while row > range.lowerBound,
      (time, order.key.rawValue) < (placed[row - 1], orderKeys[row - 1])
    {
      row -= 1
    }
    orderKeys.insert(order.key.rawValue, at: row)
    placed.insert(time, at: row)
    amounts.insert(order.amount, at: row)
    changeSteps { if !$0.isEmpty { $0.insert(.max, at: row) } }
    for later in slot..<Self.size { orderEnds[later] += 1 }
    if !returns.isEmpty {
      for index in returns.indices where Int(returns[index].row) >= row { returns[index].row += 1 }
    }
    if !lineEnds.isEmpty || !order.lines.isEmpty { insertLines(order.lines, row) }
    set(row, order)
    if !order.returns.isEmpty { setReturns(order, slot) }
  }

  private mutating func insertLines(_ new: [OrderLine], _ row: Int) {
    if lineEnds.isEmpty { lineEnds = Array(repeating: 0, count: placed.count - 1) }
    let start = row == 0 ? 0 : Int(lineEnds[row - 1])
    lineTopics.insert(
      contentsOf: new.lazy.map { LineTopic(category: $0.category, product: $0.product) },
      at: start)
    lineQuantities.insert(contentsOf: new.lazy.map(\.quantity), at: start)
    lineAmounts.insert(contentsOf: new.lazy.map(\.amount), at: start)
    lineEnds.insert(Int32(start), at: row)
    guard !new.isEmpty else { return }
    for later in row..<lineEnds.count { lineEnds[later] += Int32(new.count) }
  }

  private mutating func remove(_ row: Int, _ slot: Int) {
    orderKeys.remove(at: row)
    placed.remove(at: row)
    amounts.remove(at: row)
    changeSteps { if !$0.isEmpty { $0.remove(at: row) } }
    for later in slot..<Self.size { orderEnds[later] -= 1 }
    returns.removeAll { $0.row == row }
    for index in returns.indices where Int(returns[index].row) > row { returns[index].row -= 1 }
    guard !lineEnds.isEmpty else { return }
    let start = row == 0 ? 0 : Int(lineEnds[row - 1])
    let count = Int(lineEnds[row]) - start
    lineTopics.removeSubrange(start..<start + count)
    lineQuantities.removeSubrange(start..<start + count)
    lineAmounts.removeSubrange(start..<start + count)
    lineEnds.remove(at: row)
    for later in row..<lineEnds.count { lineEnds[later] -= Int32(count) }
  }

  /// The columns of what may become of an order.
  private mutating func changeSteps(_ body: (inout [Int64]) -> Void) {
    body(&paid)
    body(&shipped)
    body(&completed)
    body(&cancelled)
  }

  private mutating func set(_ row: Int, _ order: OrderFacts) {
    amounts[row] = order.amount
    Self.set(&paid, row, order.paid, placed.count)
    Self.set(&shipped, row, order.shipped, placed.count)
    Self.set(&completed, row, order.completed, placed.count)
    Self.set(&cancelled, row, order.cancelled, placed.count)
  }

  private static func set(
    _ column: inout [Int64], _ row: Int, _ time: Timestamp?, _ count: Int
  ) {
    guard let time else { return }
    if column.isEmpty { column = Array(repeating: .max, count: count) }
    column[row] = time.rawValue
  }

  private mutating func setReturns(_ order: OrderFacts, _ slot: Int) {
    guard let row = row(of: order.key, slot) else { return }
    returns.removeAll { $0.row == row }
    let place = returns.firstIndex { $0.row > row } ?? returns.endIndex
    returns.insert(
      contentsOf: order.returns.map { OrderReturn(row: Int32(row), fact: $0) }, at: place)
  }
}

extension Array {
  /// An element of a column by a row that its block has named: its length, which stands a cache line
  /// apart, is not looked at.
  @inline(__always)
  subscript(inBounds index: Int) -> Element {
    withUnsafeBufferPointer { $0[index] }
  }
}
