import APITypes
import Domain
import HTTPTypes
import Testing

@testable import API

struct FactRouteTests {
  private func app() async throws -> App {
    let app = try await App()
    try await app.register("Ana")
    return app
  }

  private func send(_ app: App, _ body: String, _ query: String = "") async throws -> FactsReceipt {
    try await app.ask(.post, "/v1/facts\(query)", body)
  }

  @Test func `an import refuses options that only another kind of file has`() async throws {
    let app = try await app()
    for (kind, options) in [
      ("customers", ["dates=dmy", "currency=BRL", "rate=1", "returns=C"]),
      ("memberships", ["dates=dmy", "returns=C"]), ("history", ["currency=BRL", "returns=C"]),
    ] {
      for option in options {
        let reply = try await app.send(.post, "/v1/imports/\(kind)?\(option)", "")
        #expect(reply.status == 400)
        #expect(try reply.problem.code == "request.parameter_unknown", "\(kind) \(option)")
      }
    }
    let rows = "ref,tag,time,action\n7,VIP,05/02/2026 11:30,+\n"
    let history = "/v1/imports/history?create_tags=true&create_customers=true&dates="
    #expect(try await app.send(.post, history + "ymd", rows).status == 400)
    let job = try await app.finish(app.ask(.post, history + "dmy", rows))
    #expect(job.result["applied"]?.int == 1)
  }

  @Test func `a fact is recorded once, however often it is sent`() async throws {
    let app = try await app()
    let body = #"{"type":"order.placed","customer":1,"order":"P-1","amount":"12.90"}"#
    let first = try await send(app, body)
    #expect(first.recorded == 1 && first.seq != nil)
    let again = try await send(app, body)
    #expect(again.recorded == 0 && again.unchanged == 1 && again.seq == nil)
  }

  @Test func `an order whose lines come to more than 64 bits hold is refused`() async throws {
    let app = try await app()
    let line = #"{"amount":9007199254740991}"#
    let lines = Array(repeating: line, count: 1100).joined(separator: ",")
    let reply = try await app.send(
      .post, "/v1/facts",
      #"{"type":"order.placed","customer":1,"order":"P-1","lines":[\#(lines)]}"#)
    #expect(reply.status == 422)
    #expect(try reply.problem.code == "amount.out_of_range")
  }

  @Test func `an array tells by its places what was refused, and the rest goes in`() async throws {
    let app = try await app()
    let receipt = try await send(
      app,
      """
      [{"type":"message.sent","customer":1,"id":"a"},
       {"type":"message.sent","customer":9,"id":"b"},
       {"type":"message.sent","customer":1},
       {"type":"order.placed","customer":1,"order":"1","amount":5,"currency":"USD"},
       {"type":"message.received","customer":1,"id":"c","occurred":"2999-01-01"}]
      """)
    #expect(receipt.recorded == 1 && receipt.refused == 4)
    #expect(
      receipt.refusals.map { "\($0.line) \($0.code)" } == [
        "2 customer.not_found", "3 request.malformed", "4 currency.foreign", "5 fact.ahead",
      ])
  }

  @Test func `who is named twice has to be one and the same`() async throws {
    let app = try await App()
    for phone in ["+5541988887777", "+5541988880000"] {
      _ = try await app.send(.post, "/v1/customers", #"{"name":"X","phone":"\#(phone)"}"#)
    }
    func tell(_ customer: Int) async throws -> Reply {
      try await app.send(
        .post, "/v1/facts",
        """
        {"type":"order.placed","customer":\(customer),"phone":"+5541988887777","order":"1","amount":1}
        """)
    }
    let reply = try await tell(2)
    #expect(reply.status == 409)
    #expect(try reply.problem.code == "phone.taken")
    #expect(try await tell(1).status == 200)
  }

  @Test func `one fact that is refused is answered as any refused request`() async throws {
    let app = try await app()
    let reply = try await app.send(
      .post, "/v1/facts", #"{"type":"order.paid","customer":9,"order":"1"}"#)
    #expect(reply.status == 404)
    #expect(try reply.problem.code == "customer.not_found")
  }

  @Test func `facts come as a stream of lines, and tell who is new`() async throws {
    let app = try await App()
    let lines = (1...9).map {
      #"{"type":"message.received","ref":"r\#($0 % 3)","name":"N","id":"\#($0)"}"#
    }
    let body = lines.joined(separator: "\n") + "\n\nno json\n"
    let reply = try await app.send(
      .post, "/v1/facts?create_customers=true", body,
      headers: [("Content-Type", "application/x-ndjson")])
    #expect(reply.status == 200)
    let receipt = try reply.decoded(FactsReceipt.self)
    #expect(receipt.recorded == 9 && receipt.customersRegistered == 3)
    #expect(receipt.refusals.map(\.line) == [11])
  }

  @Test func `a fact about an order that nobody knows is kept, with a warning`() async throws {
    let app = try await app()
    let paid = #"{"type":"order.paid","customer":1,"order":"P-99","occurred":"2026-01-03"}"#
    let early: FactsReceipt = try await app.ask(
      .post, "/v1/facts", paid, headers: [("Accept-Language", "pt")])
    #expect(early.recorded == 1 && early.warnings?.map(\.code) == ["order.unknown"])
    #expect(early.warnings?[0].detail.contains("Nenhum pedido “P-99”") == true)
    _ = try await app.send(
      .post, "/v1/facts",
      #"{"type":"order.placed","customer":1,"order":"P-99","amount":9,"occurred":"2026-01-02"}"#)
    let shipped: FactsReceipt = try await app.ask(
      .post, "/v1/facts", paid.replacing("paid", with: "shipped"))
    #expect(shipped.recorded == 1 && shipped.warnings == nil)
    let preview: FactsReceipt = try await app.ask(
      .post, "/v1/facts?dry_run=true",
      #"{"type":"order.returned","customer":1,"order":"x","id":"d","amount":5}"#)
    #expect(preview.warnings?.count == 1)
  }

  @Test func `a customer is shown with what follows from the facts`() async throws {
    let app = try await app()
    _ = try await send(
      app,
      """
      [{"type":"order.placed","customer":1,"order":"1","occurred":"2026-01-01","lines":[
         {"category":"Sofás","product":"Oslo","quantity":2,"amount":"100.00"}]},
       {"type":"order.placed","customer":1,"order":"2","occurred":"2026-02-01","amount":5000},
       {"type":"order.returned","customer":1,"order":"1","id":"d","amount":1000,
        "occurred":"2026-02-02"},
       {"type":"order.returned","customer":1,"id":"d2","amount":2000,"occurred":"2026-02-03"},
       {"type":"order.placed","customer":1,"order":"3","occurred":"2026-03-01","amount":7000},
       {"type":"order.cancelled","customer":1,"order":"3","occurred":"2026-03-02"},
       {"type":"message.sent","customer":1,"id":"1","occurred":"2026-03-03T10:00:00Z"},
       {"type":"message.received","customer":1,"id":"2","occurred":"2026-03-03T11:00:00Z"},
       {"type":"message.sent","customer":1,"id":"3","occurred":"2026-03-03T12:00:00Z"}]
      """)
    let figures = try #require(
      try await app.ask(.get, "/v1/customers/1", as: CustomerDocument.self).figures)
    #expect(figures.orders == 2 && figures.spent == 12_000 && figures.averageOrder == 6000)
    #expect(figures.firstOrder == "2026-01-01T00:00:00.000000Z")
    #expect(figures.lastOrder == "2026-02-01T00:00:00.000000Z")
    #expect(figures.messagesSent == 2 && figures.messagesAnswered == 1 && figures.replyRate == 50)
    #expect(figures.replySeconds == 3600)
    #expect(figures.categories == [CategoryShare(name: "Sofás", orders: 1, share: 50)])
    #expect(figures.currency == "BRL")
  }

  @Test func `what was recorded of a customer is listed page by page, the newest first`()
    async throws
  {
    let app = try await app()
    for id in 1...5 {
      _ = try await send(app, #"{"type":"message.sent","customer":1,"id":"\#(id)"}"#)
    }
    let first = try await app.ask(
      .get, "/v1/customers/1/facts?limit=3", as: Page<FactDocument>.self)
    #expect(first.items.map { $0.data["id"] } == ["5", "4", "3"].map { .string($0) })
    let cursor = try #require(first.next)
    let rest = try await app.ask(
      .get, "/v1/customers/1/facts?limit=3&cursor=\(cursor)", as: Page<FactDocument>.self)
    #expect(rest.items.map { $0.data["id"] } == ["2", "1"].map { .string($0) })
    #expect(rest.next == nil)
  }

  @Test func `the currency can be set until there is an amount`() async throws {
    let app = try await app()
    let set: AccountReceipt = try await app.ask(.patch, "/v1/account", #"{"currency":"eur"}"#)
    #expect(set.account.currency == "EUR" && !set.account.fixed)
    _ = try await send(app, #"{"type":"order.placed","customer":1,"order":"1","amount":1}"#)
    let reply = try await app.send(.patch, "/v1/account", #"{"currency":"BRL"}"#)
    #expect(try reply.problem.code == "currency.fixed")
    let account = try await app.ask(.get, "/v1/account", as: AccountDocument.self)
    #expect(account == AccountDocument(currency: "EUR", decimals: 2, fixed: true))
  }

  @Test func `a column mapping is saved, listed and removed`() async throws {
    let app = try await app()
    let body = #"{"name":"Loja","columns":{"order":"Nº"},"options":{"currency":"GBP"}}"#
    let saved: MappingReceipt = try await app.ask(.post, "/v1/mappings", body)
    #expect(saved.mapping.kind == "orders" && saved.mapping.headings == ["order": "Nº"])
    let list = try await app.ask(.get, "/v1/mappings", as: Page<MappingDocument>.self)
    #expect(list.items.map(\.name) == ["Loja"])
    #expect(try await app.send(.delete, "/v1/mappings/loja").status == 200)
    #expect(try await app.send(.delete, "/v1/mappings/loja").status == 404)
  }

  @Test func `sources are compared by what their customers bought, and what they cost`()
    async throws
  {
    let app = try await App()
    for (name, channel) in [("Ana", "Instagram"), ("Rui", "instagram"), ("Eva", "Loja")] {
      _ = try await app.send(
        .post, "/v1/customers", #"{"name":"\#(name)","channel":"\#(channel)"}"#)
    }
    func order(_ customer: Int, _ id: String, _ day: String, _ amount: Int) -> String {
      #"{"type":"order.placed","customer":\#(customer),"order":"\#(id)","#
        + #""occurred":"\#(day)","amount":\#(amount)}"#
    }
    let facts = [
      order(1, "1", "2026-01-10", 1000), order(1, "2", "2026-02-10", 3000),
      order(2, "3", "2026-01-20", 2000), order(3, "4", "2025-12-01", 500),
      order(3, "5", "2026-01-05", 700),
      #"{"type":"spend.recorded","channel":"Instagram","id":"jan","amount":600,"#
        + #""occurred":"2026-01-01"}"#,
      #"{"type":"order.returned","customer":2,"id":"d","amount":600,"occurred":"2026-01-25"}"#,
    ]
    #expect(try await send(app, "[\(facts.joined(separator: ","))]").recorded == 7)
    let sources = try await app.ask(
      .get, "/v1/sources?since=2026-01-01&until=2026-03-01", as: Page<SourceDocument>.self
    ).items
    let instagram = try #require(sources.first)
    #expect(instagram.channel == "Instagram" && instagram.customers == 2)
    #expect(instagram.buyers == 2 && instagram.repeated == 1 && instagram.repeatRate == 50)
    #expect(instagram.orders == 3 && instagram.revenue == 5400 && instagram.averageOrder == 1800)
    #expect(instagram.firstOrder == 1500)
    #expect(instagram.spend == 600 && instagram.acquisitionCost == 300)
    let shop = try #require(sources.last)
    #expect(shop.channel == "Loja" && shop.buyers == 0 && shop.orders == 1)
    #expect(shop.acquisitionCost == nil && shop.firstOrder == nil)
  }
}
