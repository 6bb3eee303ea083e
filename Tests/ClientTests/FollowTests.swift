import APITypes
import Client
import ServerSupport
import Synchronization
import Testing

private let swift = Reconnecting(
  first: .milliseconds(5), most: .milliseconds(20), patience: .milliseconds(100))

@Suite struct FollowTests {
  /// Events 1 to 3, then the connection breaks in the middle of the fourth; the rest on asking.
  private static func brokenServer() throws -> ScriptedServer {
    try ScriptedServer { request, number in
      guard number > 1 else {
        return [
          .head(type: "text/event-stream"),
          .chunk("retry: 5\n\nid: 1\ndata: a\n\nid: 2\ndata: b\n\n: heart"),
          .chunk("beat\n\nid: 3\nevent: change\ndata: c\ndata: C\n\nid: 4\ndata: hal"),
        ]
      }
      return [
        .head(type: "text/event-stream"),
        .chunk("id: \(Int(request.headers["last-event-id"] ?? "")! + 1)\ndata: d\n\n"), .end,
      ]
    }
  }

  @Test func `a broken stream is taken up after the last whole event`() async throws {
    let server = try Self.brokenServer()
    var seen: [String] = []
    let client = Client(socket: server.socket, language: "en")
    try await client.follow("/follow", reconnecting: swift) { followed in
      switch followed {
      case .event(let event): seen.append("\(event.id ?? "") \(event.name) \(event.data)")
      case .lost: seen.append("lost")
      case .resumed: seen.append("resumed")
      }
      return seen.count < 6
    }
    #expect(
      seen == ["1 message a", "2 message b", "3 change c\nC", "lost", "resumed", "4 message d"])
    #expect(server.seen.map { $0.headers["last-event-id"] } == [nil, "3"])
  }

  @Test func `a problem that ends a stream is thrown, and one that passes is waited for`()
    async throws
  {
    let server = try ScriptedServer { _, number in
      let (status, code) = number == 1 ? (503, "ledger.shutting_down") : (403, "permission.missing")
      let problem = #"{"title":"T","status":\#(status),"code":"\#(code)"}"#
      return [
        .head(type: "text/event-stream"),
        .chunk("id: \(number)\ndata: a\n\nevent: problem\ndata: \(problem)\n\n"), .end,
      ]
    }
    var seen: [String] = []
    let client = Client(socket: server.socket, language: "en")
    let refusal = ClientError.problem(
      ProblemDocument(title: "T", status: 403, code: "permission.missing"))
    await #expect(throws: refusal) {
      try await client.follow("/follow", reconnecting: swift) { followed in
        if case .event(let event) = followed { seen.append("\(event.id ?? "") \(event.name)") }
        return true
      }
    }
    #expect(seen == ["1 message", "2 message"])
  }

  @Test func `a server that stays away is given up after a time`() async throws {
    let server = try ScriptedServer { _, _ in
      [.head(type: "text/event-stream"), .chunk("id: 1\ndata: a\n\n"), .end]
    }
    let client = Client(socket: server.socket, language: "en")
    await #expect(throws: ClientError.refused(server.socket)) {
      try await client.follow("/follow", reconnecting: swift) { followed in
        if case .event = followed { server.stop() }
        return true
      }
    }
  }

  @Test func `a first connection that fails is not tried again`() async throws {
    let server = try ScriptedServer { _, _ in
      [.answer(400, #"{"title":"T","status":400,"code":"request.malformed"}"#)]
    }
    let client = Client(socket: server.socket, language: "en")
    await #expect(throws: ClientError.self) {
      try await client.follow("/follow", reconnecting: swift) { _ in true }
    }
    #expect(server.seen.count == 1)
  }
}

@Suite struct EventStreamTests {
  private static let stream =
    "\u{FEFF}: comment\ndata: one\r\n\r\nid: 7\rdata:two\rdata\r\rdata: three\n\nevent: x\n\n"
    + "id: a\u{0}b\nretry: 1500\nretry: 1s\ndata: four\n\ndata: never ended"

  private static let expected = [
    ServerSentEvent(id: nil, name: "message", data: "one"),
    ServerSentEvent(id: "7", name: "message", data: "two\n"),
    ServerSentEvent(id: "7", name: "message", data: "three"),
    ServerSentEvent(id: "7", name: "message", data: "four"),
  ]

  @Test(arguments: [1, 2, 3, 5, 7, 1000])
  func `a stream cut anywhere gives the same events`(size: Int) {
    var parser = EventStreamParser()
    let bytes = Array(Self.stream.utf8)
    var events: [ServerSentEvent] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      events += parser.read(bytes[start..<min(start + size, bytes.count)])
    }
    #expect(events == Self.expected)
    #expect(parser.retry == 1500)
    #expect(parser.lastID == "7")
  }
}

@Suite struct SocketPathTests {
  @Test func `a named socket is the only one tried`() {
    let environment = ["TAGLEDGER_SOCKET": "/env", "XDG_RUNTIME_DIR": "/run/user/7"]
    #expect(SocketPath.candidates(option: "/opt", environment: environment) == ["/opt"])
    #expect(SocketPath.candidates(option: nil, environment: environment) == ["/env"])
  }

  @Test func `otherwise the first that is there is taken`() throws {
    let candidates = SocketPath.candidates(
      option: nil, environment: ["XDG_RUNTIME_DIR": "/run/user/7"])
    #expect(
      candidates == [
        "/run/user/7/tagledger.sock", "./var/tagledger.sock", "/run/tagledger/tagledger.sock",
      ])
    #expect(try SocketPath.find(candidates) { $0.hasPrefix("./") } == "./var/tagledger.sock")
    #expect(throws: ClientError.socketMissing(candidates)) {
      try SocketPath.find(candidates) { _ in false }
    }
  }
}
