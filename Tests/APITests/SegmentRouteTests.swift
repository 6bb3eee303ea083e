import APITypes
import Domain
import HTTPTypes
import Ledger
import Testing

@testable import API

struct SegmentRouteTests {
  private func shop() async throws -> App {
    let app = try await App()
    try await app.createTag("Urgente")
    for name in ["Ana", "Rui", "Eva"] { try await app.register(name) }
    _ = try await app.send(.post, "/v1/tags/1/apply", #"{"customers":[1,2]}"#)
    return app
  }

  private let body = """
    {"name":"Manhã","filter":"tag:\\"Urgente\\"","purpose":"primeiro",\
    "routine":{"time":"08:00","zone":"America/Sao_Paulo","role":"agent"}}
    """

  /// What the daemon does by itself when the time has come.
  private func fallDue(_ app: App, after days: Int = 0) async throws {
    let now = app.ledger.clock
    let day = try app.ledger.routines.zones.day(of: now, in: "America/Sao_Paulo")
    _ = try await app.ledger.submit(
      Order(
        .segment(.fallDue(SegmentID(1), day: day.advanced(by: days), due: now)), by: .system))
  }

  @Test func `a segment is made, shown, changed under its revision, removed and brought back`()
    async throws
  {
    let app = try await shop()
    let made = try await app.send(.post, "/v1/segments", body)
    #expect(made.status == 201 && made.header("Location") == "/v1/segments/1")
    let receipt = try made.decoded(SegmentReceipt.self)
    #expect(receipt.segment.owner?.id == 1 && receipt.segment.routine?.role?.name == "agent")
    #expect(receipt.segment.routine?.rhythm == "daily" && receipt.segment.routine?.next != nil)
    let shown: SegmentDocument = try await app.ask(.get, "/v1/segments/1")
    #expect(shown.customers == 2 && shown.filter == #"tag:"Urgente""# && shown.list == nil)
    let members: Page<SegmentMember> = try await app.ask(
      .get, "/v1/segments/1/customers?limit=1")
    #expect(members.items.map(\.name) == ["Ana"] && members.next != nil)
    let position = app.ledger.state.position

    let stale = try await app.send(
      .patch, "/v1/segments/1", #"{"name":"Tarde"}"#, headers: [("If-Match", "\"7\"")])
    #expect(stale.status == 412 && stale.header("ETag") == "\"1\"")
    let revised: SegmentReceipt = try await app.ask(
      .patch, "/v1/segments/1",
      #"{"name":"Tarde","routine":{"days":60,"from":"2026-11-22","time":"23:59"}}"#)
    #expect(revised.segment.routine?.days == 60 && revised.segment.revision == 2)
    let cleared: SegmentReceipt = try await app.ask(
      .patch, "/v1/segments/1", #"{"routine":null}"#)
    #expect(cleared.segment.routine == nil && cleared.segment.name == "Tarde")

    let past: SegmentDocument = try await app.ask(.get, "/v1/segments/1?as_of=\(position)")
    #expect(past.name == "Manhã" && past.routine != nil)
    let removed: SegmentReceipt = try await app.ask(.delete, "/v1/segments/1?reason=x")
    #expect(try await app.send(.get, "/v1/segments/1").status == 404)
    _ = try await app.send(.post, "/v1/commands/\(removed.command)/undo", "{}")
    let back: SegmentDocument = try await app.ask(.get, "/v1/segments/1")
    #expect(back.name == "Tarde")
    let csv = try await app.send(.get, "/v1/segments", headers: [("Accept", "text/csv")]).text
    #expect(csv.contains("1,Tarde,primeiro,"))
  }

  @Test(arguments: [
    (#"{"filter":"tag:#1"}"#, 400), (#"{"name":"x"}"#, 400),
    (#"{"name":"x","filter":"tag:#1","routine":{"time":"8h"}}"#, 400),
    (#"{"name":"x","filter":"tag:#1","routine":{"time":"08:00","zone":"Mars"}}"#, 422),
    (#"{"name":"x","filter":"tag:#1","routine":{"time":"08:00","role":"nobody"}}"#, 404),
    (#"{"name":"x","filter":"tag:#1","routine":{"time":"08:00","weekdays":["dom"]}}"#, 400),
    (#"{"name":"x","filter":"tag:#1","routine":{"time":"08:00","days":0}}"#, 400),
    (#"{"name":"x","filter":"tag:#1","owner":99}"#, 404),
    (#"{"name":"x","filter":"tag:#1","colour":1}"#, 400),
    (#"{"name":"x","filter":"and"}"#, 422),
  ])
  func `what cannot be is refused`(body: String, status: Int) async throws {
    let app = try await shop()
    #expect(try await app.send(.post, "/v1/segments", body).status == status, "\(body)")
  }

  @Test func `what is due is a list for a role, and each customer of it is worked once`()
    async throws
  {
    let app = try await shop()
    for (index, role) in ["agent", "auditor"].enumerated() {
      _ = try await app.send(.post, "/v1/operators", #"{"name":"\#(role)","uid":\#(2001 + index)}"#)
      _ = try await app.send(
        .post, "/v1/grants", #"{"operator":"\#(role)","role":"\#(role)"}"#)
    }
    _ = try await app.send(.post, "/v1/operators", #"{"name":"caixa","uid":2003}"#)
    _ = try await app.send(
      .post, "/v1/roles", #"{"name":"caixa","permissions":["segments:read","segments:work"]}"#)
    _ = try await app.send(.post, "/v1/grants", #"{"operator":"caixa","role":"caixa"}"#)
    _ = try await app.send(.post, "/v1/segments", body)
    #expect(try await app.send(.get, "/v1/work?segment=1").status == 409)
    try await fallDue(app)

    let work = try await app.send(.get, "/v1/work", uid: 2001).decoded(Page<WorkItemDocument>.self)
    #expect(work.items.map(\.customer.name) == ["Ana", "Rui"])
    #expect(work.items.allSatisfy { $0.state == "open" })
    // Who may change segments may work any list.
    let own: Page<WorkItemDocument> = try await app.ask(.get, "/v1/work")
    #expect(own.items.map(\.customer.name) == ["Ana", "Rui"])
    // It is nobody's list who does not hold the role; who may not know customers sees numbers.
    let others = try await app.send(.get, "/v1/work", uid: 2003).decoded(
      Page<WorkItemDocument>.self)
    #expect(others.items == [])
    let numbers = try await app.send(.get, "/v1/work?all=true", uid: 2003)
      .decoded(Page<WorkItemDocument>.self)
    #expect(numbers.items.count == 2 && numbers.items.allSatisfy { $0.customer.name == nil })

    let act = #"{"segment":1,"customers":[1]}"#
    let foreign = try await app.send(.post, "/v1/work/take", act, uid: 2003)
    #expect(try foreign.status == 403 && foreign.problem.code == "work.of_role")
    #expect(try await app.send(.post, "/v1/work/take", act, uid: 2002).status == 403)
    let taken = try await app.send(.post, "/v1/work/take", act, uid: 2001).decoded(WorkReceipt.self)
    #expect(taken.changed == 1 && taken.list.taken == 1 && taken.list.open == 1)
    let second = try await app.send(.post, "/v1/work/take", act)
    #expect(try second.status == 409 && second.problem.code == "work.taken")
    _ = try await app.send(.post, "/v1/work/done", act, uid: 2001)
    _ = try await app.send(
      .post, "/v1/work/skip", #"{"segment":1,"customers":[2],"reason":"férias"}"#, uid: 2001)
    let rest: Page<WorkItemDocument> = try await app.ask(.get, "/v1/work")
    #expect(rest.items == [])
    let all: Page<WorkItemDocument> = try await app.ask(.get, "/v1/work?all=true&limit=1")
    #expect(all.items[0].state == "done" && all.items[0].settledBy?.name == "agent")
    let next: Page<WorkItemDocument> = try await app.ask(
      .get, "/v1/work?all=true&limit=1&cursor=\(all.next ?? "")")
    #expect(next.items.map(\.state) == ["skipped"] && next.next == nil)

    let told = try await app.ask(.get, "/v1/changes?limit=4", as: Page<Change>.self).items
    #expect(told.map(\.type) == ["work.skipped", "work.done", "work.taken", "work.due"])
    #expect(told[0].reason == "férias" && told[0].sentence.contains("Rui"))
    #expect(told[3].after?["customers"] == nil)
  }

  @Test func `whose segment or list it is is told of a change`() async throws {
    let app = try await shop()
    _ = try await app.send(.post, "/v1/operators", #"{"name":"agent","uid":2001}"#)
    _ = try await app.send(.post, "/v1/grants", #"{"operator":"agent","role":"agent"}"#)
    _ = try await app.send(.post, "/v1/segments", body)
    _ = try await app.send(.patch, "/v1/segments/1", #"{"filter":"not tag:#1","reason":"x"}"#)
    let notices = try await app.send(.get, "/v1/notices?unread=true", uid: 2001)
    #expect(notices.text.contains("segment.revised"))
  }

  @Test func `the ready segments are made where their tags are`() async throws {
    let app = try await shop()
    let few: SegmentsReceipt = try await app.ask(.post, "/v1/ready-segments/pt", "{}")
    #expect(few.segments.count == 1 && few.skipped.count == 2)
    _ = try await app.send(.post, "/v1/starter-sets/pt", "{}")
    let more: SegmentsReceipt = try await app.ask(
      .post, "/v1/ready-segments/pt", #"{"time":"07:30","zone":"UTC","role":"agent"}"#)
    #expect(more.segments.map { $0.routine?.time } == ["07:30", "07:30"])
    #expect(try await app.send(.post, "/v1/ready-segments/xx", "{}").status == 404)
  }

  // MARK: RFM

  @Test func `RFM is shown, configured and told customer by customer`() async throws {
    let app = try await shop()
    let now = app.ledger.clock
    func order(_ customer: Int32, _ number: Int, days: Int64, _ amount: Int64) -> FactDraft {
      FactDraft(
        .orderPlaced(order: "\(customer)-\(number)", amount: amount, lines: []),
        of: .id(CustomerID(customer)),
        occurred: Timestamp(microseconds: now.rawValue - days * 86_400_000_000))
    }
    let facts = [
      order(1, 1, days: 1, 900), order(1, 2, days: 9, 100), order(2, 1, days: 50, 70),
      order(3, 1, days: 400, 5),
    ]
    _ = try await app.ledger.submit(
      Order(.recordFacts(facts, FactPolicy()), by: .local(uid: App.founder)))
    let shown: RFMDocument = try await app.ask(.get, "/v1/rfm")
    #expect(shown.customers == 3 && shown.ungrouped == 0 && shown.ties == "below")
    #expect(shown.groups.map(\.customers).reduce(0, +) == 3)
    #expect(shown.breaks.recency == ["20.6", "40.2", "120", "260"])
    let table: Page<RFMCustomer> = try await app.ask(.get, "/v1/rfm/customers")
    #expect(table.items.map(\.monetary) == [1000, 70, 5])
    #expect(table.items.map(\.r) == [5, 3, 1] && table.items[0].group == "champions")
    let best: Page<RFMCustomer> = try await app.ask(
      .get, "/v1/rfm/customers?group=Campe%C3%B5es")
    #expect(best.items.map(\.customer.name) == ["Ana"])
    #expect(try await app.send(.get, "/v1/rfm/customers?group=x").status == 404)

    let thresholds = """
      {"levels":3,"window_days":365,"thresholds":{"recency":[30,90],"frequency":[2,3],\
      "monetary":[100,1000]},"reason":"loja"}
      """
    let changed = try await app.send(
      .patch, "/v1/rfm", thresholds, headers: [("If-Match", "\"1\"")])
    let receipt = try changed.decoded(RFMReceipt.self)
    #expect(changed.header("ETag") == "\"2\"" && receipt.rfm.customers == 2)
    #expect(receipt.rfm.thresholds?.recency == [30, 90] && receipt.rfm.ties == nil)
    let late = try await app.send(
      .patch, "/v1/rfm", #"{"levels":4}"#, headers: [("If-Match", "\"1\"")])
    #expect(late.status == 412)
    #expect(try await app.send(.patch, "/v1/rfm", #"{"levels":4}"#).status == 422)
    #expect(try await app.send(.patch, "/v1/rfm", #"{"ties":"x"}"#).status == 422)
    let groups = #"{"groups":[{"key":"todos","recency":[1,3],"frequency":[1,3],"monetary":[1,3]}]}"#
    let own: RFMReceipt = try await app.ask(.patch, "/v1/rfm", groups)
    #expect(own.rfm.groups.map(\.customers) == [2])
    let then: RFMDocument = try await app.ask(
      .get, "/v1/rfm?as_of=\(app.ledger.state.position - 2)")
    #expect(then.levels == 5)
  }

  @Test func `looking into a segment uses the tags of its filter, pages and the past do not`()
    async throws
  {
    let app = try await shop()
    _ = try await app.send(.post, "/v1/segments", body)
    func use() -> TagUse? { app.ledger.state.use(of: TagID(1)) }
    #expect(use() == nil)
    let position = app.ledger.state.position
    let page: Page<SegmentMember> = try await app.ask(.get, "/v1/segments/1/customers?limit=1")
    for _ in 0..<2000 where use() == nil { try await Task.sleep(for: .milliseconds(5)) }
    #expect(use()?.filters == 1)
    _ = try await app.send(.get, "/v1/segments/1/customers?limit=1&cursor=\(page.next ?? "")")
    _ = try await app.send(.get, "/v1/segments/1?as_of=\(position)")
    _ = try await app.send(.get, "/v1/segments")
    _ = try await app.send(.get, "/v1/segments/1")
    // What has only been counted comes with the first use of another kind.
    _ = try await app.send(.get, "/v1/exports/customers?filter=tag:Urgente")
    for _ in 0..<2000 where use()?.exports == 0 { try await Task.sleep(for: .milliseconds(5)) }
    #expect(use()?.filters == 2 && use()?.exports == 1)
  }
}
