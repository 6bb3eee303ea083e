extension Filter {
  /// The first moment after `now` at which a customer's answer changes without any new event, as far
  /// as is known now; nil for never.
  ///
  /// It is never later than that. It may be earlier where finding out would take long, and where RFM
  /// groups by quantiles are asked for, which depend on everybody: then somebody has to look again.
  package func nextChange(
    of customer: CustomerID, in state: State, after now: Timestamp
  ) -> Timestamp? {
    nextChange(of: customer, on: FilterGround(state, at: now, for: self))
  }

  package func nextChange(of customer: CustomerID, on ground: FilterGround) -> Timestamp? {
    guard ground.state.isLive(customer) else { return nil }
    let isNow = FilterMatch(ground, customer).holds(root)
    var moments = Moments(ground, customer)
    for condition in root.conditions { moments.add(condition) }
    for moment in moments.inOrder.prefix(Self.tries) {
      let then = FilterMatch(ground.moved(to: Timestamp(microseconds: moment)), customer)
      if then.holds(root) != isNow { return sooner(moment, ground) }
    }
    let left = moments.inOrder.dropFirst(Self.tries).first
    return left.map { sooner($0, ground) } ?? (asksAll(ground) ? tomorrow(ground.now) : nil)
  }

  /// A moment not later than that of `nextChange`, found without asking what the answer would be then:
  /// for whoever waits for many customers, and looks again when it has come.
  package func nextMoment(of customer: CustomerID, on ground: FilterGround) -> Timestamp? {
    guard ground.state.isLive(customer) else { return nil }
    var moments = Moments(ground, customer, keepsAll: false)
    for condition in root.conditions { moments.add(condition) }
    guard let first = moments.first else { return asksAll(ground) ? tomorrow(ground.now) : nil }
    return sooner(first, ground)
  }

  /// How many moments are looked at before somebody is told to look again.
  private static let tries = 128

  package var asksRFM: Bool {
    root.conditions.contains {
      if case .rfm = $0 { true } else { false }
    }
  }

  /// Whether the answer depends on what others do.
  private func asksAll(_ ground: FilterGround) -> Bool {
    ground.state.rfm.settings.isByQuantiles && asksRFM
  }

  private func tomorrow(_ now: Timestamp) -> Timestamp {
    Timestamp(microseconds: now.rawValue + FilterDuration.Unit.day.microseconds)
  }

  private func sooner(_ moment: Int64, _ ground: FilterGround) -> Timestamp {
    let moment = Timestamp(microseconds: moment)
    return asksAll(ground) ? min(moment, tomorrow(ground.now)) : moment
  }
}

/// The moments at which one of a customer's conditions may change its answer.
///
/// A condition is constant between two of them: each is the time of a fact, or the one at which a fact
/// leaves a window or is as old as a limit.
private struct Moments {
  private let ground: FilterGround
  private let customer: CustomerID
  private let facts: CustomerFacts
  private var moments: Set<Int64> = []
  /// The first of them, where not all are kept.
  private(set) var first: Int64?
  private let keepsAll: Bool

  init(_ ground: FilterGround, _ customer: CustomerID, keepsAll: Bool = true) {
    self.keepsAll = keepsAll
    self.ground = ground
    self.customer = customer
    facts = ground.facts(customer)
  }

  var inOrder: [Int64] { moments.sorted() }

  mutating func add(_ condition: FilterCondition) {
    switch condition {
    case .tagged(let tag, _, let duration):
      let since = ground.state.meant(by: tag).compactMap { ground.state.tagged($0, customer) }
      add(since, [duration.microseconds, duration.microseconds + 1])
    case .compare(let figure, _, let operand):
      var limits: [Int64] = []
      let measure = figure.kind.measure
      if figure.kind.grows,
        let limit = operand.value(for: measure, currencyDigits: ground.currencyDigits)
      {
        // A number of days may fall between two microseconds.
        let whole = Int64(clamping: limit.numerator / limit.denominator)
        limits = [whole, whole + 1]
      }
      add(figure, limits)
      if case .figure(let other, _) = operand { add(other, []) }
    case .missing(let figure, _): add(figure, [])
    case .bought(let scope): addOrders(scope.window)
    case .firstOrderWithin(let duration):
      addOrders(.last(duration))
    case .paidWithin(let duration, _):
      addOrders(nil)
      add(facts.orders.compactMap(\.paid), [duration.microseconds + 1])
    case .shipped: addOrders(nil)
    case .answered, .received:
      add(facts.broadcasts.flatMap { [$0.received, $0.answered] }.compactMap { $0 }, [])
    case .rfm:
      let offsets = ground.state.rfm.settings.offsets
      addOrders(nil)
      add(facts.orders.compactMap(\.placed), offsets)
      add(facts.credits.map(\.at), offsets)
    case .tag, .source, .personal, .sample: break
    }
  }

  private mutating func add(_ figure: FilterFigure, _ limits: [Int64]) {
    let offsets = (figure.scope.window?.offsets ?? []) + limits
    switch figure.kind.family {
    case .orders: addOrders(figure.scope.window, limits, of: figure.kind)
    case .messages: add(facts.messages.map(\.at), offsets)
    case .broadcasts:
      add(facts.broadcasts.compactMap(\.received), offsets)
      add(facts.broadcasts.compactMap(\.answered), [])
    case .enquiries: add(facts.enquiries.map(\.at), offsets)
    case .ordersAndEnquiries:
      add(facts.enquiries.map(\.at), offsets)
      addOrders(figure.scope.window)
    case .complaints: add(facts.complaints, offsets)
    case .urgencies: add(facts.urgencies, offsets)
    }
  }

  private mutating func add(_ cases: [CaseFacts], _ offsets: [Int64]) {
    add(cases.compactMap(\.opened), offsets)
    add(cases.compactMap(\.resolved), [])
  }

  /// An order changes at each of its steps; in a window it is from when it was placed.
  private mutating func addOrders(
    _ window: FilterWindow?, _ limits: [Int64] = [], of kind: FilterFigure.Kind? = nil
  ) {
    let offsets = window?.offsets ?? []
    add(facts.orders.compactMap(\.placed), offsets + (kind == .completedFor ? [] : limits))
    add(facts.orders.compactMap(\.completed), kind == .completedFor ? limits : [])
    add(facts.credits.map(\.at), offsets)
    for order in facts.orders {
      add([order.paid, order.shipped, order.cancelled].compactMap { $0 }, [])
      add(order.returns.map(\.at), [])
    }
  }

  /// The times themselves, and so long after each.
  private mutating func add(_ times: [Timestamp], _ offsets: [Int64]) {
    for time in times {
      for offset in [0] + offsets {
        let (moment, isOver) = time.rawValue.addingReportingOverflow(offset)
        guard !isOver && moment > ground.now.rawValue else { continue }
        if keepsAll {
          moments.insert(moment)
        } else {
          first = min(first ?? moment, moment)
        }
      }
    }
  }
}
