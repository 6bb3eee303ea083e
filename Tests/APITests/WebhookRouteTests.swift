import APITypes
import Domain
import HTTPTypes
import Ledger
import Testing
import Webhooks

@testable import API

struct WebhookRouteTests {
  private let body = #"{"url":"http://127.0.0.1:9/x","types":["tag"],"reason":"shop"}"#

  @Test func `a webhook is made with a secret that is shown once`() async throws {
    let app = try await App()
    let key = [("Idempotency-Key", "k")]
    let made = try await app.send(.post, "/v1/webhooks", body, headers: key)
    #expect(made.status == 201 && made.header("Location") == "/v1/webhooks/1")
    let receipt = try made.decoded(WebhookReceipt.self)
    #expect(receipt.secret?.hasPrefix("whsec_") == true)
    #expect(receipt.webhook.state == .active && receipt.webhook.types == ["tag"])
    let again = try await app.send(.post, "/v1/webhooks", body, headers: key)
    #expect(again.header("Idempotent-Replayed") == "true")
    let repeated = try again.decoded(WebhookReceipt.self)
    #expect(repeated.secret == nil && repeated.command == receipt.command)
    #expect(app.ledger.state.webhooks.count == 1)
    #expect(app.api.courier.files.secret(of: WebhookID(1))?.text == receipt.secret)

    let renewed: WebhookSecretDocument = try await app.ask(.post, "/v1/webhooks/1/secret")
    #expect(renewed.secret != receipt.secret)
    #expect(app.api.courier.files.secret(of: WebhookID(1))?.text == renewed.secret)
    for path in ["/v1/webhooks", "/v1/webhooks/1", "/v1/events", "/v1/changes"] {
      #expect(!(try await app.send(.get, path).text.contains("whsec_")), "\(path)")
    }
  }

  @Test func `it is changed under its revision, paused and removed`() async throws {
    let app = try await App()
    _ = try await app.send(.post, "/v1/webhooks", body)
    let shown = try await app.send(.get, "/v1/webhooks/1")
    #expect(shown.header("ETag") == "\"1\"")
    let paused = try await app.send(
      .patch, "/v1/webhooks/1", #"{"paused":true}"#, headers: [("If-Match", "\"1\"")])
    #expect(try paused.decoded(WebhookReceipt.self).webhook.state == .paused)
    let late = try await app.send(
      .patch, "/v1/webhooks/1", #"{"paused":false}"#, headers: [("If-Match", "\"1\"")])
    #expect(late.status == 412 && late.header("ETag") == "\"2\"")
    let page: Page<WebhookDocument> = try await app.ask(.get, "/v1/webhooks")
    #expect(page.items.map(\.state) == [.paused])
    #expect(
      try await app.send(.get, "/v1/webhooks", headers: [("Accept", "text/csv")]).text
        .contains("1,http://127.0.0.1:9/x,tag,"))
    #expect(
      try await app.send(.delete, "/v1/webhooks/1", headers: [("If-Match", "\"1\"")]).status == 412)
    #expect(try await app.send(.delete, "/v1/webhooks/1?reason=x").status == 200)
    #expect(try await app.send(.get, "/v1/webhooks/1").status == 404)
    #expect(try await app.send(.delete, "/v1/webhooks/1").status == 404)
    let types = try await app.ask(.get, "/v1/changes", as: Page<Change>.self).items.map(\.type)
    #expect(types == ["webhook.removed", "webhook.revised", "webhook.created", "team.founded"])
  }

  @Test func `what leads elsewhere or means nothing is refused`() async throws {
    let app = try await App()
    for (body, status) in [
      (#"{"url":"http://example.org/"}"#, 422), (#"{}"#, 400), (#"{"url":1}"#, 400),
      (#"{"url":"http://localhost:1","types":["nothing"]}"#, 400),
      (#"{"url":"http://localhost:1","tags":[7]}"#, 404),
      (#"{"url":"http://localhost:1","x":1}"#, 400),
    ] {
      #expect(try await app.send(.post, "/v1/webhooks", body).status == status, "\(body)")
    }
    for path in ["/v1/webhooks/7", "/v1/webhooks/x", "/v1/webhooks/7/dead"] {
      #expect(try await app.send(.get, path).status == 404)
    }
    for path in ["redeliver", "test", "secret"] {
      #expect(try await app.send(.post, "/v1/webhooks/7/\(path)", "{}").status == 404)
    }
    #expect(app.ledger.state.webhooks.isEmpty)
  }

  @Test func `a test message tells what came of it`() async throws {
    let app = try await App()
    _ = try await app.send(
      .post, "/v1/webhooks", #"{"url":"http+unix:///nowhere/s.sock"}"#)
    let test: WebhookTest = try await app.ask(.post, "/v1/webhooks/1/test")
    #expect(!test.delivered && test.status == nil && test.failure == "no such socket")
    let none: RedeliverReceipt = try await app.ask(.post, "/v1/webhooks/1/redeliver")
    #expect(none.letters == 0)
    let page: Page<DeadLetterDocument> = try await app.ask(.get, "/v1/webhooks/1/dead")
    #expect(page.items.isEmpty)
    #expect(
      try await app.send(.post, "/v1/webhooks/1/redeliver", #"{"seq":1}"#).status == 404)
  }

  @Test func `events are filtered by type, tag, customer and actor, page by page`() async throws {
    let app = try await App()
    for name in ["A-1", "A-2"] { try await app.createTag(name) }
    for name in ["Ana", "Rui"] { try await app.register(name) }
    for (tag, customer) in [(1, 1), (2, 1), (1, 2)] {
      _ = try await app.send(.post, "/v1/tags/\(tag)/apply", #"{"customers":[\#(customer)]}"#)
    }
    func seqs(_ query: String) async throws -> [String] {
      let text = try await app.send(
        .get, "/v1/events?\(query)", headers: [("Accept", "application/x-ndjson")]
      ).text
      return text.matches(of: /"id":"([0-9]+)"/).map { String($0.output.1) }
    }
    #expect(try await seqs("type=tag.applied&tag=1") == ["6", "8"])
    #expect(try await seqs("type=customer,tag.created") == ["2", "3", "4", "5"])
    #expect(try await seqs("customer=1") == ["4", "6", "7"])
    #expect(try await seqs("actor=uid:7") == [])
    #expect(try await seqs("actor=1000&after=5&limit=2") == ["6", "7"])
    let page = try await app.send(.get, "/v1/events?type=tag&limit=2&tag=1")
    let link = try #require(page.header("Link"))
    #expect(link == "</v1/events?after=6&limit=2&tag=1&type=tag>; rel=\"next\"")
    #expect(
      try await app.send(.get, "/v1/events?type=tag&tag=1&after=6&limit=2").header("Link") == nil)
    #expect(try await app.send(.get, "/v1/events?type=x").status == 400)
    #expect(try await app.send(.get, "/v1/events?words=x").status == 400)
    // No number is too great to be asked for, with a filter or without.
    for after in ["9223372036854775807", "9223372036854775806", "4611686018427387904"] {
      #expect(try await seqs("after=\(after)") == [])
      #expect(try await seqs("type=tag&after=\(after)") == [])
    }
    // The sequence of a CloudEvent sorts as text.
    #expect(page.text.contains("\"sequence\":\"00000000000000000002\""))
  }
}
