import APITypes
import Domain
import Foundation
import HTTPTypes
import Ledger
import Testing

@testable import API

struct CustomerRouteTests {
  @Test
  func `a customer is found by number, phone in any spelling, reference and part of the name`()
    async throws
  {
    let app = try await App()
    let reply = try await app.send(
      .post, "/v1/customers",
      #"{"name":"João Sá","phone":"(41) 8888-7777","ref":"C-9","channel":"IG","needs":["fatura","sábado"]}"#
    )
    #expect(reply.status == 201)
    #expect(reply.header("Location") == "/v1/customers/1")
    let receipt: CustomerReceipt = try reply.decoded()
    #expect(receipt.customer.phone == "+5541988887777")
    #expect(receipt.customer.needs == ["fatura", "sábado"])
    let shown: CustomerDocument = try await app.ask(.get, "/v1/customers/1")
    #expect(shown.registered != nil && shown.channel == "IG")
    var known = shown
    known.registered = nil
    #expect(known == receipt.customer)
    try await app.register("Ana")
    for query in ["q=joao", "phone=%2B5541988887777", "phone=41+98888-7777", "ref=C-9"] {
      let page: Page<CustomerDocument> = try await app.ask(.get, "/v1/customers?\(query)")
      #expect(page.items.map(\.id) == [1], "\(query)")
    }
    let none: Page<CustomerDocument> = try await app.ask(.get, "/v1/customers?phone=41+98888-7770")
    #expect(none.items.isEmpty)
    #expect(try await app.send(.get, "/v1/customers?phone=x").status == 422)
  }

  @Test func `whoever was merged into another is found by the name that they had`() async throws {
    let app = try await App()
    for name in ["Ana Souza", "A. Lima", "Ana Lima", "Rui"] { try await app.register(name) }
    _ = try await app.send(.post, "/v1/customers/1/merge", #"{"into":2}"#)
    func found(_ words: String) async throws -> [Int32] {
      let page: Page<CustomerDocument> = try await app.ask(.get, "/v1/customers?q=\(words)")
      return page.items.map(\.id)
    }
    #expect(try await found("souza") == [2])
    #expect(try await found("ana") == [2, 3])
    #expect(try await found("souza+lima") == [])
    let between = app.ledger.state.position
    _ = try await app.send(.post, "/v1/customers/2/merge", #"{"into":4}"#)
    #expect(try await found("souza") == [4])
    #expect(try await found("lima") == [3, 4])
    #expect(try await found("souza&as_of=\(between)") == [2])
    #expect(try await found("souza&as_of=\(between - 1)") == [1])
  }

  @Test func `who has a phone already is named`() async throws {
    let app = try await App()
    try await app.register("Ana", #","phone":"+33612345678""#)
    let reply = try await app.send(.post, "/v1/customers", #"{"name":"B","phone":"+33612345678"}"#)
    #expect(reply.status == 409)
    #expect(try reply.problem.extras["customer"] == 1)
  }

  @Test func `revising changes what is given, clears what is empty, and leaves the rest`()
    async throws
  {
    let app = try await App()
    try await app.register("Ana", #","phone":"+33612345678","notes":"x","attributes":["a","b"]"#)
    let preview: CustomerReceipt = try await app.ask(
      .patch, "/v1/customers/1", #"{"notes":"","name":"Ana B","dry_run":true}"#)
    #expect(preview.customer.notes == nil && preview.customer.name == "Ana B")
    let unchanged: CustomerDocument = try await app.ask(.get, "/v1/customers/1")
    #expect(unchanged.name == "Ana" && unchanged.revision == 1)
    let receipt: CustomerReceipt = try await app.ask(
      .patch, "/v1/customers/1", #"{"notes":null,"name":"Ana B","attributes":[]}"#,
      headers: [("If-Match", "\"1\"")])
    #expect(receipt.customer.name == "Ana B" && receipt.customer.notes == nil)
    #expect(receipt.customer.attributes.isEmpty && receipt.customer.phone == "+33612345678")
    let same: CustomerReceipt = try await app.ask(.patch, "/v1/customers/1", #"{"name":"Ana B"}"#)
    #expect(same.seq == nil)
    let stale = try await app.send(
      .patch, "/v1/customers/1", #"{"name":"C"}"#, headers: [("If-Match", "\"1\"")])
    #expect(stale.status == 412)
  }

  @Test func `applying twice changes once, and a tag of a set displaces the other`() async throws {
    let app = try await App()
    try await app.createTag("Caso-Aberto", #","set":"Caso""#)
    try await app.createTag("Caso-Resolvido", #","set":"Caso""#)
    for name in ["Ana", "Rui"] { try await app.register(name) }
    let first: MembershipReceipt = try await app.ask(
      .post, "/v1/tags/1/apply", #"{"customers":[1,2],"details":{"rastreio":"BR1"}}"#)
    #expect(first.applied == 2 && first.seq?.count == 2)
    let again: MembershipReceipt = try await app.ask(
      .post, "/v1/tags/1/apply", #"{"customers":[1]}"#)
    #expect(again.applied == 0 && again.unchanged == 1 && again.seq == nil)
    let other: MembershipReceipt = try await app.ask(
      .post, "/v1/tags/2/apply", #"{"customers":[1],"reason":"resolvido"}"#)
    #expect(other.applied == 1 && other.displaced == 1)
    let removed: MembershipReceipt = try await app.ask(
      .post, "/v1/tags/1/remove", #"{"customers":[1,2]}"#)
    #expect(removed.removed == 1 && removed.unchanged == 1)
    let members: Page<APITypes.Tenure> = try await app.ask(.get, "/v1/tags/2/customers")
    #expect(members.items.map(\.customer.name) == ["Ana"])
    #expect(members.items[0].why == Why(kind: .hand, reason: "resolvido"))
    #expect(members.items[0].by == "operator:1")
    let now: Page<APITypes.Tenure> = try await app.ask(.get, "/v1/customers/1/tags")
    #expect(now.items.map(\.tag.id) == [2])
    let all: Page<APITypes.Tenure> = try await app.ask(.get, "/v1/customers/1/tags?ended=true")
    #expect(all.items.map(\.tag.id) == [1, 2])
    #expect(all.items[0].details == ["rastreio": "BR1"] && all.items[0].until != nil)
  }

  @Test func `an unknown customer in a bulk refuses the whole of it`() async throws {
    let app = try await App()
    try await app.createTag("A-1")
    try await app.register("Ana")
    let reply = try await app.send(.post, "/v1/tags/1/apply", #"{"customers":[1,7]}"#)
    #expect(reply.status == 404)
    #expect(try reply.problem.code == "customer.not_found")
    #expect(app.ledger.state.membershipCount == 0)
    #expect(try await app.send(.post, "/v1/tags/9/apply", #"{"customers":[1]}"#).status == 404)
    #expect(try await app.send(.post, "/v1/tags/x/apply", #"{"customers":[1]}"#).status == 404)
  }

  @Test func `more customers than one command takes become a job`() async throws {
    var limits = Limits()
    limits.bulk = 3
    let app = try await App(limits: limits)
    try await app.createTag("A-1")
    for number in 1...5 { try await app.register("N\(number)") }
    let reply = try await app.send(.post, "/v1/tags/1/apply", #"{"customers":[1,2,3,4,5]}"#)
    #expect(reply.status == 202)
    let started: APITypes.Job = try reply.decoded()
    #expect(reply.header("Location") == Paths.job(started.id))
    let job = try await app.finish(started)
    #expect(job.state == .done && job.done == 5 && job.result["applied"] == 5)
    #expect(app.ledger.state.membershipCount == 5)
  }

  @Test func `merging customers unites their tags`() async throws {
    let app = try await App()
    for name in ["A-1", "A-2"] { try await app.createTag(name) }
    for name in ["Ana", "Ana B"] { try await app.register(name) }
    let _: MembershipReceipt = try await app.ask(.post, "/v1/tags/1/apply", #"{"customers":[1,2]}"#)
    let _: MembershipReceipt = try await app.ask(.post, "/v1/tags/2/apply", #"{"customers":[2]}"#)
    let receipt: MergeReceipt = try await app.ask(
      .post, "/v1/customers/2/merge", #"{"into":1}"#)
    #expect(receipt.moved == 1 && receipt.collapsed == 1)
    let merged: CustomerDocument = try await app.ask(.get, "/v1/customers/2")
    #expect(merged.mergedInto == 1)
    let page: Page<CustomerDocument> = try await app.ask(.get, "/v1/customers")
    #expect(page.items.map(\.id) == [1])
    #expect(page.items[0].tags?.map(\.id) == [1, 2])
  }
}
