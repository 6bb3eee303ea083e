import APITypes
import Client
import Foundation
import ServerSupport
import Synchronization
import TestSupport
import Testing

private struct Greeting: Codable, Equatable {
  var text: String
}

private func client(_ server: ScriptedServer, patience: Duration = .seconds(60)) -> Client {
  Client(socket: server.socket, language: "pt", patience: patience)
}

@Test func `a request carries the language and the body`() async throws {
  let server = try ScriptedServer { _, _ in [.answer(#"{"text":"olá"}"#)] }
  let answer: Greeting = try await client(server).send(.post, "/x?a=b", Greeting(text: "Sofá"))
  #expect(answer == Greeting(text: "olá"))
  let seen = try #require(server.seen.first)
  #expect(seen.method == "POST")
  #expect(seen.target == "/x?a=b")
  #expect(seen.headers["accept-language"] == "pt")
  #expect(seen.headers["host"] == "localhost")
  #expect(seen.headers["content-type"] == "application/json")
  #expect(seen.text == #"{"text":"Sofá"}"#)
}

@Test func `a problem document becomes an error that keeps code, detail and extras`() async throws {
  let body = #"{"title":"T","status":409,"detail":"D","code":"tag.name_taken","tag":7}"#
  let server = try ScriptedServer { _, _ in
    [.answer(409, body, type: "application/problem+json")]
  }
  let error = await #expect(throws: ClientError.self) {
    let _: Greeting = try await client(server).get("/x")
  }
  #expect(error?.problem?.code == "tag.name_taken")
  #expect(error?.problem?.detail == "D")
  #expect(error?.problem?.extras == ["tag": 7])
}

@Test func `a refusal that is no problem document is still told`() async throws {
  let server = try ScriptedServer { _, _ in [.answer(502, "bad gateway", type: "text/plain")] }
  let error = await #expect(throws: ClientError.self) {
    let _: Greeting = try await client(server).get("/x")
  }
  #expect(error?.problem?.code == "http.502")
  #expect(error?.problem?.detail == "bad gateway")
}

@Test func `a body in chunks arrives whole and in order`() async throws {
  let server = try ScriptedServer { _, _ in
    [.head(type: "text/csv"), .chunk("a,b\n"), .chunk("1,2\n"), .chunk("3,4\n"), .end]
  }
  let text = try await client(server).stream(Request(.get, "/x")) { answer in
    var text = ""
    while let piece = try await answer.next() { text += String(decoding: piece, as: UTF8.self) }
    return text
  }
  #expect(text == "a,b\n1,2\n3,4\n")
}

@Test(arguments: [
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\na,b\n\r\n",
  "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\na,b\n",
  "HTTP/1.1 200 OK\r\nContent-",
  "",
])
func `a server that goes away before the end is noticed`(text: String) async throws {
  let server = try ScriptedServer { _, _ in [.text(text)] }
  await #expect(throws: ClientError.interrupted) {
    _ = try await client(server).send(Request(.get, "/x"))
  }
}

@Test func `a silent server is given up`() async throws {
  let server = try ScriptedServer { _, _ in [.silence] }
  await #expect(throws: ClientError.timedOut(.milliseconds(200))) {
    _ = try await client(server, patience: .milliseconds(200)).send(Request(.get, "/x"))
  }
}

@Test func `no socket and a socket without a daemon are told apart`() async throws {
  let directory = try TemporaryDirectory()
  let path = directory.file("none")
  await #expect(throws: ClientError.socketMissing([path])) {
    _ = try await Client(socket: path, language: "en").send(Request(.get, "/x"))
  }
  let server = try ScriptedServer { _, _ in [] }
  server.stop()
  await #expect(throws: ClientError.refused(server.socket)) {
    _ = try await client(server).send(Request(.get, "/x"))
  }
}

@Test func `an upload sends the file and tells how far it is`() async throws {
  let directory = try TemporaryDirectory()
  let content = [UInt8]((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
  try content.write(to: directory.file("big.csv"))
  let server = try ScriptedServer { _, _ in [.answer(202, "{}")] }
  let progress = Mutex<[Int64]>([])
  let upload = FileUpload(path: directory.file("big.csv")) { done in
    progress.withLock { $0.append(done) }
  }
  _ = try await client(server).send(Request(.post, "/x", body: .file(upload)))
  #expect(server.seen.first?.body == content)
  #expect(server.seen.first?.headers["content-length"] == "300000")
  #expect(progress.withLock { $0 } == progress.withLock { $0.sorted() })
  #expect(progress.withLock { $0.last } == 300_000)
}

@Test func `an answer that comes before the end of an upload is what counts`() async throws {
  let directory = try TemporaryDirectory()
  try [UInt8](repeating: 65, count: 5_000_000).write(to: directory.file("big.csv"))
  let body = #"{"title":"T","status":413,"code":"request.body_too_large"}"#
  let server = try ScriptedServer(waitsForBody: false) { _, _ in [.answer(413, body)] }
  let error = await #expect(throws: ClientError.self) {
    let upload = FileUpload(path: directory.file("big.csv"))
    _ = try await client(server).send(Request(.post, "/x", body: .file(upload)))
  }
  #expect(error?.problem?.code == "request.body_too_large")
}

@Test func `a file that cannot be read is named`() async throws {
  let server = try ScriptedServer { _, _ in [.silence] }
  let error = await #expect(throws: ClientError.self) {
    let upload = FileUpload(path: "/none.csv")
    _ = try await client(server).send(Request(.post, "/x", body: .file(upload)))
  }
  #expect(error == .fileUnreadable("/none.csv", ENOENT))
}

@Test func `pages follow one another until the limit`() async throws {
  let server = try ScriptedServer { request, _ in
    let page =
      request.target.contains("cursor=c1")
      ? #"{"items":[3,4],"position":9}"# : #"{"items":[1,2],"next":"c1","position":9}"#
    return [.answer(page)]
  }
  var items: [Int] = []
  try await client(server).pages(
    of: Int.self, limit: 3,
    target: { limit, cursor in
      Paths.query("/x", ["limit": String(limit), "cursor": cursor])
    },
    each: { page in
      items += page.items
      return true
    })
  #expect(items == [1, 2, 3, 4])
  #expect(server.seen.map(\.target) == ["/x?limit=3", "/x?limit=1&cursor=c1"])
}

@Test func `a daemon that is set to smaller pages gets smaller requests`() async throws {
  let server = try ScriptedServer { request, _ in
    let limit = Int(request.target.split(separator: "=").last ?? "") ?? 0
    guard limit <= 100 else {
      let problem =
        #"{"title":"T","status":400,"parameter":"limit","#
        + #""code":"request.parameter_unreadable"}"#
      return [.answer(400, problem)]
    }
    return [.answer(#"{"items":[1,2],"position":9}"#)]
  }
  var items: [Int] = []
  try await client(server).pages(
    of: Int.self, target: { limit, _ in "/x?limit=\(limit)" },
    each: { page in
      items += page.items
      return true
    })
  #expect(items == [1, 2])
  #expect(server.seen.map(\.target) == ["/x?limit=500", "/x?limit=125", "/x?limit=31"])
}

extension [UInt8] {
  fileprivate func write(to path: String) throws {
    try Data(self).write(to: URL(filePath: path))
  }
}

@Test func `a change is sent again with its key when the connection breaks`() async throws {
  let server = try ScriptedServer { _, number in
    switch number {
    case 1: []
    case 2: [.text("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{")]
    case 3:
      [
        .answer(
          409, #"{"title":"T","status":409,"code":"request.key_running"}"#,
          type: "application/problem+json")
      ]
    default: [.answer(#"{"text":"olá"}"#)]
    }
  }
  let answer: Greeting = try await client(server).send(.post, "/x", Greeting(text: "Sofá"))
  #expect(answer == Greeting(text: "olá"))
  #expect(server.seen.count == 4)
  let keys = Set(server.seen.map { $0.headers["idempotency-key"] })
  #expect(keys.count == 1 && keys.first??.count == 32)
  #expect(Set(server.seen.map(\.text)).count == 1)
  // The next change has another.
  let _: Greeting = try await client(server).send(.post, "/x", Greeting(text: "Sofá"))
  #expect(keys != [server.seen[4].headers["idempotency-key"]])
}

@Test func `a refused change, a read, and a daemon that is not there are not tried again`()
  async throws
{
  let server = try ScriptedServer { request, _ in
    request.method == "GET"
      ? []
      : [
        .answer(
          409, #"{"title":"T","status":409,"code":"tag.name_taken"}"#,
          type: "application/problem+json")
      ]
  }
  await #expect(throws: ClientError.self) {
    let _: Greeting = try await client(server).send(.post, "/x", Greeting(text: ""))
  }
  await #expect(throws: ClientError.interrupted) {
    let _: Greeting = try await client(server).get("/x")
  }
  #expect(server.seen.count == 2)
  #expect(server.seen[1].headers["idempotency-key"] == nil)
  server.stop()
  await #expect(throws: ClientError.refused(server.socket)) {
    let _: Greeting = try await client(server).send(.post, "/x", Greeting(text: ""))
  }
}
