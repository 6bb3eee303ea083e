import Dispatch
import Domain
import Synchronization

/// What an event tells the engine about a customer.
struct Touch: Sendable {
  /// The event.
  var seq: Int64
  /// When it happened, where that was earlier than it was recorded.
  var occurred: Timestamp?
}

/// One rule's part of what is to be done, at its place.
struct PlannedStep: Sendable {
  let rule: RuleID
  let version: Int64
  /// Its place among the rules, in the order of their dependence.
  let place: Int
  /// How often the rules have been gone through for this customer.
  let pass: Int
  let settling: Settling
}

/// Finds out what rules have to do; it does nothing itself.
///
/// It works on a copy of the state in which it lets its own steps happen at once, so that a rule that
/// asks about the tag of another meets what that one does. The writer decides each step again.
struct RuleSettler: Sendable {
  /// In the order of their dependence, only those that do something.
  private(set) var rules: [SettlingRule] = []
  /// When time may change what any of them says.
  private var changes: FilterMoments?
  /// What is waited for.
  var moments = Moments()
  /// The last moment at which a customer was held against the rules; nobody is led back behind it.
  private var settled: [Int64] = []
  /// What holds for who is not in `settled`.
  private var base = Timestamp(microseconds: 0)

  /// Takes the rules as they are now.
  mutating func take(_ state: State) {
    let order = state.ruleOrder
    rules = order.rules.compactMap { SettlingRule($0, in: state, order) }
    changes = FilterMoments(rules.map(\.filter), in: state)
  }

  /// Everybody was held against the rules at that moment.
  mutating func begin(at moment: Timestamp) {
    base = moment
  }

  private func lastSettled(_ customer: CustomerID) -> Timestamp {
    let index = Int(customer.rawValue)
    let own = settled.indices.contains(index) ? settled[index] : 0
    return max(Timestamp(microseconds: own), base)
  }

  private mutating func note(_ customer: CustomerID, _ moment: Timestamp) {
    let index = Int(customer.rawValue)
    if settled.count <= index {
      settled.append(contentsOf: repeatElement(0, count: index + 1024 - settled.count))
    }
    settled[index] = max(settled[index], moment.rawValue)
  }

  // MARK: One customer

  /// Holds a customer against all rules at a moment that has come, and finds the next.
  mutating func pass(
    _ customer: CustomerID, at moment: Timestamp, on scratch: inout State,
    _ plan: inout [PlannedStep]
  ) {
    settle(customer, at: moment, occurred: moment, cause: nil, on: &scratch, &plan)
    schedule(customer, after: max(moment, lastSettled(customer)), in: scratch)
  }

  /// Holds a customer against all rules because something has happened to them.
  mutating func meet(
    _ customer: CustomerID, _ touch: Touch, at now: Timestamp, on scratch: inout State,
    _ plan: inout [PlannedStep]
  ) {
    // What time has brought comes first.
    while let due = moments[customer], due < now {
      pass(customer, at: due, on: &scratch, &plan)
      guard moments[customer].map({ $0 > due }) ?? true else { break }
    }
    settle(
      customer, at: now, occurred: touch.occurred, cause: touch.seq, on: &scratch, &plan)
    schedule(customer, after: now, in: scratch)
  }

  /// Holds a customer against all rules at a moment before which nobody is led back.
  mutating func catchUp(
    _ customer: CustomerID, at moment: Timestamp, cause: Int64?, occurred: Timestamp?,
    on scratch: inout State, _ plan: inout [PlannedStep]
  ) {
    settle(customer, at: moment, occurred: occurred, cause: cause, on: &scratch, &plan)
  }

  private mutating func settle(
    _ customer: CustomerID, at asked: Timestamp, occurred: Timestamp?, cause: Int64?,
    on scratch: inout State, _ plan: inout [PlannedStep]
  ) {
    let moment = max(asked, lastSettled(customer))
    note(customer, moment)
    guard scratch.isLive(customer) else { return }
    var match = FilterMatch(FilterGround(scratch, at: moment), customer)
    // A tag of a set may leave because another rule's came: then those before it are asked again.
    for pass in 0..<max(2, rules.count) {
      var isDone = true
      for (place, rule) in rules.enumerated() {
        let step = rule.step(for: match)
        guard step != .none else { continue }
        var since = occurred
        if cause != nil, let start = occurred {
          since = rule.beginning(for: customer, in: scratch, from: start, at: moment)
        }
        let settling = Settling(customer, at: moment, occurred: since, cause: cause)
        rule.settle(step, settling, on: &scratch)
        match = FilterMatch(FilterGround(scratch, at: moment), customer)
        isDone = false
        plan.append(
          PlannedStep(
            rule: rule.rule.id, version: rule.rule.version, place: place, pass: pass,
            settling: settling))
      }
      if isDone { return }
    }
  }

  private mutating func schedule(
    _ customer: CustomerID, after moment: Timestamp, in state: State
  ) {
    moments.wait(for: next(of: customer, after: moment, in: state), of: customer)
  }

  /// The next moment at which time may change what a rule says of a customer.
  func next(of customer: CustomerID, after moment: Timestamp, in state: State) -> Timestamp? {
    next(of: customer, on: FilterGround(state, at: moment))
  }

  private func next(of customer: CustomerID, on ground: FilterGround) -> Timestamp? {
    let match = FilterMatch(ground, customer)
    return match.isLive ? changes?.first(for: match) : nil
  }

  // MARK: Many customers

  /// Finds the next moments of a stretch of customers, on several cores.
  mutating func sweep(
    _ customers: ClosedRange<Int32>, after moment: Timestamp, in state: State, cores: Int
  ) {
    let numbers = Array(customers)
    let width = (numbers.count + cores - 1) / cores
    let found = Mutex([(CustomerID, Timestamp)]())
    let settler = self
    let ground = FilterGround(state, at: moment)
    DispatchQueue.concurrentPerform(iterations: cores) { core in
      let part = numbers.dropFirst(core * width).prefix(width)
      var own: [(CustomerID, Timestamp)] = []
      for number in part {
        let customer = CustomerID(number)
        if let next = settler.next(of: customer, on: ground) {
          own.append((customer, next))
        }
      }
      found.withLock { $0 += own }
    }
    for (customer, next) in found.withLock({ $0 }) {
      moments.wait(for: min(moments[customer] ?? next, next), of: customer)
    }
  }
}

extension [PlannedStep] {
  /// The orders that carry it out, in the order of the moments and then of the rules.
  func orders(limit: Int = 1000) -> [Order] {
    let sorted = enumerated().sorted { a, b in
      let (x, y) = (a.element, b.element)
      return (x.settling.moment.rawValue, x.pass, x.place, a.offset)
        < (y.settling.moment.rawValue, y.pass, y.place, b.offset)
    }
    var orders: [Order] = []
    var run: [PlannedStep] = []
    func end() {
      guard let first = run.first else { return }
      orders.append(
        Order(
          .rule(.settle(first.rule, version: first.version, run.map(\.settling))),
          by: .rule(first.rule, version: first.version)))
      run = []
    }
    var customers: Set<CustomerID> = []
    for (_, step) in sorted {
      let isSame = run.first.map { $0.rule == step.rule && $0.version == step.version } ?? true
      // A customer stands once in an order, since each is decided on the state before it.
      if !isSame || run.count >= limit || customers.contains(step.settling.customer) {
        end()
        customers = []
      }
      customers.insert(step.settling.customer)
      run.append(step)
    }
    end()
    return orders
  }
}
