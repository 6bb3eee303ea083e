import TestSupport
import Testing

@testable import Domain

struct RuleSavingTests {
  var shop = Shop()
  let a: TagID
  let b: TagID
  let c: TagID

  init() throws {
    a = try shop.tag("A")
    b = try shop.tag("B")
    c = try shop.tag("C")
  }

  @discardableResult
  private mutating func rule(
    _ name: String, _ tag: TagID, _ filter: String, isEnabled: Bool = true
  ) throws(Problem) -> RuleID {
    let draft = RuleDraft(name: name, tag: tag, filter: filter, isEnabled: isEnabled)
    try shop.take(.rule(.create(draft)), reason: "teste")
    return shop.state.rules.all.last!.id
  }

  @Test mutating func `a change of a rule has to be explained`() throws {
    let draft = RuleDraft(name: "x", tag: a, filter: "orders > 1")
    #expect(throws: Problem.reasonMissing) { try shop.decide(.rule(.create(draft))) }
    let id = try rule("x", a, "orders > 1", isEnabled: false)
    for command: RuleCommand in [
      .revise(id, RuleChanges(name: "y")), .enable(id), .disable(id), .remove(id),
    ] {
      #expect(throws: Problem.reasonMissing) { try shop.decide(.rule(command), reason: "  ") }
    }
  }

  @Test mutating func `rules that would depend on each other in a circle are refused by name`()
    throws
  {
    try rule("um", a, "orders > 1")
    try rule("dois", b, "tag:\"A\"")
    #expect(throws: Problem.ruleCycle(["três", "dois", "um", "três"])) {
      var copy = shop
      try copy.take(.rule(.revise(RuleID(1), RuleChanges(filter: "tag:\"C\""))), reason: "x")
      let draft = RuleDraft(name: "três", tag: c, filter: "tag:\"B\"")
      try copy.take(.rule(.create(draft)), reason: "x")
    }
    #expect(throws: Problem.ruleCycle(["eu", "eu"])) {
      try shop.decide(
        .rule(.create(RuleDraft(name: "eu", tag: c, filter: "not tag:\"C\""))), reason: "x")
    }
    #expect(shop.state.ruleOrder.rules == [RuleID(1), RuleID(2)])
  }

  @Test mutating func `a circle that a merge of tags makes is shown, and nothing turns in it`()
    throws
  {
    let first = try rule("um", a, "tag:\"B\"")
    let second = try rule("dois", c, "tag:\"A\"")
    try shop.merge(c, into: b)
    let faults = shop.state.faults(of: shop.state.rules[first]!)
    #expect(faults == [.cycle([first, second, first])])
    #expect(SettlingRule(second, in: shop.state, shop.state.ruleOrder) == nil)
  }

  @Test mutating func `one tag is decided by one rule that is on`() throws {
    let first = try rule("um", a, "orders > 1")
    #expect(throws: Problem.ruleTagTaken(a, name: "A", by: first, rule: "um")) {
      try shop.decide(
        .rule(
          .create(RuleDraft(name: "dois", tag: a, filter: "orders > 2", isEnabled: true))),
        reason: "x")
    }
    let second = try rule("dois", a, "orders > 2", isEnabled: false)
    #expect(throws: Problem.ruleTagTaken(a, name: "A", by: first, rule: "um")) {
      try shop.decide(.rule(.enable(second)), reason: "x")
    }
  }

  @Test mutating func `a rule follows its tag into another and shows what is wrong with it`()
    throws
  {
    let id = try rule("um", a, "orders > 1")
    try shop.merge(a, into: b)
    let rule = shop.state.rules[id]!
    #expect(SettlingRule(id, in: shop.state, shop.state.ruleOrder)?.tag.id == b)
    try shop.take(.archiveTag(b))
    #expect(shop.state.faults(of: rule) == [.tagArchived(b)])
    #expect(SettlingRule(id, in: shop.state, shop.state.ruleOrder) == nil)
    try shop.take(.restoreTag(b))
    try shop.take(.deleteTag(b, customers: 0))
    #expect(shop.state.faults(of: rule) == [.tagDeleted(a)])
    #expect(try shop.replayed() == shop.state)
  }

  @Test mutating func `an archived tag cannot be given a rule`() throws {
    try shop.take(.archiveTag(a))
    #expect(throws: Problem.tagArchived(a)) {
      try shop.decide(
        .rule(.create(RuleDraft(name: "x", tag: a, filter: "orders > 1"))), reason: "x")
    }
  }

  @Test mutating func `a rule is undone as it was made, unless somebody has changed it since`()
    throws
  {
    let id = try rule("um", a, "orders > 1")
    var seq = shop.state.position
    try shop.take(.rule(.revise(id, RuleChanges(filter: "orders > 5"))), reason: "mais")
    #expect(try shop.decide(.undo(shop.undo(of: seq...seq))).left.count == 1)
    seq = shop.state.position
    try shop.take(.undo(try shop.undo(of: seq...seq)))
    #expect(shop.state.rules[id]?.stored == "orders > 1")
    #expect(shop.state.rules[id]?.version == 3)
    #expect(try shop.replayed() == shop.state)
  }

  @Test(arguments: StarterSet.allCases)
  mutating func `all ready rules can be taken over and switched on together`(
    language: StarterSet
  ) throws {
    for ready in ReadyRule.all {
      var draft = ReadyRuleDraft(ready.id, language, isEnabled: true)
      for parameter in ready.parameters where parameter.standard == nil {
        draft.parameters[parameter.name] = "natal"
      }
      try shop.take(.rule(.adopt(draft)), reason: "guia")
    }
    #expect(shop.state.rules.all.count == 19)
    #expect(Set(ReadyRule.all.map(\.id)) == Set((1...19).map { "A\($0)" }))
    for rule in shop.state.rules.all {
      #expect(shop.state.faults(of: rule) == [], "\(rule.name)")
      #expect(rule.filter != nil)
    }
    #expect(throws: Problem.readyRuleNotFound("A99")) {
      try shop.decide(.rule(.adopt(ReadyRuleDraft("A99", .pt))), reason: "x")
    }
  }

  @Test mutating func `a ready rule is taken over once for a tag, unless the second has a name`()
    throws
  {
    try shop.take(.rule(.adopt(ReadyRuleDraft("A10", .en))), reason: "x")
    let first = shop.state.rules.all[0]
    #expect(
      throws: Problem.readyRuleAdopted(ready: "A10", by: first.id, rule: "Payment pending")
    ) { try shop.decide(.rule(.adopt(ReadyRuleDraft("A10", .en))), reason: "x") }
    try shop.take(.rule(.adopt(ReadyRuleDraft("A10", .en, name: "Late"))), reason: "x")
    try shop.take(.rule(.adopt(ReadyRuleDraft("A10", .en, tag: a))), reason: "x")
    #expect(shop.state.rules.all.map(\.name) == ["Payment pending", "Late", "A"])
    try shop.take(.rule(.remove(first.id)), reason: "x")
    try shop.take(.rule(.remove(RuleID(2))), reason: "x")
    try shop.take(.rule(.adopt(ReadyRuleDraft("A10", .en))), reason: "x")
    #expect(throws: Problem.readyRuleIncomplete(ready: "A7", parameter: "category")) {
      try shop.decide(.rule(.adopt(ReadyRuleDraft("A7", .en))), reason: "x")
    }
    for word in ["toys", "shoes"] {
      let draft = ReadyRuleDraft("A7", .en, parameters: ["category": word])
      try shop.take(.rule(.adopt(draft)), reason: "x")
    }
  }

  @Test mutating func `a threshold has to be one`() throws {
    for value in ["", "-1", "x", "9) or everyone"] {
      #expect(throws: Problem.self) {
        try shop.decide(
          .rule(.adopt(ReadyRuleDraft("A4", .pt, parameters: ["days": value]))), reason: "x")
      }
    }
    #expect(throws: Problem.self) {
      try shop.decide(
        .rule(.adopt(ReadyRuleDraft("A2", .pt, parameters: ["rate": "150"]))), reason: "x")
    }
  }
}
