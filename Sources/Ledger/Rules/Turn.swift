import Domain

/// What the engine remembers from one turn to the next.
struct Turn: Sendable {
  /// Customers looked at in one turn besides those whom something has happened to.
  private static let passLimit = 2000

  /// The last moment that anybody was held against the rules.
  var last: Timestamp
  private var settler = RuleSettler()
  /// The rules for which the settler was last made, by the place in the log of their last change.
  private var known: Int64 = -1
  /// When the rules came to be what they are; before the start, when the log ended.
  private var since: Timestamp
  /// Events before the start, until everybody has been looked at.
  private var tail: [CustomerID: Touch]
  /// Rules that all customers still have to be held against, in the order of their dependence.
  private var pending: [RuleID] = []
  private var concerned: [CustomerID] = []
  private var cause: Int64?
  /// The next customer whose next moment has to be found; nil when all are known.
  private var swept: Int32?

  init(base: Timestamp, touches: [CustomerID: Touch]) {
    last = base
    since = base
    tail = touches
    settler.begin(at: base)
  }

  /// Whether there is nothing to do but to wait.
  var isAtRest: Bool { pending.isEmpty && concerned.isEmpty && swept == nil }

  /// Seconds until time brings the next change, by the clock as it goes.
  mutating func pause(from now: Timestamp) -> Double {
    guard let next = settler.moments.next() else { return .infinity }
    return max(0, Double(next.moment.rawValue - now.rawValue) / 1e6)
  }

  /// Finds out what is to be done now.
  mutating func plan(
    _ state: State, _ batch: [(CustomerID, Touch)], at now: Timestamp, cores: Int, sweep: Int32
  ) -> [PlannedStep] {
    var plan: [PlannedStep] = []
    var scratch = state
    if state.rules.changed != known { takeRules(state, at: now) }
    guard !settler.rules.isEmpty else {
      (pending, concerned, swept, tail) = ([], [], nil, [:])
      return []
    }
    // A catch-up goes in the order of the moments, for which all of them have to be known.
    if isAtRest {
      while plan.count < Self.passLimit, let due = settler.moments.first(by: now) {
        settler.pass(due.customer, at: due.moment, on: &scratch, &plan)
      }
    }
    for (customer, touch) in batch {
      settler.meet(customer, touch, at: now, on: &scratch, &plan)
    }
    if plan.isEmpty || batch.isEmpty { goOn(&scratch, cores, sweep, &plan) }
    return plan
  }

  // MARK: When rules change

  private mutating func takeRules(_ state: State, at now: Timestamp) {
    let before = settler.rules
    settler.take(state)
    let isFirst = known < 0
    known = state.rules.changed
    if !isFirst {
      since = now
      cause = state.rules.changed
    }
    pending = settler.rules.map(\.rule.id)
    concerned = []
    // Where only tags have another name or status, the moments stay what they were.
    let isSame = before.map(\.rule.definition) == settler.rules.map(\.rule.definition)
    let asksMore = settler.rules.contains {
      $0.filter.asksRFM || !$0.filter.tags(in: state).isEmpty
    }
    if isFirst || !isSame || asksMore { swept = 1 }
  }

  /// Goes through all customers: first those about whom a rule may have to do something, then all for
  /// their next moment.
  private mutating func goOn(
    _ scratch: inout State, _ cores: Int, _ sweep: Int32, _ plan: inout [PlannedStep]
  ) {
    if concerned.isEmpty, plan.isEmpty, let next = pending.first {
      pending.removeFirst()
      if let rule = settler.rules.first(where: { $0.rule.id == next }) {
        concerned = rule.concerned(in: scratch, at: since, spread: onAllCores).reversed()
      }
    }
    if !concerned.isEmpty {
      for customer in concerned.suffix(Self.passLimit).reversed() {
        let touch = tail.removeValue(forKey: customer)
        settler.catchUp(
          customer, at: since, cause: touch?.seq ?? cause, occurred: touch?.occurred,
          on: &scratch, &plan)
      }
      concerned.removeLast(min(Self.passLimit, concerned.count))
      return
    }
    guard pending.isEmpty, let start = swept else { return }
    let end = min(scratch.lastCustomer, start - 1 + min(sweep, .max - start))
    if start <= end {
      settler.sweep(start...end, after: since, in: scratch, cores: cores)
    }
    swept = end >= scratch.lastCustomer ? nil : end + 1
    if swept == nil { tail = [:] }
  }
}
