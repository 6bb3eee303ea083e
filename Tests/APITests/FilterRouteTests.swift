import APITypes
import Domain
import HTTPTypes
import Ledger
import Testing

@testable import API

struct FilterRouteTests {
  /// Five customers: Ana and Bia are VIP, Bia and Caio have complained; Ana, Bia and Dora have bought.
  private func shop() async throws -> App {
    let app = try await App()
    try await app.createTag("VIP")
    try await app.createTag("Reclamação")
    try await app.createTag("Novo")
    for name in ["Ana", "Bia", "Caio", "Dora", "Eva"] {
      let notes = name == "Caio" ? "Embalagem amassada" : "x"
      try await app.register(name, #","notes":"\#(notes)","channel":"Loja \#(name.count)""#)
    }
    _ = try await app.send(.post, "/v1/tags/1/apply", #"{"customers":[1,2]}"#)
    _ = try await app.send(.post, "/v1/tags/2/apply", #"{"customers":[2,3]}"#)
    var drafts: [FactDraft] = []
    for (index, (customer, amount)) in [(1, 500), (2, 1500), (4, 900), (4, 50)].enumerated() {
      drafts.append(
        FactDraft(
          .orderPlaced(order: "o\(index)", amount: Int64(amount) * 100, lines: []),
          of: .id(CustomerID(Int32(customer)))))
    }
    _ = try await app.ledger.submit(
      .init(.recordFacts(drafts, FactPolicy()), by: .local(uid: App.founder)))
    return app
  }

  private func find(_ app: App, _ query: String) async throws -> [String?] {
    let page: Page<CustomerDocument> = try await app.ask(.get, "/v1/customers?\(query)")
    return page.items.map(\.name)
  }

  private func escaped(_ text: String) -> String { Paths.segment(text) }

  @Test func `a filter is read, counted, and told part by part`() async throws {
    let app = try await shop()
    let text = #"tag:vip AND not tag:"Reclamação""#
    let report: FilterReport = try await app.ask(
      .get, "/v1/filters?parts=true&filter=\(escaped(text))")
    #expect(report.filter == #"tag:"VIP" and not tag:"Reclamação""#)
    #expect(report.stored == "tag:#1 and not tag:#2" && report.count == 1)
    #expect(
      report.parts?.map(\.count) == [1, 2, 3, 2] && report.parts?.map(\.depth) == [0, 1, 1, 2])
    #expect(report.parts?.map(\.left) == [nil, 2, 1, nil])
    let posted: FilterReport = try await app.ask(
      .post, "/v1/filters", #"{"filter":"orders >= 1 and spent < 1000"}"#)
    #expect(posted.count == 2 && posted.parts == nil)
  }

  @Test func `customers are listed by a filter, sorted by a figure, page by page`() async throws {
    let app = try await shop()
    #expect(try await find(app, "filter=\(escaped("spent >= 900"))") == ["Bia", "Dora"])
    #expect(try await find(app, "sort=-spent&limit=3") == ["Bia", "Dora", "Ana"])
    #expect(
      try await find(app, "sort=largest_order&filter=everyone") == [
        "Ana", "Dora", "Bia", "Caio", "Eva",
      ])
    var names: [String?] = []
    var cursor: String?
    repeat {
      let page: Page<CustomerDocument> = try await app.ask(
        .get, Paths.query(Paths.customers, ["sort": "-spent", "limit": "2", "cursor": cursor]))
      names += page.items.map(\.name)
      cursor = page.next
    } while cursor != nil
    #expect(names == ["Bia", "Dora", "Ana", "Caio", "Eva"])
  }

  @Test func `an empty filter is told to be one`() async throws {
    let app = try await shop()
    for path in ["/v1/customers?filter=", "/v1/customers?filter=&limit=5", "/v1/filters?filter="] {
      let reply = try await app.send(.get, path)
      #expect(try reply.status == 422 && reply.problem.code == "filter.invalid", "\(reply.text)")
      #expect(reply.text.contains("is empty"), "\(reply.text)")
    }
  }

  @Test func `a sorted list tells the figure that it is sorted by, as of then too`() async throws {
    let app = try await shop()
    func figures(_ query: String) async throws -> [String?] {
      let page: Page<CustomerDocument> = try await app.ask(.get, "/v1/customers?\(query)")
      return page.items.map(\.figure)
    }
    #expect(try await figures("sort=-spent") == ["1500.00", "950.00", "500.00", "0.00", "0.00"])
    #expect(
      try await figures("sort=average_order&limit=4") == ["475.00", "500.00", "1500.00", nil])
    #expect(try await figures("sort=orders&filter=\(escaped("orders > 1"))") == ["2"])
    #expect(try await figures("filter=\(escaped("orders > 1"))") == [nil])
    let before = app.ledger.state.position
    let more = FactDraft(
      .orderPlaced(order: "o9", amount: 100_000, lines: []), of: .id(CustomerID(1)))
    _ = try await app.ledger.submit(
      .init(.recordFacts([more], FactPolicy()), by: .local(uid: App.founder)))
    #expect(try await figures("sort=-orders&limit=2") == ["2", "2"])
    #expect(try await figures("sort=-orders&limit=2&as_of=\(before)") == ["2", "1"])
    let sheet = try await app.send(
      .get, "/v1/customers?sort=-spent&limit=1", headers: [("Accept", "text/csv")])
    #expect(sheet.text.hasPrefix("id,name,") && sheet.text.contains(",revision,figure\n"))
  }

  @Test func `sealed fields are found too`() async throws {
    let app = try await shop()
    #expect(try await find(app, "filter=\(escaped("note ~ \"embalagem\""))") == ["Caio"])
    #expect(
      try await find(app, "filter=\(escaped("tag:#2 and not note ~ \"embalagem\""))") == ["Bia"])
    let report: FilterReport = try await app.ask(
      .get, "/v1/filters?parts=1&filter=\(escaped("tag:#2 and name ~ \"caio\""))")
    #expect(report.count == 1 && report.parts?.map(\.count) == [nil, 2, nil])
    #expect(report.parts?.map(\.left) == [nil, 2, nil])
    let either: FilterReport = try await app.ask(
      .get, "/v1/filters?parts=1&filter=\(escaped("tag:#2 or orders > 0"))")
    #expect(either.parts?.map(\.left) == [nil, nil, nil])
  }

  @Test func `a filter is answered as of a moment`() async throws {
    let app = try await shop()
    let before = app.ledger.state.position
    _ = try await app.send(.post, "/v1/tags/1/remove", #"{"customers":[1]}"#)
    #expect(try await find(app, "filter=\(escaped("tag:VIP"))") == ["Bia"])
    #expect(try await find(app, "filter=\(escaped("tag:VIP"))&as_of=\(before)") == ["Ana", "Bia"])
    let then: FilterReport = try await app.ask(
      .get, "/v1/filters?filter=\(escaped("tag:VIP"))&as_of=\(before)")
    #expect(then.count == 2)
  }

  @Test func `a tag is applied to and taken off all who match, after a preview`() async throws {
    let app = try await shop()
    let preview: MembershipReceipt = try await app.ask(
      .post, "/v1/tags/3/apply", #"{"filter":"orders = 0 or tag:VIP","dry_run":true}"#)
    #expect(
      preview.dryRun && preview.applied == 4 && app.ledger.state.members(of: TagID(3)).isEmpty)
    let receipt: MembershipReceipt = try await app.ask(
      .post, "/v1/tags/3/apply", #"{"filter":"orders = 0 or tag:VIP"}"#)
    #expect(receipt.applied == 4)
    let removed: MembershipReceipt = try await app.ask(
      .post, "/v1/tags/3/remove", #"{"filter":"tag:Novo and orders > 0"}"#)
    #expect(removed.removed == 2)
    #expect(app.ledger.state.members(of: TagID(3)).map(\.rawValue) == [3, 5])
    let both = try await app.send(
      .post, "/v1/tags/3/remove", #"{"filter":"everyone","customers":[1]}"#)
    #expect(both.status == 400)
    #expect(try both.problem.detail == "Give “customers” or “filter”, not both.")
  }

  @Test func `an export has who matches, with the columns that were chosen`() async throws {
    let app = try await shop()
    let columns = escaped("id, name, tags, spent, average_order, days_since_order")
    let reply = try await app.send(
      .get, "/v1/exports/customers?columns=\(columns)&filter=\(escaped("orders >= 1"))",
      headers: [("Accept-Language", "pt")])
    let lines = reply.text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "id;nome;etiqueta;spent;average_order;days_since_order")
    #expect(
      lines.dropFirst() == [
        "1;Ana;VIP;500.00;500.00;0.00", #"2;Bia;"Reclamação; VIP";1500.00;1500.00;0.00"#,
        "4;Dora;;950.00;475.00;0.00",
      ])
    let members = try await app.send(
      .get, "/v1/exports/memberships?filter=\(escaped("tag:VIP and not tag:#2"))")
    #expect(members.text.split(separator: "\n").count == 2)
  }

  @Test func `what is wrong with a filter is told in the reader's language`() async throws {
    let app = try await shop()
    let reply = try await app.send(
      .get, "/v1/filters?filter=\(escaped("orders > muitos"))", headers: [("Accept-Language", "pt")]
    )
    #expect(reply.status == 422)
    let problem = try reply.problem
    #expect(problem.code == "filter.invalid" && problem.extras["position"] == 10)
    #expect(problem.detail?.contains("No caractere 10 está “muitos”") == true)
    let unknown = try await app.send(.get, "/v1/filters?filter=\(escaped("tag:Reclamaçao2"))")
    #expect(try unknown.problem.extras["suggestions"] == .array([.string("Reclamação")]))
    #expect(try await app.send(.get, "/v1/filters").status == 400)
    #expect(try await app.send(.get, "/v1/customers?sort=spend").status == 422)
  }

  /// Waits for what nobody waits for in the daemon.
  private func use(_ app: App, _ tag: Int32, until done: (TagUse) -> Bool) async throws -> TagUse? {
    for _ in 0..<2000 {
      if let use = app.ledger.state.use(of: TagID(tag)), done(use) { return use }
      try await Task.sleep(for: .milliseconds(5))
    }
    return app.ledger.state.use(of: TagID(tag))
  }

  @Test func `the use of a tag is recorded once a day and kind`()
    async throws
  {
    let app = try await shop()
    for _ in 0..<5 { _ = try await find(app, "filter=\(escaped("tag:VIP"))") }
    let first = try await use(app, 1) { $0.filters == 1 }
    #expect(first?.filters == 1 && first?.exports == 0)
    _ = try await app.send(.get, "/v1/exports/customers?filter=\(escaped("tag:VIP"))")
    let second = try await use(app, 1) { $0.exports == 1 }
    #expect(second?.exports == 1 && second?.filters == 5)
    let document: TagDocument = try await app.ask(.get, "/v1/tags/1")
    #expect(document.use?.filters == 5 && document.use?.exports == 1 && document.revision == 1)
    #expect(app.ledger.state.use(of: TagID(2)) == nil)
    let told = try await app.ask(.get, "/v1/changes?type=tag.used", as: Page<Change>.self).items
    #expect(told.last?.sentence == "1 tag was used in filters and exports: VIP.")
    let french = try await app.send(
      .get, "/v1/changes?type=tag.used", headers: [("Accept-Language", "fr")])
    #expect(french.text.contains("des exports : VIP."))
  }
}
