import APITypes
import Domain
import HTTPTypes
import Ledger
import Testing

@testable import API

struct RuleRouteTests {
  private func place(_ order: String, of customer: Int32, in app: App) async throws {
    let fact = FactDraft(
      .orderPlaced(order: order, amount: 2_500_000, lines: []), of: .id(CustomerID(customer)))
    _ = try await app.ledger.submit(
      Order(.recordFacts([fact], FactPolicy()), by: .local(uid: App.founder)))
  }

  @Test func `a rule is created, previewed, switched on, changed and removed`() async throws {
    let app = try await App()
    try await app.createTag("Cliente")
    try await app.register("Ana")
    try await app.register("Rui")
    try await place("p1", of: 1, in: app)
    let preview: RulePreviewDocument = try await app.ask(
      .post, "/v1/rules/preview", #"{"tag":1,"filter":"orders >= 1"}"#)
    #expect(preview.gains == 1 && preview.losses == 0 && preview.matching == 1)
    #expect(preview.customers == [Reference(id: 1, name: "Ana")])
    #expect(preview.months.count == 12 && preview.months.last?.customers == 1)
    #expect(preview.months.first?.customers == 0 && preview.monthsNote == nil)
    try await app.createTag("Amigo")
    let asking: RulePreviewDocument = try await app.ask(
      .post, "/v1/rules/preview", #"{"tag":1,"filter":"orders >= 1 and not tag:Amigo"}"#)
    #expect(asking.monthsNote?.contains("as they are today") == true)

    let body = #"{"name":"Compra","tag":1,"filter":"orders>=1","reason":"reunião"}"#
    let made = try await app.send(.post, "/v1/rules", body)
    #expect(made.status == 201 && made.header("Location") == "/v1/rules/1")
    let rule = try made.decoded(RuleReceipt.self).rule
    #expect(rule.filter == "orders >= 1" && !rule.enabled && rule.otherwise == "remove")
    let unexplained = try await app.send(.post, "/v1/rules/1/enable")
    #expect(try unexplained.problem.code == "reason.missing")
    let on = try await app.send(
      .post, "/v1/rules/Compra/enable", #"{"reason":"começa"}"#, headers: [("If-Match", "\"1\"")])
    #expect(try on.decoded(RuleReceipt.self).rule.enabled && on.header("ETag") == "\"2\"")
    await app.ledger.waitForRules()
    #expect(app.ledger.state.members(of: TagID(1)).count == 1)
    let why = try await app.send(.get, "/v1/customers/1/tags/1/why")
    #expect(why.text.contains("\"kind\":\"rule\""))
    #expect(why.text.contains("The rule “Compra” (2) applied “Cliente” to Ana"))

    let late = try await app.send(
      .patch, "/v1/rules/1", #"{"filter":"orders > 1","reason":"x"}"#,
      headers: [("If-Match", "\"1\"")])
    #expect(late.status == 412)
    #expect(try late.problem.code == "rule.version_changed")
    let bad = try await app.send(
      .patch, "/v1/rules/1", #"{"filter":"orders >> 1","reason":"x"}"#)
    #expect(bad.status == 422)
    #expect(try bad.problem.code == "filter.invalid")
    _ = try await app.send(.patch, "/v1/rules/1", #"{"filter":"orders > 1","reason":"mais"}"#)
    await app.ledger.waitForRules()
    #expect(app.ledger.state.members(of: TagID(1)).count == 0)
    let shown: RuleDocument = try await app.ask(.get, "/v1/rules/1")
    #expect(shown.versions?.map(\.reason) == ["reunião", "começa", "mais"])
    #expect(shown.versions?.map(\.type) == ["rule.created", "rule.enabled", "rule.revised"])
    #expect(try await app.send(.delete, "/v1/rules/1?reason=fim").status == 200)
    #expect(try await app.send(.get, "/v1/rules/1").status == 404)
    let newest = try await app.ask(.get, "/v1/changes?limit=1", as: Page<Change>.self).items[0]
    let undone: UndoReceipt = try await app.ask(
      .post, "/v1/commands/\(newest.command)/undo", "{}")
    #expect(undone.left.map(\.why) == [.ruleRemoved])
    #expect(undone.left[0].sentence.contains("“Compra”: a rule that has been removed stays away"))
    let page: Page<RuleDocument> = try await app.ask(.get, "/v1/rules?as_of=8")
    #expect(page.items.count <= 1)
  }

  @Test func `a ready rule brings its tag, and its threshold can be another`() async throws {
    let app = try await App()
    let ready: Page<ReadyRuleDocument> = try await app.ask(
      .get, "/v1/rules/ready?language=pt")
    #expect(ready.items.count == 19 && ready.items[3].tag == "Risco-90 dias")
    let receipt: RuleReceipt = try await app.ask(
      .post, "/v1/rules/ready/a4",
      #"{"language":"pt","parameters":{"days":"75"},"reason":"a cada dois meses"}"#)
    #expect(receipt.rule.filter == "days_since_order > 75" && receipt.rule.ready == "A4")
    #expect(receipt.rule.tag.name == "Risco-90 dias" && !receipt.rule.enabled)
    let again: Page<ReadyRuleDocument> = try await app.ask(.get, "/v1/rules/ready")
    #expect(again.items[3].rules == [1])
    let second = try await app.send(
      .post, "/v1/rules/ready/a4", #"{"language":"pt","reason":"x"}"#)
    #expect(try second.status == 409 && second.problem.code == "rule.ready_adopted")
    #expect(second.text.contains("rule enable"))
    let bare = try await app.send(.post, "/v1/rules/ready/A7", #"{"reason":"x"}"#)
    #expect(try bare.status == 422 && bare.problem.code == "rule.ready_incomplete")
    #expect(bare.text.contains("--set category=NAME"))
    let unknown = try await app.send(.post, "/v1/rules/ready/A20", #"{"reason":"x"}"#)
    #expect(unknown.status == 404)
    #expect(try unknown.problem.code == "rule.ready_not_found")
  }

  @Test func `a circle is named, and a rule whose tag is archived shows it`() async throws {
    let app = try await App()
    try await app.createTag("Um")
    try await app.createTag("Dois")
    _ = try await app.send(
      .post, "/v1/rules",
      #"{"name":"a","tag":1,"filter":"tag:\"Dois\"","enabled":true,"reason":"x"}"#)
    let circle = try await app.send(
      .post, "/v1/rules", #"{"name":"b","tag":2,"filter":"tag:\"Um\"","reason":"x"}"#)
    #expect(circle.status == 409)
    #expect(try circle.problem.code == "rule.cycle")
    #expect(circle.text.contains("\"cycle\":[\"b\",\"a\",\"b\"]"))
    _ = try await app.send(.post, "/v1/tags/1/archive")
    let rule: RuleDocument = try await app.ask(.get, "/v1/rules/1")
    #expect(rule.faults.map(\.code) == ["tag_archived"])
    #expect(rule.faults[0].sentence.contains("“Um” is archived"))
    let preview: RulePreviewDocument = try await app.ask(
      .post, "/v1/rules/preview", #"{"rule":1}"#, headers: [("Accept-Language", "pt")])
    #expect(preview.faults.map(\.code) == ["tag_archived"])
    #expect(preview.faults[0].sentence.contains("“Um” está arquivada"))
  }

  @Test func `those who work with the tag are told of a change of its rule`() async throws {
    let app = try await App()
    try await app.createTag("Um")
    _ = try await app.send(.post, "/v1/operators", #"{"name":"Maria","uid":2001}"#)
    _ = try await app.send(.post, "/v1/grants", #"{"operator":"Maria","role":"agent"}"#)
    _ = try await app.send(
      .post, "/v1/rules", #"{"name":"a","tag":1,"filter":"orders > 1","reason":"porque sim"}"#)
    let notices = try await app.send(.get, "/v1/notices", uid: 2001)
    #expect(notices.text.contains("rule.created") && notices.text.contains("porque sim"))
    let refused = try await app.send(
      .post, "/v1/rules", #"{"name":"b","tag":1,"filter":"orders > 1","reason":"x"}"#, uid: 2001)
    #expect(refused.status == 403)
    #expect(try await app.send(.get, "/v1/changes").text.contains("rule.create"))
  }
}
