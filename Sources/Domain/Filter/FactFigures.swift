/// The figures of one customer at a moment, by the definitions of `FilterFigure.Kind`.
package final class FactFigures {
  private let facts: CustomerFacts
  private let now: Timestamp
  /// The orders that count.
  package let counted: [OrderFacts]

  package init(_ facts: CustomerFacts, at now: Timestamp) {
    self.facts = facts
    self.now = now
    counted = facts.orders.filter { order in
      guard let placed = order.placed, placed <= now else { return false }
      return order.cancelled.map { $0 > now } ?? true
    }
  }

  /// What a figure is about, with names looked up.
  package struct Scope: Sendable {
    /// The number of the category; nil for all, and one that none has where the name is unknown.
    package var category: Int32?
    package var product: Int32?
    package var interval: Range<Int64>
    /// The window's length in microseconds, where it has one.
    package var length: Int64?

    init(_ scope: FilterScope, in ground: FilterGround) {
      category = scope.category.map { ground.category(named: $0) ?? Self.unknown }
      product = scope.product.map { ground.product(named: $0) ?? Self.unknown }
      interval = scope.interval(at: ground.now)
      length = scope.window?.length?.microseconds
    }

    /// All there is, up to a moment.
    package init(upTo now: Timestamp) {
      interval = Int64.min..<(now.rawValue + 1)
    }

    private static let unknown: Int32 = -1

    var isOfAll: Bool { category == nil && product == nil }

    func covers(_ time: Timestamp?) -> Bool {
      time.map { interval.contains($0.rawValue) } ?? false
    }

    func covers(category: Int32, product: Int32) -> Bool {
      (self.category ?? category) == category && (self.product ?? product) == product
    }
  }

  // MARK: Orders

  package func orders(_ scope: Scope) -> some Collection<OrderFacts> {
    counted.lazy.filter { [isOfAll = scope.isOfAll] order in
      scope.covers(order.placed)
        && (isOfAll
          || order.lines.contains { scope.covers(category: $0.category, product: $0.product) })
    }
  }

  /// The amount less what has been returned by now.
  package func worth(_ order: OrderFacts) -> Int128 {
    order.returns.filter { $0.at <= now }.reduce(Int128(order.amount)) { $0 - Int128($1.amount) }
  }

  package var firstOrder: Timestamp? { counted.compactMap(\.placed).min() }

  /// The orders that count and have been paid.
  var paid: [OrderFacts] {
    counted.filter { $0.paid.map { $0 <= now } ?? false }
  }

  func isShipped(_ order: OrderFacts) -> Bool {
    [order.shipped, order.completed].contains { $0.map { $0 <= now } ?? false }
  }

  private func spent(_ scope: Scope) -> Int128 {
    let orders = orders(scope)
    if scope.isOfAll {
      let credits = facts.credits.filter { scope.covers($0.at) }.reduce(0) {
        $0 + Int128($1.amount)
      }
      return orders.reduce(0) { $0 + worth($1) } - credits
    }
    return orders.flatMap(\.lines)
      .filter { scope.covers(category: $0.category, product: $0.product) }
      .reduce(0) { $0 + Int128($1.amount) }
  }

  // MARK: Messages

  /// Messages to the customer in a window, each with the answer that came before the next one.
  private func exchanges(_ scope: Scope) -> [(sent: Timestamp, answered: Timestamp?)] {
    let messages = facts.messages.filter { $0.at <= now }
    return messages.enumerated().compactMap { index, message in
      guard !message.isIncoming, scope.covers(message.at) else { return nil }
      let next = index + 1 < messages.count ? messages[index + 1] : nil
      return (message.at, next.flatMap { $0.isIncoming ? $0.at : nil })
    }
  }

  // MARK: Figures

  package func value(_ kind: FilterFigure.Kind, _ scope: Scope) -> ExactFigure? {
    switch kind.family {
    case .orders: orderValue(kind, scope)
    case .messages: messageValue(kind, scope)
    case .broadcasts: broadcastValue(kind, scope)
    case .enquiries: ExactFigure(enquiries(scope))
    case .ordersAndEnquiries: ExactFigure(enquiries(scope) + orders(scope).count)
    case .complaints: caseValue(kind, facts.complaints, scope)
    case .urgencies: caseValue(kind, facts.urgencies, scope)
    }
  }

  private func orderValue(_ kind: FilterFigure.Kind, _ scope: Scope) -> ExactFigure? {
    let orders = orders(scope)
    switch kind {
    case .spent: return ExactFigure(spent(scope))
    case .averageOrder:
      return orders.isEmpty ? nil : ExactFigure(spent(scope), over: Int128(orders.count))
    case .largestOrder: return orders.map(worth).max().map { ExactFigure($0) }
    case .daysSinceOrder: return elapsed(since: orders.compactMap(\.placed).max())
    case .daysSinceFirstOrder: return elapsed(since: firstOrder)
    case .shareOfOrders:
      let all = counted.filter { scope.covers($0.placed) }.count
      return all == 0 ? nil : ExactFigure(Int128(orders.count), over: Int128(all))
    case .orderRate:
      return scope.length.map { ExactFigure.rate(orders.count, in: $0) }
    case .unpaidFor:
      let waiting = counted.filter { $0.paid.map { $0 > now } ?? true }
      return elapsed(since: waiting.compactMap(\.placed).min())
    case .completedFor:
      return elapsed(since: counted.compactMap(\.completed).filter { $0 <= now }.max())
    default: return ExactFigure(orders.count)
    }
  }

  private func messageValue(_ kind: FilterFigure.Kind, _ scope: Scope) -> ExactFigure? {
    switch kind {
    case .messagesFrom:
      return ExactFigure(facts.messages.filter { $0.isIncoming && scope.covers($0.at) }.count)
    case .messagesTo:
      return ExactFigure(facts.messages.filter { !$0.isIncoming && scope.covers($0.at) }.count)
    case .replyRate:
      let exchanges = exchanges(scope)
      let answered = exchanges.filter { $0.answered != nil }.count
      return exchanges.isEmpty
        ? nil : ExactFigure(Int128(answered), over: Int128(exchanges.count))
    case .replyTime:
      let times = exchanges(scope).compactMap { exchange in
        exchange.answered.map { Int128($0.rawValue - exchange.sent.rawValue) }
      }
      return times.isEmpty ? nil : ExactFigure(times.reduce(0, +), over: Int128(times.count))
    default:
      let written = facts.messages.filter { $0.isIncoming && $0.at <= now }
      return elapsed(since: written.map(\.at).max())
    }
  }

  private func broadcastValue(_ kind: FilterFigure.Kind, _ scope: Scope) -> ExactFigure? {
    let received = facts.broadcasts.filter { scope.covers($0.received) }
    guard kind == .broadcastReplyRate else { return ExactFigure(received.count) }
    let answered = received.filter { $0.answered.map { $0 <= now } ?? false }.count
    return received.isEmpty ? nil : ExactFigure(Int128(answered), over: Int128(received.count))
  }

  private func enquiries(_ scope: Scope) -> Int {
    facts.enquiries.filter {
      scope.covers($0.at) && scope.covers(category: $0.category, product: $0.product)
    }.count
  }

  private func caseValue(
    _ kind: FilterFigure.Kind, _ cases: [CaseFacts], _ scope: Scope
  ) -> ExactFigure? {
    let open = cases.filter { one in
      guard let opened = one.opened, opened <= now else { return false }
      return one.resolved.map { $0 > now } ?? true
    }
    switch kind {
    case .openComplaints, .openUrgentRequests: return ExactFigure(open.count)
    case .complaintOpenFor: return elapsed(since: open.compactMap(\.opened).min())
    default: return ExactFigure(cases.filter { scope.covers($0.opened) }.count)
    }
  }

  private func elapsed(since time: Timestamp?) -> ExactFigure? {
    time.map { ExactFigure(Int128(now.rawValue - $0.rawValue)) }
  }
}
