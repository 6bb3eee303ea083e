/// When the passing of time alone may change what filters say of a customer: so long after each fact of
/// a kind.
///
/// A condition is constant between two of these moments: each is the time of a fact, or the one at which
/// a fact leaves a window or is as old as a limit. Found out once for many customers.
package struct FilterMoments: Sendable {
  /// A time that something of a customer has.
  private enum Kind: Int, CaseIterable {
    case placed, paid, shipped, completed, cancelled, returned, credited
    case messaged, received, answered, enquired
    case complained, resolved, urged, settled
  }

  /// By kind, in µs after the time itself, rising; empty where nobody asks for it.
  private var offsets: [[Int64]] = Array(repeating: [], count: Kind.allCases.count)
  private var tags: [FilterTag: [Int64]] = [:]
  private var asksRFM = false

  package init(_ filters: [Filter], in state: State) {
    let ground = FilterGround(state, at: Timestamp(microseconds: 0))
    for filter in filters {
      for condition in filter.root.conditions { add(condition, ground) }
    }
    offsets = offsets.map { Set($0).sorted() }
    tags = tags.mapValues { Set($0).sorted() }
  }

  // MARK: Of one customer

  /// The first moment of all behind now; nil for none.
  ///
  /// Where RFM groups by quantiles are asked for, which depend on everybody, it is no later than a day.
  package func first(for match: FilterMatch) -> Timestamp? {
    var first = Int64.max
    each(of: match) { time, offsets in
      // They rise, so that the first one that is still to come is the nearest.
      for offset in offsets {
        let (moment, isOver) = time.addingReportingOverflow(offset)
        guard !isOver && moment > match.ground.now.rawValue else { continue }
        first = min(first, moment)
        return
      }
    }
    if asksAll(match.ground) { first = min(first, tomorrow(match.ground.now)) }
    return first == .max ? nil : Timestamp(microseconds: first)
  }

  /// Every moment behind now and up to another, in order.
  func all(for match: FilterMatch, by end: Timestamp) -> [Timestamp] {
    var moments: Set<Int64> = []
    each(of: match) { time, offsets in
      for offset in offsets {
        let (moment, isOver) = time.addingReportingOverflow(offset)
        guard !isOver && moment > match.ground.now.rawValue && moment <= end.rawValue else {
          continue
        }
        moments.insert(moment)
      }
    }
    return moments.sorted().map(Timestamp.init(microseconds:))
  }

  /// Whether the answer depends on what others do.
  func asksAll(_ ground: FilterGround) -> Bool { asksRFM && ground.isByQuantiles }

  func tomorrow(_ now: Timestamp) -> Int64 {
    now.rawValue + FilterDuration.Unit.day.microseconds
  }

  private func each(of match: FilterMatch, _ body: (Int64, [Int64]) -> Void) {
    func tell(_ kind: Kind, _ time: Timestamp?) {
      if let time { body(time.rawValue, offsets[kind.rawValue]) }
    }
    let facts = match.facts
    for order in facts.orders {
      tell(.placed, order.placed)
      tell(.paid, order.paid)
      tell(.shipped, order.shipped)
      tell(.completed, order.completed)
      tell(.cancelled, order.cancelled)
      for back in order.returns { tell(.returned, back.at) }
    }
    for credit in facts.credits { tell(.credited, credit.at) }
    for message in facts.messages { tell(.messaged, message.at) }
    for broadcast in facts.broadcasts {
      tell(.received, broadcast.received)
      tell(.answered, broadcast.answered)
    }
    for enquiry in facts.enquiries { tell(.enquired, enquiry.at) }
    for complaint in facts.complaints {
      tell(.complained, complaint.opened)
      tell(.resolved, complaint.resolved)
    }
    for urgency in facts.urgencies {
      tell(.urged, urgency.opened)
      tell(.settled, urgency.resolved)
    }
    for (tag, offsets) in tags {
      for since in match.tenures(of: tag) { body(since.rawValue, offsets) }
    }
  }

  // MARK: Of conditions

  private mutating func add(_ condition: FilterCondition, _ ground: FilterGround) {
    switch condition {
    case .tagged(let tag, _, let duration):
      tags[tag, default: []] += [0, duration.microseconds, duration.microseconds + 1]
    case .compare(let figure, _, let operand):
      var limits: [Int64] = []
      if figure.kind.grows,
        let limit = operand.value(
          for: figure.kind.measure, currencyDigits: ground.currencyDigits)
      {
        // A number of days may fall between two microseconds; and no fact ever becomes as old as what
        // is beyond all times.
        let floor = limit.floor.value
        limits = [floor, floor + 1].compactMap(Int64.init(exactly:))
      }
      add(figure, limits)
      if case .figure(let other, _) = operand { add(other, []) }
    case .missing(let figure, _): add(figure, [])
    case .bought(let scope): addOrders(scope.window)
    case .firstOrderWithin(let duration): addOrders(.last(duration))
    case .paidWithin(let duration, _):
      addOrders(nil)
      add(.paid, [duration.microseconds + 1])
    case .shipped: addOrders(nil)
    case .answered, .received:
      add(.received)
      add(.answered)
    case .rfm:
      asksRFM = true
      addOrders(nil)
      add(.placed, ground.state.rfm.settings.offsets)
      add(.credited, ground.state.rfm.settings.offsets)
    case .tag, .source, .personal, .sample: break
    }
  }

  private mutating func add(_ figure: FilterFigure, _ limits: [Int64]) {
    let window = (figure.scope.window?.offsets ?? []) + limits
    switch figure.kind.family {
    case .orders: addOrders(figure.scope.window, limits, of: figure.kind)
    case .messages: add(.messaged, window)
    case .broadcasts:
      add(.received, window)
      add(.answered)
    case .enquiries: add(.enquired, window)
    case .ordersAndEnquiries:
      add(.enquired, window)
      addOrders(figure.scope.window)
    case .complaints:
      add(.complained, window)
      add(.resolved)
    case .urgencies:
      add(.urged, window)
      add(.settled)
    }
  }

  /// An order changes at each of its steps; in a window it is from when it was placed.
  private mutating func addOrders(
    _ window: FilterWindow?, _ limits: [Int64] = [], of kind: FilterFigure.Kind? = nil
  ) {
    let window = window?.offsets ?? []
    add(.placed, window + (kind == .completedFor ? [] : limits))
    add(.completed, kind == .completedFor ? limits : [])
    add(.credited, window)
    for step in [Kind.paid, .shipped, .cancelled, .returned] { add(step) }
  }

  /// The time itself, and so long after it.
  private mutating func add(_ kind: Kind, _ offsets: [Int64] = []) {
    self.offsets[kind.rawValue] += [0] + offsets
  }
}
