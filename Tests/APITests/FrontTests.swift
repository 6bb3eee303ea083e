import APITypes
import CoreMetrics
import Domain
import HTTPTypes
import Ledger
import Testing

@testable import API

/// What every request meets before its route.
struct FrontTests {
  @Test func `what can be changed and not cleared is refused where it is null`() async throws {
    let app = try await App()
    try await app.createTag("A-B")
    let _: SegmentReceipt = try await app.ask(
      .post, "/v1/segments", #"{"name":"Manhã","filter":"orders > 1"}"#)
    let position = app.ledger.state.position
    for (path, field) in [
      ("segments/1", "filter"), ("tags/1", "color"), ("roles/2", "name"), ("operators/1", "name"),
      ("operators/1", "language"),
    ] {
      let reply = try await app.send(.patch, "/v1/\(path)", "{\"\(field)\":null}")
      #expect(reply.status == 400, "\(path) \(field)")
      #expect(try reply.problem.code == "request.malformed", "\(path) \(field)")
    }
    #expect(app.ledger.state.position == position)
  }

  @Test func `who is not in the team gets nothing, and is told whom to ask`() async throws {
    let app = try await App()
    for uid: UInt32 in [7, Caller.nobodyUID, UInt32.max] {
      let reply = try await app.send(.get, "/v1/status", uid: uid)
      #expect(reply.status == 403)
      let problem = try reply.problem
      #expect(problem.code == "caller.unknown")
      let owner = app.ledger.state.team.operators[0].name
      #expect(problem.extras["ask"] == .array([.string(owner)]))
      #expect(problem.detail?.contains(owner) == true)
      #expect(try await app.send(.post, "/v1/tags", #"{"name":"x"}"#, uid: uid).status == 403)
    }
    #expect(try await app.send(.get, "/v1/status", uid: 0).status == 200)
    #expect(try await app.send(.get, "/v1/status").status == 200)
    #expect(app.ledger.state.position == 1)
    for open in ["/healthz", "/readyz", "/metrics"] {
      #expect(try await app.send(.get, open, uid: 7).status == 200)
    }
  }

  @Test func `every route of the API asks who is calling`() async throws {
    let app = try await App()
    for route in API.routes where route.path.hasPrefix("/v1/") {
      let path = route.path.replacing(/\{[a-z]+\}/, with: "1")
      #expect(try await app.send(route.method, path, uid: 7).status == 403, "\(path)")
    }
  }

  @Test func `another site's page, or another name, is turned away`() async throws {
    let app = try await App()
    for headers in [
      [("Origin", "https://evil.example")], [("Origin", "null")],
      [("Referer", "https://evil.example/localhost")], [("Referer", "localhost")],
    ] {
      let reply = try await app.send(.get, "/v1/status", headers: headers)
      #expect(reply.status == 403)
      #expect(try reply.problem.code == "request.origin_foreign")
    }
    for headers in [
      [("Origin", "http://localhost")], [("Referer", "http://LOCALHOST:8080/x?y")],
    ] {
      #expect(try await app.send(.get, "/v1/status", headers: headers).status == 200)
    }
  }

  @Test func `unknown paths are 404, other methods 405 with what is allowed`() async throws {
    let app = try await App()
    for path in [
      "/", "/v1", "/v2/status", "/v1/status/", "//v1/status", "/v1//status", "/v1/tags/1/x",
      "/v1/tags/1/merge/2", "x", "",
    ] {
      let reply = try await app.send(.get, path)
      #expect(reply.status == 404, "\(path)")
      #expect(try reply.problem.code == "route.not_found")
    }
    let reply = try await app.send(.put, "/v1/tags/1")
    #expect(reply.status == 405)
    #expect(reply.header("Allow") == "DELETE, GET, HEAD, PATCH")
    let head = try await app.send(.head, "/v1/tags")
    #expect(head.status == 200 && head.bytes.isEmpty)
    #expect(head.header("Content-Length") != "0")
  }

  @Test func `broken escapes, long addresses and other content types are refused`() async throws {
    let app = try await App()
    #expect(try await app.send(.post, "/v1/categories/%zz/recolor", "{}").status == 400)
    #expect(try await app.send(.get, "/v1/tags?q=%").status == 400)
    let long = String(repeating: "a", count: HeadSize.address)
    #expect(try await app.send(.get, "/v1/tags?q=" + long).status == 414)
    let form = try await app.send(
      .post, "/v1/tags", "name=x", headers: [("Content-Type", "application/x-www-form-urlencoded")])
    #expect(form.status == 415)
    let typed = try await app.send(
      .post, "/v1/tags", #"{"name":"A-B"}"#,
      headers: [("Content-Type", "application/json; charset=utf-8")])
    #expect(typed.status == 201)
    let large = try await app.send(
      .post, "/v1/tags", #"{"name":""# + String(repeating: "a", count: 1 << 20) + #""}"#)
    #expect(large.status == 413)
  }

  @Test func `metrics are counted by route, and name nobody`() async throws {
    let app = try await App()
    try await app.createTag("A-1")
    try await app.register("Ana")
    _ = try await app.send(.get, "/v1/tags/1")
    _ = try await app.send(.get, "/v1/tags/9")
    let counter = app.api.registry.makeCounter(
      label: "ledger.commands", dimensions: [("kind", "a\"b")])
    counter.increment(by: 3)
    let text = try await app.send(.get, "/metrics").text
    for line in [
      #"tagledger_http_requests_total{method="GET",route="/v1/tags/{id}",status="200"} 1"#,
      #"tagledger_http_requests_total{method="GET",route="/v1/tags/{id}",status="404"} 1"#,
      #"tagledger_http_request_duration_seconds_count{method="POST",route="/v1/tags"} 1"#,
      "tagledger_customers 1", "tagledger_log_events 3",
      #"tagledger_ledger_commands_total{kind="a\"b"} 3"#,
    ] {
      #expect(text.contains(line + "\n"), "\(line)")
    }
    #expect(!text.contains("uid") && !text.contains("Ana"))
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      #expect(
        line.wholeMatch(of: /[a-z_]+(\{([a-z]+="([^"\\]|\\.)*",?)*\})? [0-9.e+-]+/) != nil,
        "\(line)")
    }
  }
}
