import APITypes
import Client
import Domain
import Foundation
import Glibc
import HTTPTypes
import Ledger
import TestSupport
import Testing

@testable import API

/// The same API over a real Unix socket.
@Suite(.timeLimit(.minutes(5)))
struct SocketTests {
  private func client(_ socket: String) -> Client {
    Client(socket: socket, language: "en", patience: .seconds(60))
  }

  /// The peer is whoever runs the tests, so they have to be the founder, or root.
  private func app(heartbeat: Duration = .seconds(15)) async throws -> App {
    try await App(founder: getuid(), heartbeat: heartbeat)
  }

  @Test func `the kernel says who is calling, and their command is theirs`() async throws {
    let app = try await app()
    try await withService(app) { socket in
      let client = client(socket)
      let receipt: TagReceipt = try await client.send(
        .post, Paths.tags, APITypes.TagDraft(name: "A-1"))
      #expect(receipt.tag.id == 1)
      let page: Page<Change> = try await client.get(Paths.changes)
      #expect(page.items.map(\.actor) == ["operator:1", "system"])
    }
  }

  @Test(.enabled(if: getuid() != 0, "root may do everything"))
  func `who is not the founder is refused over the socket too`() async throws {
    let app = try await App(founder: getuid() + 1)
    try await withService(app) { socket in
      let client = client(socket)
      await #expect(throws: ClientError.self) {
        let _: Status = try await client.get(Paths.status)
      }
    }
  }

  @Test func `the longest filter fits into a query, page after page`() async throws {
    let app = try await app()
    for name in ["Ana", "Bia"] { try await app.register(name) }
    // 10,000 characters, nearly all of which are 12 bytes in a query.
    let (start, end) = ("not name ~ \"", "\"")
    let filter = start + String(repeating: "😀", count: 10_000 - start.count - end.count) + end
    try await withService(app) { socket in
      var cursor: String?
      for customer: Int32 in [1, 2] {
        let page: Page<CustomerDocument> = try await client(socket).get(
          Paths.query(Paths.customers, ["filter": filter, "limit": "1", "cursor": cursor]))
        #expect(page.items.map(\.id) == [customer])
        cursor = page.next
      }
      await #expect(throws: ClientError.self) {
        let _: FilterReport = try await client(socket).get(
          Paths.query(Paths.filters, ["filter": filter + " "]))
      }
      let long = String(repeating: "a", count: HeadSize.address)
      await #expect(
        performing: {
          let _: FilterReport = try await client(socket).get("/\(long)")
        }, throws: { ($0 as? ClientError)?.problem?.code == "request.uri_too_long" })
    }
  }

  @Test func `many connections at once each get their own answer`() async throws {
    let app = try await app()
    try await app.createTag("A-1")
    for number in 1...64 { try await app.register("N\(number)") }
    try await withService(app) { socket in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for customer in Int32(1)...64 {
          group.addTask {
            let receipt: MembershipReceipt = try await client(socket).send(
              .post, Paths.tagApply(1), MembershipDraft(customers: [customer]))
            #expect(receipt.applied == 1)
          }
        }
        try await group.waitForAll()
      }
    }
    #expect(app.ledger.state.membershipCount == 64)
  }

  @Test func `changes are followed as they happen, and again after the last one seen`()
    async throws
  {
    let app = try await app()
    try await app.createTag("A-1")
    try await withService(app) { socket in
      let seen = Seen()
      let follower = Task {
        try await client(socket).follow(Paths.changesFollow) { followed in
          guard case .event(let event) = followed else { return true }
          return seen.add(event.id, event.name) < 3
        }
      }
      // Whatever comes before the follower is there is not told; so it goes on until it is.
      var number = 2
      while !seen.isFull {
        try await app.createTag("A-\(number)")
        number += 1
        try await Task.sleep(for: .milliseconds(30))
      }
      try await follower.value
      let ids = seen.ids.compactMap { $0.flatMap { Int64($0) } }
      #expect(ids == (ids[0]..<ids[0] + 3).map { $0 }, "\(ids)")
      let again = Seen()
      try await client(socket).follow(Paths.changesFollow, after: "1") { followed in
        guard case .event(let event) = followed else { return true }
        return again.add(event.id, event.name) < 3
      }
      #expect(again.ids == ["2", "3", "4"])
      #expect(again.names.allSatisfy { $0 == "tag.created" })
    }
  }

  @Test func `followers of events get the bytes that were hashed`() async throws {
    let app = try await app()
    for number in 1...250 { try await app.createTag("A-\(number)") }
    try await withService(app) { socket in
      let seen = Seen()
      try await client(socket).follow(Paths.eventsFollow, after: "0") { followed in
        guard case .event(let event) = followed else { return true }
        return seen.add(event.id, event.data) < 250
      }
      let shown = try await app.send(.get, "/v1/events/250")
      #expect(seen.ids.last == "250" && seen.names.last == shown.text)
    }
  }

  @Test func `a quiet stream has heartbeats`() async throws {
    let app = try await app(heartbeat: .milliseconds(50))
    try await withService(app) { socket in
      let reply = try await exchange(
        socket, Array("GET /v1/changes/follow HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8),
        closing: false,
        until: { String(decoding: $0, as: UTF8.self).split(separator: ": heartbeat").count > 3 })
      let text = String(decoding: reply, as: UTF8.self)
      #expect(text.lowercased().contains("content-type: text/event-stream"))
      #expect(text.split(separator: ": heartbeat").count > 3)
    }
  }

  @Test func `a reader that does not read costs no memory and holds nobody up`() async throws {
    let app = try await app()
    for number in 1...40 { try await app.register("N\(number)") }
    try await app.createTag("A-1")
    try await withService(app) { socket in
      let dead = try connectAndSend(
        socket, "GET /v1/events/follow?after=0 HTTP/1.1\r\nHost: localhost\r\n\r\n")
      defer { close(dead) }
      let customers = Array(Int32(1)...40)
      for _ in 0..<50 {
        let _: MembershipReceipt = try await client(socket).send(
          .post, Paths.tagApply(1), MembershipDraft(customers: customers))
        let _: MembershipReceipt = try await client(socket).send(
          .post, Paths.tagRemove(1), MembershipDraft(customers: customers))
      }
      #expect(app.ledger.state.position == 42 + 50 * 80)
    }
  }

  @Test func `a stream ends when the service does`() async throws {
    let app = try await app()
    let ended = Seen()
    let path = app.directory.file("socket")
    let watching = try await withService(app) { socket in
      let task = Task {
        _ = try? await exchange(
          socket, Array("GET /v1/events/follow HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8),
          closing: false)
        ended.add("x", "x")
      }
      try await Task.sleep(for: .milliseconds(300))
      return task
    }
    await watching.value
    #expect(ended.ids.count == 1 && !path.isEmpty)
  }

  @Test(arguments: [
    "\r\n\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "NONSENSE / HTTP/1.1\r\n\r\n",
    "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nA b: c\r\n\r\n",
    "GET /v1/status HTTP/1.1\r\nHost: localhost\r\n: c\r\n\r\n",
    "POST /v1/tags HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n{}",
    "POST /v1/tags HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n{}",
    "POST /v1/tags HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "POST /v1/tags HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
    "POST /v1/tags HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
    "POST /v1/tags HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{\"name\":\"A-1\"}",
    "GET /v1/status HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "GET http://evil.example/v1/status HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "GET /\u{0}\u{1} HTTP/1.1\r\nHost: localhost\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}", "{}",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  ])
  func `what is no request is refused, and the next caller is served`(text: String) async throws {
    let app = try await app()
    try await withService(app) { socket in
      let reply = String(decoding: try await exchange(socket, Array(text.utf8)), as: UTF8.self)
      #expect(reply.isEmpty || reply.hasPrefix("HTTP/1.1 4"), "\(reply.prefix(200))")
      #expect(app.ledger.state.position == 1)
      let status: Status = try await client(socket).get(Paths.status)
      #expect(status.position == 1)
    }
  }

  @Test func `heads and addresses have limits`() async throws {
    let app = try await app()
    try await withService(app) { socket in
      let long = String(repeating: "a", count: 200_000)
      for head in [
        "GET /\(long) HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /v1/status HTTP/1.1\r\nHost: localhost\r\nX: \(long)\r\n\r\n",
        "GET /v1/status HTTP/1.1\r\nHost: localhost\r\n"
          + String(repeating: "X: y\r\n", count: 5000) + "\r\n",
      ] {
        let reply = String(decoding: try await exchange(socket, Array(head.utf8)), as: UTF8.self)
        #expect(reply.isEmpty || reply.hasPrefix("HTTP/1.1 4"), "\(reply.prefix(200))")
      }
      let status: Status = try await client(socket).get(Paths.status)
      #expect(!status.readOnly)
    }
  }

  @Test func `requests one behind the other on one connection are answered in order`()
    async throws
  {
    let app = try await app()
    try await withService(app) { socket in
      let requests = (1...3).map { number in
        let body = "{\"name\":\"A-\(number)\"}"
        return
          "POST /v1/tags HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
          + body
      }
      let reply = String(
        decoding: try await exchange(socket, Array(requests.joined().utf8)), as: UTF8.self)
      #expect(reply.split(separator: "HTTP/1.1 201").count == 3)
      #expect(app.ledger.state.tags.map(\.name.text) == ["A-1", "A-2", "A-3"])
    }
  }

  @Test func `a spreadsheet is taken in as a job, and its refused rows given back`() async throws {
    let app = try await app()
    try await withService(app) { socket in
      let file = app.directory.file("clientes.csv")
      try Data("Nome;Telefone\nJoão;41 98888-7777\nAna;nenhum\n".utf8)
        .write(to: URL(fileURLWithPath: file))
      let client = client(socket)
      let started: APITypes.Job = try Client.decode(
        try await client.send(
          Request(
            .post, Paths.query(Paths.imports(.customers), ["file": "clientes.csv"]),
            body: .file(FileUpload(path: file)))
        ).1)
      var job = started
      try await client.follow(Paths.jobFollow(started.id)) { followed in
        guard case .event(let event) = followed else { return true }
        job = try Client.decode(Array(event.data.utf8))
        return job.state == .running
      }
      #expect(job.state == .done && job.kind == .importCustomers)
      let page: Page<CustomerDocument> = try await client.get(Paths.customers)
      #expect(page.items.map(\.phone) == ["+5541988887777"])
      let failures = try await app.send(
        .get, Paths.jobFailures(job.id), uid: getuid())
      #expect(failures.text.contains("nenhum"))
    }
  }
}

/// What a follower has been told, from another task.
private final class Seen: @unchecked Sendable {
  private let lock = NSLock()
  private var pairs: [(String?, String)] = []

  @discardableResult
  func add(_ id: String?, _ name: String) -> Int {
    lock.withLock {
      pairs.append((id, name))
      return pairs.count
    }
  }

  var ids: [String?] { lock.withLock { pairs.map(\.0) } }
  var names: [String] { lock.withLock { pairs.map(\.1) } }
  var isFull: Bool { lock.withLock { pairs.count >= 3 } }
}
