/// A figure as a scan computes it: from the columns of a block, without a value for the customer.
///
/// It gives what `FactFigures` gives; a law holds the one against the other.
struct FactKernel: Sendable {
  let kind: FilterFigure.Kind
  let now: Int64
  private let from: Int64
  private let to: Int64
  /// Where the orders that are asked about end: those of the window, and none of the future.
  private let ordersTo: Int64
  /// How long the window of orders is, µs: what is less than this behind `from`, as a number without a
  /// sign, lies in it.
  private let ordersSpan: UInt64
  private let length: Int64
  let category: Int32?
  let product: Int32?
  /// What the topic of a line has to be, in those of its bits that are asked about.
  private let topic: UInt64
  private let topicMask: UInt64

  /// A figure that is there: `numerator / denominator`, in the units of `ExactFigure`.
  struct Value {
    var numerator: Int64
    var denominator: Int64 = 1

    var exact: ExactFigure { ExactFigure(Int128(numerator), over: Int128(denominator)) }

    /// Whether it compares so, by products of 64 bits where they are enough.
    @inline(__always)
    func holds(
      _ comparison: FilterComparison, _ limit: (exact: ExactFigure, parts: (Int64, Int64)?)
    ) -> Bool {
      if let parts = limit.parts {
        let (own, isOver) = numerator.multipliedReportingOverflow(by: parts.1)
        let (other, isOtherOver) = parts.0.multipliedReportingOverflow(by: denominator)
        if !isOver && !isOtherOver { return comparison.holds(own, other) }
      }
      return comparison.holds(exact, limit.exact)
    }
  }

  init(_ figure: FilterFigure, on ground: FilterGround) {
    let scope = FactFigures.Scope(figure.scope, in: ground)
    kind = figure.kind
    now = ground.now.rawValue
    from = scope.interval.lowerBound
    to = scope.interval.upperBound
    ordersTo = min(to, now + 1)
    ordersSpan = ordersTo > from ? UInt64(bitPattern: ordersTo &- from) : 0
    length = scope.length ?? 0
    category = scope.category
    product = scope.product
    topic = FactBlock.LineTopic(category: category ?? 0, product: product ?? 0).rawValue
    topicMask =
      FactBlock.LineTopic(category: category == nil ? 0 : -1, product: product == nil ? 0 : -1)
      .rawValue
  }

  /// What it reads of most customers, as far as fetching that ahead is worth it.
  var columns: FactColumns {
    let lines: FactColumns = isOfAll ? [] : .lines
    return switch kind {
    case .orders, .orderRate, .daysSinceOrder, .daysSinceFirstOrder: lines.union(.placed)
    case .shareOfOrders: [.placed, .lines]
    case .spent, .averageOrder, .largestOrder: lines.union([.placed, .amounts])
    default: []
    }
  }

  /// Nil where the figure is missing.
  func value(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Value? {
    switch kind {
    case .orders: Value(numerator: countOrders(block, slot))
    case .spent: Value(numerator: spent(block, slot))
    case .averageOrder: average(block, slot)
    case .largestOrder: largest(block, slot)
    case .daysSinceOrder: lastOrder(block, slot).map { elapsed($0) }
    case .daysSinceFirstOrder: firstOrder(block, slot).map { elapsed($0) }
    case .shareOfOrders: shareOfOrders(block, slot)
    case .orderRate: rate(countOrders(block, slot))
    case .unpaidFor: oldestUnpaid(block, slot).map { elapsed($0) }
    case .completedFor: lastCompleted(block, slot).map { elapsed($0) }
    case .messagesFrom: Value(numerator: countMessages(block, slot, incoming: true))
    case .messagesTo: Value(numerator: countMessages(block, slot, incoming: false))
    case .daysSinceMessage: lastMessage(block, slot).map { elapsed($0) }
    case .replyRate: replies(block, slot, time: false)
    case .replyTime: replies(block, slot, time: true)
    case .broadcasts: broadcasts(block, slot, rate: false)
    case .broadcastReplyRate: broadcasts(block, slot, rate: true)
    case .enquiries: Value(numerator: countEnquiries(block, slot))
    case .interest:
      Value(numerator: countEnquiries(block, slot) + countOrders(block, slot))
    case .complaints: Value(numerator: countOpened(block.pointee.complaints, slot))
    case .openComplaints: Value(numerator: countOpen(block.pointee.complaints, slot))
    case .complaintOpenFor: oldestOpen(block.pointee.complaints, slot).map { elapsed($0) }
    case .urgentRequests: Value(numerator: countOpened(block.pointee.urgencies, slot))
    case .openUrgentRequests: Value(numerator: countOpen(block.pointee.urgencies, slot))
    }
  }

  /// Those of the customers of a block whose figure is there and passes.
  ///
  /// Which figure it is gets asked once, not for each customer, of those that are asked for most.
  @inline(__always)
  func mask(
    _ among: UInt32, _ block: UnsafePointer<FactBlock>, where passes: (Value) -> Bool
  ) -> UInt32 {
    switch kind {
    case .orders: among.slots { passes(Value(numerator: countOrders(block, $0))) }
    case .spent: among.slots { passes(Value(numerator: spent(block, $0))) }
    case .daysSinceOrder: among.slots { lastOrder(block, $0).map { passes(elapsed($0)) } ?? false }
    case .shareOfOrders: among.slots { shareOfOrders(block, $0).map(passes) ?? false }
    default: among.slots { value(block, $0).map(passes) ?? false }
    }
  }

  private func elapsed(_ time: Int64) -> Value { Value(numerator: now - time) }

  private func rate(_ count: Int64) -> Value {
    let rate = ExactFigure.rate(Int(count), in: length)
    return Value(numerator: Int64(rate.numerator), denominator: Int64(rate.denominator))
  }

  @inline(__always)
  func isIn(_ time: Int64) -> Bool { time >= from && time < to }

  // MARK: Orders

  private var isOfAll: Bool { category == nil && product == nil }

  @inline(__always)
  private func covers(_ topic: FactBlock.LineTopic) -> Bool {
    topic.rawValue & topicMask == self.topic
  }

  private func isOfScope(_ block: UnsafePointer<FactBlock>, _ row: Int) -> Bool {
    if isOfAll { return true }
    for index in block.pointee.lineRange(ofRow: row)
    where covers(block.pointee.lineTopics[inBounds: index]) {
      return true
    }
    return false
  }

  /// The rows of the orders that count are those of this range that `counts` is true of: the others
  /// behind it are of the future, or not placed as far as is known.
  @inline(__always)
  private func rows(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Range<Int> {
    rows(block, slot, before: now + 1)
  }

  @inline(__always)
  private func rows(
    _ block: UnsafePointer<FactBlock>, _ slot: Int, before limit: Int64
  ) -> Range<Int> {
    let all = block.pointee.orders(slot)
    var end = all.upperBound
    while end > all.lowerBound && block.pointee.placed[inBounds: end - 1] >= limit { end -= 1 }
    return all.lowerBound..<end
  }

  /// All ones where an order lies in the window and counts, otherwise zero.
  ///
  /// Without a branch: which orders of a customer lie in it cannot be foreseen, and to guess wrong takes
  /// longer than to add up what some of them are worth.
  @inline(__always)
  private func inWindow(_ block: UnsafePointer<FactBlock>, _ row: Int) -> Int64 {
    let behind = UInt64(bitPattern: block.pointee.placed[inBounds: row] &- from)
    let isIn: Int64 = behind < ordersSpan ? -1 : 0
    return isIn & (counts(block, row) ? -1 : 0)
  }

  /// Those of the rows that lie in the window: since the times rise, one stretch of them.
  @inline(__always)
  private func rowsInWindow(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Range<Int> {
    let before = rows(block, slot, before: ordersTo)
    var start = before.lowerBound
    while start < before.upperBound && block.pointee.placed[inBounds: start] < from { start += 1 }
    return start..<before.upperBound
  }

  @inline(__always)
  private func counts(_ block: UnsafePointer<FactBlock>, _ row: Int) -> Bool {
    block.pointee.cancelled.isEmpty || block.pointee.cancelled[inBounds: row] > now
  }

  private func worth(_ block: UnsafePointer<FactBlock>, _ row: Int) -> Int64 {
    block.pointee.amounts[inBounds: row] &- returned(block, row..<row + 1)
  }

  /// What has come back by now of those of the orders that count.
  private func returned(_ block: UnsafePointer<FactBlock>, _ rows: Range<Int>) -> Int64 {
    var sum: Int64 = 0
    if block.pointee.returns.isEmpty { return sum }
    for back in block.pointee.returns where rows.contains(Int(back.row)) {
      if back.fact.at.rawValue <= now && counts(block, Int(back.row)) { sum &+= back.fact.amount }
    }
    return sum
  }

  private func countOrders(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Int64 {
    var count: Int64 = 0
    for row in block.pointee.orders(slot) {
      count &-= inWindow(block, row) & (isOfScope(block, row) ? -1 : 0)
    }
    return count
  }

  private func spent(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Int64 {
    var sum: Int64 = 0
    guard isOfAll else {
      for row in rowsInWindow(block, slot) where counts(block, row) {
        for index in block.pointee.lineRange(ofRow: row)
        where covers(block.pointee.lineTopics[inBounds: index]) {
          sum &+= block.pointee.lineAmounts[inBounds: index]
        }
      }
      return sum
    }
    for row in block.pointee.orders(slot) {
      sum &+= block.pointee.amounts[inBounds: row] & inWindow(block, row)
    }
    if !block.pointee.returns.isEmpty { sum &-= returned(block, rowsInWindow(block, slot)) }
    guard !block.pointee.credits.rows.isEmpty else { return sum }
    for index in block.pointee.credits.range(slot)
    where isIn(block.pointee.credits.rows[index].at.rawValue) {
      sum &-= block.pointee.credits.rows[index].amount
    }
    return sum
  }

  private func average(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Value? {
    let count = countOrders(block, slot)
    return count == 0 ? nil : Value(numerator: spent(block, slot), denominator: count)
  }

  private func largest(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Value? {
    var largest: Int64?
    for row in rowsInWindow(block, slot) where counts(block, row) {
      largest = max(largest ?? .min, worth(block, row))
    }
    return largest.map { Value(numerator: $0) }
  }

  private func lastOrder(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Int64? {
    let rows = rows(block, slot)
    var row = rows.upperBound
    while row > rows.lowerBound {
      row -= 1
      if counts(block, row) && isOfScope(block, row) { return block.pointee.placed[inBounds: row] }
    }
    return nil
  }

  private func firstOrder(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Int64? {
    for row in rows(block, slot) where counts(block, row) {
      return block.pointee.placed[inBounds: row]
    }
    return nil
  }

  private func shareOfOrders(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Value? {
    var (all, of): (Int64, Int64) = (0, 0)
    for row in block.pointee.orders(slot) {
      let isIn = inWindow(block, row)
      all &-= isIn
      of &-= isIn & (isOfScope(block, row) ? -1 : 0)
    }
    return all == 0 ? nil : Value(numerator: of, denominator: all)
  }

  private func oldestUnpaid(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Int64? {
    for row in rows(block, slot)
    where counts(block, row)
      && (block.pointee.paid.isEmpty || block.pointee.paid[inBounds: row] > now)
    {
      return block.pointee.placed[inBounds: row]
    }
    return nil
  }

  private func lastCompleted(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Int64? {
    guard !block.pointee.completed.isEmpty else { return nil }
    var last: Int64?
    for row in rows(block, slot)
    where counts(block, row) && block.pointee.completed[inBounds: row] <= now {
      last = max(last ?? .min, block.pointee.completed[inBounds: row])
    }
    return last
  }

  /// Whether an order that counts was paid at or after a moment, and, if asked, not shipped since.
  func isPaid(since: Int64, unshipped: Bool, _ block: UnsafePointer<FactBlock>, _ slot: Int) -> Bool
  {
    guard !block.pointee.paid.isEmpty else { return false }
    for row in rows(block, slot) where counts(block, row) {
      let paid = block.pointee.paid[inBounds: row]
      if paid <= now && paid >= since && !(unshipped && isShipped(block, row)) { return true }
    }
    return false
  }

  /// Whether an order that counts has been paid, and each of those shipped.
  func isAllShipped(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Bool {
    guard !block.pointee.paid.isEmpty else { return false }
    var hasPaid = false
    for row in rows(block, slot)
    where counts(block, row) && block.pointee.paid[inBounds: row] <= now {
      guard isShipped(block, row) else { return false }
      hasPaid = true
    }
    return hasPaid
  }

  private func isShipped(_ block: UnsafePointer<FactBlock>, _ row: Int) -> Bool {
    (!block.pointee.shipped.isEmpty && block.pointee.shipped[inBounds: row] <= now)
      || (!block.pointee.completed.isEmpty && block.pointee.completed[inBounds: row] <= now)
  }
}
