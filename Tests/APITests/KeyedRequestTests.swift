import APITypes
import Domain
import HTTPTypes
import Ledger
import Testing

@testable import API

/// `Idempotency-Key`: the same request again gets the same answer again.
struct KeyedRequestTests {
  private func key(_ text: String) -> [(String, String)] {
    [("Idempotency-Key", text)]
  }

  @Test func `the first answer comes again, byte for byte, whatever has happened since`()
    async throws
  {
    let app = try await App()
    let body = #"{"name":"A-1","color":"3"}"#
    let first = try await app.send(.post, "/v1/tags", body, headers: key("k1"))
    #expect(first.status == 201 && first.header("Idempotent-Replayed") == nil)
    _ = try await app.send(.patch, "/v1/tags/1", #"{"name":"A-2"}"#)
    let again = try await app.send(.post, "/v1/tags", body, headers: key("k1"))
    #expect(again.status == 201 && again.header("Idempotent-Replayed") == "true")
    #expect(again.bytes == first.bytes)
    for name in ["ETag", "Location", "Content-Type", "Cache-Control"] {
      #expect(again.header(name) == first.header(name) && again.header(name) != nil)
    }
    #expect(app.ledger.state.position == 3)
  }

  @Test func `whose answer is gone is told from the events what became of the request`()
    async throws
  {
    let app = try await App()
    let body = #"{"name":"A-1","color":"3","reason":"x"}"#
    let first: TagReceipt = try await app.ask(.post, "/v1/tags", body, headers: key("k1"))
    try app.ledger.forgetAnswers(of: CustomerID(1))
    let again = try await app.send(.post, "/v1/tags", body, headers: key("k1"))
    #expect(again.header("Idempotent-Replayed") == "true")
    #expect(try again.decoded(TagReceipt.self) == first)

    // Even when what it was about cannot be shown any more.
    _ = try await app.send(.patch, "/v1/tags/1", #"{"criterion":"y"}"#, headers: key("k2"))
    try app.ledger.forgetAnswers(of: CustomerID(1))
    _ = try await app.send(.delete, "/v1/tags/1?customers=0")
    let gone = try await app.send(
      .patch, "/v1/tags/1", #"{"criterion":"y"}"#, headers: key("k2"))
    #expect(gone.status == 410)
    #expect(try gone.problem.code == "request.answer_gone")
    #expect(gone.text.contains(#""seq":[3,3]"#))
    #expect(app.ledger.state.position == 4)
  }

  @Test func `a key belongs to one request of one caller`() async throws {
    let app = try await App()
    let body = #"{"name":"A-1"}"#
    #expect(try await app.send(.post, "/v1/tags", body, headers: key("k")).status == 201)
    for (method, path, other) in [
      (HTTPRequest.Method.post, "/v1/tags", #"{"name":"A-2"}"#), (.post, "/v1/customers", body),
      (.patch, "/v1/tags/1", body), (.delete, "/v1/tags/1?customers=0", ""),
    ] {
      let reply = try await app.send(method, path, other, headers: key("k"))
      #expect(reply.status == 422)
      #expect(try reply.problem.code == "request.key_reused")
    }
    // Somebody else's key of the same spelling is another.
    let root = try await app.send(
      .post, "/v1/tags", #"{"name":"A-9"}"#, headers: key("k"), uid: 0)
    #expect(root.status == 201)
    // Reading needs no key, and does not mind one.
    #expect(try await app.send(.get, "/v1/tags/1", headers: key("k")).status == 200)
    for bad in ["", String(repeating: "x", count: 256), "a b", "é"] {
      let reply = try await app.send(.post, "/v1/tags", body, headers: key(bad))
      #expect(reply.status == 400, "\(bad)")
    }
  }

  @Test func `a request that is being worked at is not begun a second time`() async throws {
    let app = try await App()
    let exchange = try await app.send(.get, "/v1/status")
    #expect(exchange.status == 200)
    var digest = RequestDigest(method: "POST", target: "/v1/tags")
    digest.add(Array(#"{"name":"A-1"}"#.utf8))
    let running = digest.key("k", of: "operator:1")
    try app.api.running.begin(running)
    let busy = try await app.send(.post, "/v1/tags", #"{"name":"A-1"}"#, headers: key("k"))
    #expect(busy.status == 409)
    #expect(try busy.problem.code == "request.key_running")
    app.api.running.end(running)
    #expect(
      try await app.send(.post, "/v1/tags", #"{"name":"A-1"}"#, headers: key("k")).status == 201)
  }

  @Test func `a refusal stays what it was for its key, a dry run is decided anew`() async throws {
    let app = try await App()
    try await app.createTag("A-1")
    let body = #"{"name":"a-1"}"#
    let refused = try await app.send(.post, "/v1/tags", body, headers: key("k"))
    #expect(refused.status == 409 && refused.header("Idempotent-Replayed") == nil)
    _ = try await app.send(.patch, "/v1/tags/1", #"{"name":"B-1"}"#)
    let again = try await app.send(.post, "/v1/tags", body, headers: key("k"))
    #expect(again.status == 409 && again.bytes == refused.bytes)
    #expect(again.header("Idempotent-Replayed") == "true")
    #expect(try await app.send(.post, "/v1/tags", body, headers: key("k2")).status == 201)

    let dry = #"{"name":"C-1","dry_run":true}"#
    #expect(try await app.send(.post, "/v1/tags", dry, headers: key("d")).status == 200)
    try await app.createTag("C-1")
    #expect(try await app.send(.post, "/v1/tags", dry, headers: key("d")).status == 409)

    // Also one that was refused.
    _ = try await app.send(.patch, "/v1/tags/2", #"{"name":"D-1"}"#)
    _ = try await app.send(.patch, "/v1/tags/3", #"{"name":"E-1"}"#)
    #expect(try await app.send(.post, "/v1/tags", dry, headers: key("d")).status == 200)
    let delete = "/v1/tags/4?customers=0&dry_run=true"
    #expect(try await app.send(.delete, delete, headers: key("e")).status == 404)
    try await app.createTag("F-1")
    #expect(try await app.send(.delete, delete, headers: key("e")).status == 200)
  }

  @Test func `a request that a job is in the way of is carried out with its key after the job`()
    async throws
  {
    let app = try await App()
    try await app.register("Ana")
    let rows = (1...5000).map { "C\($0)\n" }.joined()
    let job: APITypes.Job = try await app.ask(.post, "/v1/imports/customers", "ref\n" + rows)
    let (path, body) = ("/v1/customers/1/erase", #"{"reason":"a pedido"}"#)
    let refused = try await app.send(.post, path, body, headers: key("k"))
    #expect(try refused.problem.code == "job.in_the_way")
    #expect(try await app.finish(job).state == .done)
    let again = try await app.send(.post, path, body, headers: key("k"))
    #expect(again.status == 202 && again.header("Idempotent-Replayed") == nil)
  }

  @Test func `what had nothing to change is answered the same as well`() async throws {
    let app = try await App()
    try await app.createTag("A-1")
    try await app.register("Ana")
    let body = #"{"customers":[1]}"#
    let applied = try await app.send(.post, "/v1/tags/1/apply", body)
    #expect(applied.status == 200)
    let idle = try await app.send(.post, "/v1/tags/1/apply", body, headers: key("k"))
    #expect(try idle.decoded(MembershipReceipt.self).unchanged == 1)
    _ = try await app.send(.post, "/v1/tags/1/remove", body)
    let again = try await app.send(.post, "/v1/tags/1/apply", body, headers: key("k"))
    #expect(again.bytes == idle.bytes)
    #expect(app.ledger.state.members(of: TagID(1)).isEmpty)
  }

  @Test func `a job is started once`() async throws {
    var limits = Limits()
    limits.bulk = 2
    let app = try await App(limits: limits)
    try await app.createTag("A-1")
    for name in ["Ana", "Rui", "Eva"] { try await app.register(name) }
    let body = #"{"customers":[1,2,3]}"#
    let first = try await app.send(.post, "/v1/tags/1/apply", body, headers: key("k"))
    #expect(first.status == 202)
    let job = try await app.finish(first.decoded())
    #expect(job.state == .done)
    // Whether its answer is kept or not.
    for _ in 0..<2 {
      let again = try await app.send(.post, "/v1/tags/1/apply", body, headers: key("k"))
      #expect(again.status == 202 && again.header("Idempotent-Replayed") == "true")
      #expect(try again.decoded(APITypes.Job.self).id == job.id)
      try app.ledger.forgetAnswers(of: CustomerID(1))
    }
    let csv = Array("name,phone\nZoe,41 98888-7777\n".utf8)
    let path = "/v1/imports/customers?create_customers=true"
    let imported = try await app.send(.post, path, bytes: csv, headers: key("i"))
    #expect(imported.status == 202)
    let taken = try await app.finish(imported.decoded())
    let again = try await app.send(.post, path, bytes: csv, headers: key("i"))
    #expect(try again.decoded(APITypes.Job.self).id == taken.id)
    let other = try await app.send(.post, path, bytes: csv + csv, headers: key("i"))
    #expect(other.status == 422)
    #expect(app.ledger.state.customerCount == 4)
  }
}
