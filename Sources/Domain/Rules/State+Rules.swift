extension State {
  /// The rule of that number that has not been removed.
  package func rule(_ id: RuleID) throws(Problem) -> Rule {
    guard let rule = rules[id], !rule.isRemoved else { throw .ruleNotFound("\(id.rawValue)") }
    return rule
  }

  /// The rule of that name that has not been removed.
  package func rule(named name: String) -> Rule? {
    let key = NameKey(name)
    return rules.present.first { NameKey($0.name) == key }
  }

  /// Returns what follows from a command about rules.
  func decide(
    _ command: RuleCommand, reason: String?, limits: Limits, at: Timestamp
  ) throws(Problem) -> Decision {
    if command.needsReason, reason?.isEmpty ?? true { throw .reasonMissing }
    switch command {
    case .create(let draft): return Decision(events: [try create(draft, ready: nil)])
    case .adopt(let draft): return try adopt(draft, limits: limits)
    case .revise(let id, let changes): return try revise(rule(id), changes)
    case .enable(let id): return try enable(rule(id))
    case .disable(let id):
      let rule = try rule(id)
      guard rule.isEnabled else { return Decision(events: [], unchanged: 1) }
      return Decision(events: [RuleChange.disabled(id).event(tag: rule.tag)])
    case .remove(let id):
      let rule = try rule(id)
      return Decision(events: [RuleChange.removed(id, name: rule.name).event(tag: rule.tag)])
    case .settle(let id, let version, let settlings):
      return settle(id, version: version, settlings, at: at)
    }
  }

  // MARK: Saving

  package static let ruleLimit = 500

  func create(_ draft: RuleDraft, ready: String?) throws(Problem) -> Event {
    guard rules.present.count < Self.ruleLimit else { throw .rulesTooMany(limit: Self.ruleLimit) }
    let rule = try newRule(draft, ready: ready)
    return RuleChange.created(
      rule.id, rule.definition, isEnabled: rule.isEnabled, ready: ready
    ).event(tag: rule.tag)
  }

  /// The rule that a draft would become; also asked for previews.
  package func newRule(_ draft: RuleDraft, ready: String? = nil) throws(Problem) -> Rule {
    let definition = RuleDefinition(
      name: try ruleName(draft.name, except: nil), tag: try applicable(draft.tag).id,
      stored: try ruleFilter(draft.filter), otherwise: try checked(draft.otherwise, draft.tag))
    var rule = Rule(
      id: RuleID(Int32(rules.all.count + 1)), definition, ready: ready, seq: position + 1)
    rule.isEnabled = draft.isEnabled
    try refuseUnfit(rule)
    return rule
  }

  /// The rule that changes would make of one; also asked for previews.
  package func revised(_ rule: Rule, _ changes: RuleChanges) throws(Problem) -> Rule {
    var definition = rule.definition
    if let name = changes.name { definition.name = try ruleName(name, except: rule.id) }
    if let tag = changes.tag { definition.tag = try applicable(tag).id }
    if let filter = changes.filter { definition.stored = try ruleFilter(filter) }
    if changes.otherwise != nil || changes.tag != nil {
      definition.otherwise = try checked(changes.otherwise ?? rule.otherwise, definition.tag)
    }
    var revised = rule
    revised.definition = definition
    try refuseUnfit(revised)
    return revised
  }

  private func revise(_ rule: Rule, _ changes: RuleChanges) throws(Problem) -> Decision {
    let revised = try revised(rule, changes)
    guard revised.definition != rule.definition else {
      return Decision(events: [], unchanged: 1)
    }
    let change = RuleChange.revised(rule.id, from: rule.definition, to: revised.definition)
    return Decision(events: [change.event(tag: revised.tag)])
  }

  private func enable(_ rule: Rule) throws(Problem) -> Decision {
    guard !rule.isEnabled else { return Decision(events: [], unchanged: 1) }
    var enabled = rule
    enabled.isEnabled = true
    for tag in rule.named { _ = try applicable(tag) }
    try refuseUnfit(enabled)
    return Decision(events: [RuleChange.enabled(rule.id).event(tag: rule.tag)])
  }

  // MARK: Parts

  private func ruleName(_ raw: String, except own: RuleID?) throws(Problem) -> String {
    let name = raw.trimmed
    guard !name.isEmpty else { throw .textEmpty(field: "name") }
    try Self.check(name, "name", limit: 100)
    if let other = rule(named: name), other.id != own {
      throw .ruleNameTaken(name, by: other.id)
    }
    return name
  }

  private func ruleFilter(_ text: String) throws(Problem) -> String {
    let filter = try Filter(text, in: self)
    // What is sealed cannot be waited for: only the log can open it.
    guard !filter.asksPersonal else { throw .ruleFilterPersonal }
    // By quantiles everybody's orders change everybody's group: that cannot be waited for either.
    guard !filter.asksRFM || !rfm.settings.isByQuantiles else { throw .rfmByQuantiles }
    return filter.stored
  }

  private func checked(
    _ otherwise: Rule.Otherwise, _ tag: TagID
  ) throws(Problem) -> Rule.Otherwise {
    guard let target = otherwise.target else { return otherwise }
    let found = try applicable(target)
    guard found.id != (try current(tag).id) else {
      throw .tagMergedIntoItself(found.id, name: found.name.text)
    }
    return .move(found.id)
  }

  /// Refuses a rule that depends on itself, and one whose tag another decides that is switched on.
  private func refuseUnfit(_ rule: Rule) throws(Problem) {
    let others = rules.present.filter { $0.id != rule.id }
    let present = others + [rule]
    if let cycle = ruleOrder(of: present).cycles[rule.id] {
      let names = Dictionary(uniqueKeysWithValues: present.map { ($0.id, $0.name) })
      throw .ruleCycle(cycle.compactMap { names[$0] })
    }
    guard rule.isEnabled else { return }
    let tags = decided(by: rule)
    for other in others where other.isEnabled {
      if let tag = decided(by: other).first(where: tags.contains) {
        let name = self.tag(tag)?.name.text ?? "\(tag.rawValue)"
        throw .ruleTagTaken(tag, name: name, by: other.id, rule: other.name)
      }
    }
  }
}
