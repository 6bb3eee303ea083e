/// All rules, and what people have decided otherwise by hand.
package struct Rules: Hashable, Sendable {
  /// Rule `n` stands at `n - 1`, removed ones too.
  package private(set) var all: [Rule] = []
  /// For each rule, in the same order.
  private var exceptions: [RuleExceptions] = []
  /// The rules that apply and remove a tag, by what the tag is now.
  private(set) var deciding: [TagID: [RuleID]] = [:]
  /// The `seq` of the last event that changed a rule, or a tag so that a rule means another.
  package internal(set) var changed: Int64 = 0

  package subscript(id: RuleID) -> Rule? {
    let index = Int(id.rawValue) - 1
    return all.indices.contains(index) ? all[index] : nil
  }

  /// Those that have not been removed, in the order of their numbers.
  package var present: [Rule] { all.filter { !$0.isRemoved } }

  package var isIdle: Bool { !all.contains { $0.isEnabled && !$0.isRemoved } }

  package func exceptions(of id: RuleID) -> RuleExceptions {
    let index = Int(id.rawValue) - 1
    return exceptions.indices.contains(index) ? exceptions[index] : RuleExceptions()
  }

  func hand(on customer: CustomerID, against id: RuleID) -> RuleExceptions.Hand? {
    let index = Int(id.rawValue) - 1
    return exceptions.indices.contains(index) ? exceptions[index].hand(on: customer) : nil
  }

  /// Whether somebody other than a rule may make an exception by touching a tag.
  var watchesTags: Bool { !deciding.isEmpty }

  // MARK: Events

  mutating func evolve(_ change: RuleChange, seq: Int64) {
    let index = Int(change.rule.rawValue) - 1
    switch change {
    case .created(let id, let definition, let isEnabled, let ready):
      var rule = Rule(id: id, definition, ready: ready, seq: seq)
      rule.isEnabled = isEnabled
      all.append(rule)
      exceptions.append(RuleExceptions())
      changed = seq
      return
    case .resumed(_, let customers):
      for customer in customers { exceptions[index].end(customer) }
      return
    case .revised(_, let from, let to):
      all[index].definition = to
      // By hand somebody spoke of another tag.
      if from.tag != to.tag { exceptions[index] = RuleExceptions() }
    case .enabled: all[index].isEnabled = true
    case .disabled: all[index].isEnabled = false
    case .removed:
      all[index].isEnabled = false
      all[index].isRemoved = true
      exceptions[index] = RuleExceptions()
    }
    all[index].version += 1
    all[index].versions.append(seq)
    changed = seq
  }

  /// Finds out again which rules decide a tag: what a tag is has changed, or what a rule says.
  mutating func retarget(_ current: (TagID) -> TagID?) {
    deciding = [:]
    for rule in all where !rule.isRemoved {
      guard let tag = current(rule.tag) else { continue }
      deciding[tag, default: []].append(rule.id)
    }
  }

  /// Notes that a tag came or went by something else than its rule.
  mutating func touched(_ tag: TagID, _ customer: CustomerID, isApplied: Bool, except own: RuleID?)
  {
    guard let rules = deciding[tag] else { return }
    for rule in rules where rule != own {
      exceptions[Int(rule.rawValue) - 1].note(customer, isApplied: isApplied)
    }
  }

  /// Who is merged into another leaves their exceptions to them.
  mutating func merge(_ source: CustomerID, into target: CustomerID) {
    for index in exceptions.indices { exceptions[index].merge(source, into: target) }
  }
}

/// Customers about whom somebody has decided otherwise than a rule, by hand.
package struct RuleExceptions: Hashable, Sendable {
  /// The tag was taken from them: they do not get it until the filter has not matched them once.
  package private(set) var off = CustomerSet()
  /// The tag was given to them: they keep it until the filter has matched them once.
  package private(set) var on = CustomerSet()

  /// Which way somebody has decided.
  enum Hand: Hashable, Sendable {
    case off
    case on
  }

  func hand(on customer: CustomerID) -> Hand? {
    if off.contains(customer) { return .off }
    return on.contains(customer) ? .on : nil
  }

  mutating func note(_ customer: CustomerID, isApplied: Bool) {
    if isApplied {
      off.remove(customer)
      on.insert(customer)
    } else {
      on.remove(customer)
      off.insert(customer)
    }
  }

  mutating func end(_ customer: CustomerID) {
    off.remove(customer)
    on.remove(customer)
  }

  mutating func merge(_ source: CustomerID, into target: CustomerID) {
    if off.remove(source) { off.insert(target) }
    on.remove(source)
  }
}

extension State {
  /// Applies one event about a rule.
  mutating func evolveRule(_ type: EventType, _ data: JSON?) {
    guard let change = RuleChange(type, data, in: rules) else { return }
    rules.evolve(change, seq: position)
    if type != .ruleResumed { retargetRules() }
  }

  /// Lets the rules follow their tags.
  mutating func retargetRules() {
    guard !rules.all.isEmpty else { return }
    let tags = tags
    rules.retarget { id in
      guard var found = tags.indices.contains(id.index) ? tags[id.index] : nil else { return nil }
      while case .merged(let target) = found.status { found = tags[target.index] }
      return found.id
    }
    rules.changed = position
  }

  /// Whether a row of the log may be about a rule.
  func fitsRule(_ type: EventType, _ data: JSON?) -> Bool {
    guard let change = RuleChange(type, data, in: rules) else { return false }
    func isKnown(_ tag: TagID) -> Bool { tags.indices.contains(tag.index) }
    switch change {
    case .created(let id, let definition, _, _):
      return Int(id.rawValue) == rules.all.count + 1 && definition.named.allSatisfy(isKnown)
    case .revised(let id, _, let to): return rules[id] != nil && to.named.allSatisfy(isKnown)
    case .enabled(let id), .disabled(let id), .removed(let id, _): return rules[id] != nil
    case .resumed(let id, let customers):
      return rules[id] != nil
        && customers.allSatisfy { $0.rawValue >= 1 && $0.rawValue <= lastCustomer }
    }
  }
}

extension RuleDefinition {
  /// The tags that it applies and removes.
  var named: [TagID] { [tag] + (otherwise.target.map { [$0] } ?? []) }
}

extension JSON {
  /// The rule by which a tag came or went, as the data of an event names it.
  package var actingRule: RuleID? { RuleID(json: self["rule"]) }
}

extension State {
  /// Notes what somebody does to a rule's tag by hand.
  ///
  /// What a rule does is no exception from itself; to another rule it is one where a tag of a set
  /// took the place of that rule's. What comes with a customer who is merged was decided by nobody.
  mutating func noteHand(_ tag: TagID, _ customer: CustomerID, isApplied: Bool, _ data: JSON?) {
    guard rules.watchesTags else { return }
    let own = data?.actingRule
    if own != nil, isApplied || data?["set"] == nil { return }
    if data?["source"]?["customer"] != nil { return }
    rules.touched(tag, customer, isApplied: isApplied, except: own)
  }
}

extension State {
  func ruleDifference(to other: State) -> String? {
    guard rules != other.rules else { return nil }
    if rules.all != other.rules.all {
      let pair = zip(rules.all, other.rules.all).first { $0 != $1 }
      return pair.map { "rule \($0) here, \($1) there" }
        ?? "\(rules.all.count) rules here, \(other.rules.all.count) there"
    }
    return "what was done by hand against rules differs, or what they have been told of"
  }
}
