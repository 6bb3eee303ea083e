/// A rule with what it needs to be held against customers, found out once for many of them.
package final class SettlingRule: Sendable {
  package let rule: Rule
  package let filter: Filter
  /// What the rule's tag is now.
  package let tag: CustomerTag
  /// Where it moves whom the filter no longer matches.
  let target: TagID?

  /// Nil where the rule does nothing: switched off, or in some way at fault.
  package convenience init?(_ id: RuleID, in state: State, _ order: RuleOrder) {
    guard let rule = state.rules[id], rule.isEnabled, !rule.isRemoved, let filter = rule.filter,
      state.faults(of: rule, in: order).isEmpty, let tag = try? state.applicable(rule.tag)
    else { return nil }
    self.init(rule, filter, tag, in: state)
  }

  /// - Parameter tag: one that may be applied.
  init(_ rule: Rule, _ filter: Filter, _ tag: CustomerTag, in state: State) {
    self.rule = rule
    self.filter = filter
    self.tag = tag
    target = rule.otherwise.target.flatMap { try? state.current($0).id }
  }

  /// What is to be done about one customer.
  package enum Step: Hashable, Sendable {
    case none
    case apply
    case lose
    /// Nothing but that an exception by hand has come to its end.
    case resume
  }

  /// Holds one customer against the rule, at a moment.
  ///
  /// Nobody is touched who is merged into another, or erased.
  package func step(for customer: CustomerID, in state: State, at moment: Timestamp) -> Step {
    step(for: FilterMatch(FilterGround(state, at: moment), customer))
  }

  package func step(for match: FilterMatch) -> Step {
    guard match.isLive else { return .none }
    let has = match.has(tag.id)
    let exception = match.exception(from: rule.id)
    if match.holds(filter) {
      if exception == .on { return has ? .resume : .apply }
      return has || exception == .off ? .none : .apply
    }
    if exception == .off { return .resume }
    return has && exception == nil && rule.otherwise != .keep ? .lose : .none
  }

  /// The events of one step.
  ///
  /// - Parameter first: the place in the command of the next event.
  func events(_ step: Step, _ settling: Settling, in state: State, first: Int) -> [Event] {
    let customer = settling.customer
    var events: [Event] = []
    func add(_ type: EventType, _ tag: TagID, set: String? = nil) {
      var data: [String: JSON] = ["rule": rule.id.json]
      data["set"] = set.map(JSON.string)
      var event = Event(
        type, tag: tag, customer: customer, data: .object(data), occurred: settling.occurred,
        cause: events.isEmpty ? nil : first)
      if events.isEmpty { event.origin = settling.cause }
      events.append(event)
    }
    func come(_ tag: CustomerTag) {
      guard !state.members(of: tag.id).contains(customer) else { return }
      add(.tagApplied, tag.id)
      for rival in state.rivals(of: tag) where rival.members.contains(customer) {
        add(.tagRemoved, rival.tag.id, set: tag.set ?? "")
      }
    }
    func leave(_ id: TagID) {
      guard state.members(of: id).contains(customer),
        !events.contains(where: { $0.type == .tagRemoved && $0.tag == id })
      else { return }
      add(.tagRemoved, id)
    }
    switch step {
    case .none, .resume: break
    case .apply:
      come(tag)
      if let target { leave(target) }
    case .lose:
      leave(tag.id)
      // Its set has room again, since the event before took the tag away.
      if let target, let other = state.tag(target), other.status == .active {
        if !state.members(of: target).contains(customer) {
          add(.tagApplied, target)
          for rival in state.rivals(of: other)
          where rival.members.contains(customer) && rival.tag.id != tag.id {
            add(.tagRemoved, rival.tag.id, set: other.set ?? "")
          }
        }
      }
    }
    return events
  }
}

extension State {
  /// Holds customers against a rule and decides what it does.
  ///
  /// Decided in the writer's own state, so that nothing is stale: what the engine has asked for on
  /// what it saw a moment ago is done only as far as it still holds.
  func settle(
    _ id: RuleID, version: Int64, _ settlings: [Settling], at: Timestamp
  ) -> Decision {
    var decision = Decision()
    guard let rule = rules[id], rule.version == version,
      // Rules in a circle come about by merges of tags alone, and the engine never asks for them.
      let settling = SettlingRule(id, in: self, RuleOrder([], before: [:]))
    else {
      decision.unchanged = settlings.count
      return decision
    }
    var resumed: [CustomerID] = []
    var seen: Set<CustomerID> = []
    for asked in settlings where seen.insert(asked.customer).inserted {
      let step = settling.step(
        for: asked.customer, in: self, at: min(asked.moment, at))
      if step == .none { decision.unchanged += 1 }
      if step == .resume { resumed.append(asked.customer) }
      decision.events += settling.events(
        step, asked.until(at), in: self, first: decision.events.count)
    }
    for start in stride(from: 0, to: resumed.count, by: Self.resumedPerEvent) {
      let part = resumed[start..<min(start + Self.resumedPerEvent, resumed.count)]
      decision.events.append(RuleChange.resumed(id, Array(part)).event(tag: settling.tag.id))
    }
    return decision
  }

  /// Ten digits and a comma each: well below the size that an event may have.
  private static let resumedPerEvent = 4000
}

extension Settling {
  /// Without a time of its own where that is no earlier than when it is recorded.
  fileprivate func until(_ at: Timestamp) -> Settling {
    guard let occurred, occurred >= at else { return self }
    return Settling(customer, at: moment, cause: cause)
  }
}

// MARK: - For whoever looks ahead

extension SettlingRule {
  /// Lets a working copy go on as the log will.
  package func settle(
    _ step: Step, _ settling: Settling, on scratch: inout State
  ) {
    if step == .resume {
      let event = RuleChange.resumed(rule.id, [settling.customer]).event(tag: tag.id)
      scratch.evolve(event, at: settling.moment)
    }
    for event in events(step, settling, in: scratch, first: 0) {
      scratch.evolve(event, at: settling.moment)
    }
  }

  /// Since when the filter has said of a customer what it says at `moment`, looked at from `start`
  /// on; nil where that would take too many steps.
  package func beginning(
    for customer: CustomerID, in state: State, from start: Timestamp, at moment: Timestamp
  ) -> Timestamp? {
    guard start < moment else { return nil }
    var since = start
    var holds = filter.matches(customer, in: state, at: start)
    var time = start
    for _ in 0..<64 {
      let change = filter.nextChange(of: customer, in: state, after: time, by: moment)
      guard let next = change, next <= moment else { return since }
      time = next
      let then = filter.matches(customer, in: state, at: time)
      if then != holds { (since, holds) = (time, then) }
    }
    return nil
  }

  /// All customers about whom something may be to be done at a moment.
  package func concerned(
    in state: State, at moment: Timestamp, spread: @escaping Spread = inOrder
  ) -> CustomerSet {
    let matching = filter.customers(in: state, at: moment, spread: spread)
    let members = state.members(of: tag.id)
    let exceptions = state.rules.exceptions(of: rule.id)
    var found = matching.subtracting(members)
    if rule.otherwise != .keep { found.formUnion(members.subtracting(matching)) }
    found.formUnion(exceptions.on.intersection(matching))
    found.formUnion(exceptions.off.subtracting(matching))
    return found
  }
}
