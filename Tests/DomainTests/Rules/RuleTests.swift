import TestSupport
import Testing

@testable import Domain

/// A shop with a rule: who has ordered has the tag.
struct RuleTests {
  var shop = Shop()
  let tag: TagID
  let other: TagID
  let ana: CustomerID

  init() throws {
    tag = try shop.tag("Cliente")
    other = try shop.tag("Sumido")
    ana = try shop.customer("Ana")
  }

  private mutating func rule(
    _ filter: String = "orders >= 1", _ name: String = "regra", on tag: TagID? = nil,
    otherwise: Rule.Otherwise = .remove, isEnabled: Bool = true
  ) throws(Problem) -> RuleID {
    let draft = RuleDraft(
      name: name, tag: tag ?? self.tag, filter: filter, otherwise: otherwise,
      isEnabled: isEnabled)
    try shop.take(.rule(.create(draft)), reason: "teste")
    return shop.state.rules.all.last!.id
  }

  private mutating func order(_ id: String = "p1", of customer: CustomerID? = nil) throws {
    try shop.take(
      .recordFacts(
        [FactDraft(.orderPlaced(order: id, amount: 1000, lines: []), of: .id(customer ?? ana))],
        FactPolicy()))
  }

  private mutating func cancel(_ id: String = "p1") throws {
    try shop.take(
      .recordFacts([FactDraft(.orderCancelled(order: id), of: .id(ana))], FactPolicy()))
  }

  @discardableResult
  private mutating func settle(_ id: RuleID) throws -> [Event] {
    let rule = shop.state.rules[id]!
    let all = (1...max(1, shop.state.lastCustomer)).map { Settling(CustomerID($0), at: shop.now) }
    return try shop.take(
      .rule(.settle(id, version: rule.version, all)), by: .rule(id, version: rule.version)
    ).events
  }

  private var has: Bool { shop.state.members(of: tag).contains(ana) }

  // MARK: What a preview tells

  @Test
  mutating func `the past of a preview asks the rule that decides a tag, not who has it today`()
    throws
  {
    func days(_ count: Int64) -> Timestamp {
      Timestamp(microseconds: shop.now.rawValue - count * 86_400_000_000)
    }
    let bia = try shop.customer("Bia")
    for (customer, order, ago) in [(ana, "1", 200), (bia, "2", 200), (bia, "3", 10)] {
      try shop.take(
        .recordFacts(
          [
            FactDraft(
              .orderPlaced(order: order, amount: 1, lines: []), of: .id(customer),
              occurred: days(Int64(ago)))
          ], FactPolicy()))
    }
    let lapsed = try rule("days_since_order > 90", "sumido", on: other)
    try settle(lapsed)
    func preview(_ filter: String) throws -> RulePreview {
      let rule = try shop.state.newRule(RuleDraft(name: "x", tag: tag, filter: filter))
      return shop.state.preview(of: rule, at: shop.now)
    }
    let asked = try preview("orders >= 1 and not tag:Sumido")
    let meant = try preview("orders >= 1 and not days_since_order > 90")
    #expect(asked.months == meant.months && !asked.takesTagsAsNow)
    #expect(Set(asked.months.map(\.customers)) == [0, 1, 2])
    try shop.tag("Amigo")
    #expect(try preview("tag:Amigo").takesTagsAsNow)
    #expect(try preview("tagged(tag:Sumido, for > 24h)").takesTagsAsNow)
    #expect(try !preview("orders > 1").takesTagsAsNow)
  }

  // MARK: What a rule does

  @Test mutating func `who the filter matches gets the tag, and who it no longer matches loses it`()
    throws
  {
    let id = try rule()
    try order()
    #expect(try settle(id) == [.applied(tag, ana, data: ["rule": 1])])
    #expect(try settle(id) == [])
    try cancel()
    try settle(id)
    #expect(!has)
    #expect(try shop.replayed() == shop.state)
  }

  @Test mutating func `a rule that is off, or in another version, does nothing`() throws {
    let id = try rule(isEnabled: false)
    try order()
    #expect(try settle(id) == [])
    try shop.take(.rule(.enable(id)), reason: "começa")
    let stale = try shop.take(.rule(.settle(id, version: 1, [Settling(ana, at: shop.now)])))
    #expect(stale.events == [] && stale.unchanged == 1)
    try settle(id)
    #expect(has)
  }

  @Test mutating func `a tag taken by hand stays off until the filter has not matched once`()
    throws
  {
    let id = try rule()
    try order()
    try settle(id)
    try shop.remove(tag, from: ana)
    #expect(try settle(id) == [])
    try cancel()
    #expect(try settle(id).map(\.type) == [.ruleResumed])
    try order("p2")
    try settle(id)
    #expect(has)
  }

  @Test mutating func `a tag given by hand stays until the filter has matched once`() throws {
    let id = try rule()
    try shop.apply(tag, to: ana)
    #expect(try settle(id) == [])
    #expect(has)
    try order()
    #expect(try settle(id).map(\.type) == [.ruleResumed])
    try cancel()
    try settle(id)
    #expect(!has)
  }

  @Test mutating func `who had the tag before there was a rule loses it where it does not match`()
    throws
  {
    try shop.apply(tag, to: ana)
    let id = try rule()
    try settle(id)
    #expect(!has)
  }

  @Test mutating func `a rule can keep the tag, or move to another and back`() throws {
    let keeping = try rule(otherwise: .keep)
    try order()
    try settle(keeping)
    try cancel()
    try settle(keeping)
    #expect(has)
    try shop.take(
      .rule(.revise(keeping, RuleChanges(otherwise: .move(other)))), reason: "outra coisa")
    try settle(keeping)
    #expect(!has && shop.members(other) == [ana])
    try order("p2")
    try settle(keeping)
    #expect(has && shop.members(other) == [])
  }

  @Test mutating func `a set's other tag leaves, and its rule does not fight for it`() throws {
    let gold = try shop.tag("Ouro", set: "nível")
    let silver = try shop.tag("Prata", set: "nível")
    let first = try rule("orders >= 1", "prata", on: silver)
    let second = try rule("orders >= 2", "ouro", on: gold)
    try order()
    try settle(first)
    try order("p2")
    #expect(
      try settle(second).map(\.type) == [.tagApplied, .tagRemoved])
    for _ in 0..<3 {
      try settle(first)
      try settle(second)
    }
    #expect(shop.members(gold) == [ana] && shop.members(silver) == [])
  }

  @Test mutating func `what became true earlier is told with its time and its cause`() throws {
    let id = try rule()
    try order()
    let since = Timestamp(microseconds: shop.now.rawValue - 5_000_000)
    let settling = Settling(ana, at: shop.now, occurred: since, cause: shop.state.position)
    let events = try shop.take(.rule(.settle(id, version: 1, [settling]))).events
    #expect(events.map(\.occurred) == [since])
    #expect(events.map(\.origin) == [shop.state.position - 1])
  }

  @Test mutating func `undoing what a rule did is an exception by hand`() throws {
    let id = try rule()
    try order()
    try settle(id)
    let seq = shop.state.position
    let undo = try shop.undo(of: seq...seq)
    try shop.take(.undo(undo))
    #expect(!has)
    #expect(try settle(id) == [])
    #expect(try shop.replayed() == shop.state)
  }

  @Test mutating func `who is merged takes their exception along`() throws {
    let id = try rule()
    let rui = try shop.customer("Rui")
    try order(of: rui)
    try settle(id)
    try shop.remove(tag, from: rui)
    try shop.merge(rui, into: ana)
    try settle(id)
    #expect(!has)
    #expect(try shop.replayed() == shop.state)
  }
}
