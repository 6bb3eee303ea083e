import APITypes
import Domain
import Glibc
import HTTPTypes
import Ledger
import NIOCore
import Testing

@testable import API

/// How much of the service one caller may take.
struct LimitTests {
  @Test func `a bucket gives its burst at once, and its rate in the long run`() throws {
    let limiter = RateLimiter<Int>(perSecond: 10, burst: 3)
    let start = ContinuousClock.now
    for _ in 0..<3 { try limiter.admit(1, at: start) }
    #expect(throws: Rejection.limited(.rate(retryAfter: 1))) { try limiter.admit(1, at: start) }
    // Somebody else has a bucket of their own.
    try limiter.admit(2, at: start)
    var admitted = 0
    for step in 1...1000 {
      if (try? limiter.admit(1, at: start + .milliseconds(step * 10))) != nil { admitted += 1 }
    }
    #expect((99...103).contains(admitted))
    let slow = RateLimiter<Int>(perSecond: 1, burst: 1)
    try slow.admit(1, at: start)
    #expect(throws: Rejection.limited(.rate(retryAfter: 1))) {
      try slow.admit(1, at: start + .milliseconds(1))
    }
    let none = RateLimiter<Int>(perSecond: 0, burst: 1)
    for _ in 0..<100 { try none.admit(1, at: start) }
  }

  @Test func `a stranger who asks too often is told when to come again, the founder is not`()
    async throws
  {
    var limits = RequestLimits()
    (limits.perSecond, limits.burst) = (1, 2)
    let app = try await App(requests: limits)
    // On a slow machine a token or two come back while the burst is used up.
    var reply = try await app.send(.get, "/healthz", uid: 7)
    var admitted = 0
    while reply.status == 200, admitted < 1000 {
      admitted += 1
      reply = try await app.send(.get, "/healthz", uid: 7)
    }
    #expect(admitted >= 2)
    #expect(reply.status == 429)
    #expect(reply.header("Retry-After") == "1")
    #expect(try reply.problem.code == "request.rate_exceeded")
    for uid: UInt32 in [0, App.founder] {
      for _ in 0..<20 {
        #expect(try await app.send(.get, "/v1/status", uid: uid).status == 200)
      }
    }
    let text = try await app.send(.get, "/metrics").text
    #expect(text.contains("tagledger_http_limited_total{limit=\"rate\"} 1\n"))
  }

  @Test func `time is kept of heads, bodies and answers, and not of who is quiet`() {
    var limits = RequestLimits()
    (limits.headSeconds, limits.bodySeconds, limits.answerSeconds) = (10, 30, 60)
    func at(_ seconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .seconds(seconds) }

    var pace = Pace(limits)
    #expect(pace.limit(at: at(1000)) == nil)
    pace.bytesCame(5, at: at(1000))
    #expect(pace.limit(at: at(1009)) == nil)
    // More bytes do not win more time.
    pace.bytesCame(5, at: at(1009))
    #expect(pace.limit(at: at(1010)) == .head(seconds: 10))

    pace.headCame(at: at(1010))
    pace.isReading = true
    #expect(pace.limit(at: at(1039)) == nil)
    pace.bytesCame(Pace.leastBytes, at: at(1039))
    pace.isReading = true
    #expect(pace.limit(at: at(1040)) == nil)
    pace.bytesCame(Pace.leastBytes - 1, at: at(1050))
    pace.isReading = true
    #expect(pace.limit(at: at(1069)) == nil)
    #expect(pace.limit(at: at(1070)) == .body(seconds: 30))
    // This side does not read: it is not the caller who is slow.
    pace.bytesCame(1, at: at(1071))
    #expect(pace.limit(at: at(9000)) == nil)

    pace.bodyEnded(at: at(9000))
    #expect(pace.limit(at: at(9059)) == nil)
    #expect(pace.limit(at: at(9060)) == .answer(seconds: 60))
    pace.answerBegan()
    #expect(pace.limit(at: at(90_000)) == nil)

    var patient = Pace(RequestLimits.none)
    patient.bytesCame(1, at: at(0))
    #expect(patient.limit(at: at(99_999)) == nil)
  }

  @Test func `a head or a body that does not come is answered, and the connection closed`()
    async throws
  {
    var limits = RequestLimits()
    (limits.headSeconds, limits.bodySeconds) = (1, 1)
    let app = try await App(requests: limits)
    try await withService(app) { socket in
      let head = "POST /v1/tags HTTP/1.1\r\nHost: localhost\r\nAccept-Language: pt\r\n"
      for (text, title) in [
        ("GET /v1/st", "The request came too slowly"), (head, "The request came too slowly"),
        (head + "Content-Length: 50\r\n\r\n{", "O pedido veio devagar demais"),
      ] {
        let answer = try await exchange(socket, Array(text.utf8), closing: false)
        let reply = String(decoding: answer, as: UTF8.self)
        #expect(reply.hasPrefix("HTTP/1.1 408 "), "\(reply)")
        #expect(reply.contains("request.too_slow") && reply.contains(title), "\(reply)")
        #expect(reply.contains("Content-Type: application/problem+json\r\n"))
      }
    }
    let text = try await app.send(.get, "/metrics").text
    #expect(text.contains("tagledger_http_limited_total{limit=\"head\"} 2\n"))
    #expect(text.contains("tagledger_http_limited_total{limit=\"body\"} 1\n"))
  }

  @Test func `what is not HTTP is answered with a problem`() async throws {
    let app = try await App()
    try await withService(app) { socket in
      for text in [
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\r\n\r\n", "GET\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + String(repeating: "x", count: 200_000)
          + "\r\n\r\n",
      ] {
        let answer = try await exchange(socket, Array(text.utf8), closing: false)
        let reply = String(decoding: answer, as: UTF8.self)
        #expect(reply.hasPrefix("HTTP/1.1 400 "), "\(reply)")
        #expect(reply.contains("\"code\":\"request.http_unreadable\""), "\(reply)")
      }
    }
  }

  @Test func `a connection too many is answered, and the others go on`() async throws {
    var limits = RequestLimits()
    limits.connectionsPerUser = 2
    let app = try await App(founder: getuid(), requests: limits)
    try await withService(app) { socket in
      let head = "GET /v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n"
      let held = try (0..<2).map { _ in try connectAndSend(socket, head) }
      // Both have to have been let in before a third comes.
      for connection in held { _ = try receive(connection) }
      for text in [head, ""] {
        let answer = try await exchange(socket, Array(text.utf8), closing: false)
        let reply = String(decoding: answer, as: UTF8.self)
        #expect(reply.hasPrefix("HTTP/1.1 429 "), "\(reply)")
        #expect(reply.contains("request.connections_exceeded"))
        #expect(reply.contains("Retry-After: 1\r\n"))
      }
      close(held[0])
      var status = ""
      while !status.hasPrefix("HTTP/1.1 200") {
        let answer = try await exchange(socket, Array(head.utf8)) { !$0.isEmpty }
        status = String(decoding: answer, as: UTF8.self)
        #expect(status.hasPrefix("HTTP/1.1 200") || status.hasPrefix("HTTP/1.1 429"))
      }
      close(held[1])
    }
  }

  @Test func `parameters that nobody reads are refused by every method`() async throws {
    let app = try await App()
    try await app.createTag("A-1")
    for (method, path) in [
      ("POST", "/v1/tags?x=1"), ("PATCH", "/v1/tags/1?dry_run=true"),
      ("POST", "/v1/tags/1/archive?reason=x"), ("DELETE", "/v1/tags/1?customers=0&x=1"),
      ("POST", "/v1/verifications?x"),
    ] {
      let reply = try await app.send(.init(rawValue: method)!, path, "{}")
      #expect(reply.status == 400, "\(path)")
      #expect(try reply.problem.code == "request.parameter_unknown")
    }
    #expect(app.ledger.state.tags.count == 1)
  }
}

extension RequestLimits {
  static var none: Self {
    var limits = Self()
    (limits.headSeconds, limits.bodySeconds, limits.answerSeconds) = (0, 0, 0)
    return limits
  }
}
