import APITypes
import Domain
import EventLog
import Foundation
import HTTPTypes
import Ledger
import Testing

@testable import API

/// Whatever comes in, the answer is a refusal in good order, and nothing has changed by halves.
struct HostileTests {
  /// Routes that read a JSON body, with a place that exists for each.
  private static let targets: [(HTTPRequest.Method, String)] = API.routes
    .filter { $0.method == .post || $0.method == .patch }
    .filter { !$0.path.contains("/imports/") && !$0.path.contains("/jobs/") }
    .map { route in
      let path = route.path.replacing("{language}", with: "pt").replacing("{name}", with: "A")
        .replacing("{id}", with: "1")
      return (route.method, path)
    }

  private static func shop() async throws -> App {
    let app = try await App()
    for name in ["A-1", "A-2"] { try await app.createTag(name) }
    for name in ["Ana", "Rui"] { try await app.register(name) }
    return app
  }

  private static let suite =
    ProcessInfo.processInfo.environment["TAGLEDGER_DATA"]
    .map { $0 + "/json-test-suite/test_parsing" } ?? "../shared/data/json-test-suite/test_parsing"

  private static var hasSuite: Bool {
    FileManager.default.fileExists(atPath: suite)
  }

  @Test(arguments: [
    "/v1/changes?order=", "/v1/customers/1/facts?type=", "/v1/diff?from=1&by=",
    "/v1/tags?archived=", "/v1/rules/ready?language=", "/v1/work?state=",
  ])
  func `a choice that is named and left empty is refused`(path: String) async throws {
    let answer = try await Self.shop().send(.get, path)
    #expect(answer.status == 400 && answer.text.contains("parameter_unreadable"), "\(answer.text)")
  }

  // Skipped where the vectors are not at hand (see CONTRIBUTING).
  @Test(.enabled(if: hasSuite))
  func `what is no JSON is refused by every route, and changes nothing`() async throws {
    let app = try await Self.shop()
    let before = app.ledger.state
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.suite)
      .filter { $0.hasPrefix("n_") }
    #expect(files.count > 150)
    for file in files {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: Self.suite + "/" + file))
      for (method, path) in Self.targets {
        // An empty body is no JSON either, but stands for no fields.
        guard !bytes.isEmpty else { continue }
        let reply = try await app.send(method, path, bytes: Array(bytes))
        #expect((400..<500).contains(reply.status), "\(file) \(path)")
      }
    }
    #expect(app.ledger.state == before)
  }

  @Test(.enabled(if: hasSuite))
  func `JSON that is not what a route reads is refused, and changes nothing`() async throws {
    let app = try await Self.shop()
    let before = app.ledger.state
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.suite)
      .filter { $0.hasPrefix("y_") || $0.hasPrefix("i_") }
    for file in files {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: Self.suite + "/" + file))
      // The empty object is a body that many routes take.
      guard bytes != Data("{}".utf8) else { continue }
      for (method, path) in Self.targets {
        let reply = try await app.send(method, path, bytes: Array(bytes))
        // A list of facts is refused one by one, in an answer that says so.
        let isList = path == Paths.facts && reply.status == 200
        #expect(isList || (400..<500).contains(reply.status), "\(file) \(path)")
      }
    }
    #expect(app.ledger.state == before)
  }

  @Test(arguments: targets.indices)
  func `ten thousand random bodies are answered in good order`(index: Int) async throws {
    let app = try await Self.shop()
    let (method, path) = Self.targets[index]
    var random = SeededRandom(seed: UInt64(index))
    let bodies = BodyMaker()
    // The work that these two start is tested by itself; here it would only take time.
    let count = path.hasSuffix("/rebuilds") || path.hasSuffix("/verifications") ? 200 : 10_000
    for number in 0..<count {
      let body = bodies.body(number, &random)
      let before = app.ledger.state.position
      let reply = try await app.send(method, path, bytes: body)
      #expect(
        (200..<500).contains(reply.status),
        "\(method) \(path) \(String(decoding: body, as: UTF8.self)): \(reply.text)")
      // What is refused of the team is recorded as refused, and changes nothing else.
      if reply.status >= 400, app.ledger.state.position > before {
        let seqs = before + 1..<app.ledger.state.position + 1
        #expect(try app.ledger.log.events(seqs: seqs).allSatisfy { $0.type == .commandRefused })
      }
    }
    #expect(try await app.send(.get, "/v1/status").status == 200)
  }

  /// Routes that read a query, with a place that exists for each; but not those whose answer never ends.
  private static let readers: [String] = API.routes
    .filter { $0.method == .get && !$0.path.hasSuffix("/follow") }
    .map { route in
      route.path.replacing("{language}", with: "pt").replacing("{name}", with: "A")
        .replacing("{id}", with: "1")
    }

  @Test func `random queries of every route are answered in good order`() async throws {
    let app = try await Self.shop()
    var random = SeededRandom(seed: 7)
    for path in Self.readers {
      // A route says itself what it knows.
      let asked = try await app.send(.get, path + "?zz=1")
      let document = try? JSON(parsing: asked.bytes)
      let names = document?["known"]?.array?.compactMap(\.string) ?? []
      for _ in 0..<(names.isEmpty ? 2 : 50) {
        let query = QueryMaker.query(of: names, &random)
        let reply = try await app.send(.get, path + "?" + query)
        #expect((200..<500).contains(reply.status), "\(path)?\(query): \(reply.text)")
      }
    }
    #expect(try await app.send(.get, "/v1/status").status == 200)
  }

  @Test(arguments: ["since=2026-12-01&until=2026-11-01", "since=2099-01-01", "until=0001-01-01"])
  func `a time that ends before it begins is answered in good order`(query: String) async throws {
    let app = try await Self.shop()
    for path in ["/v1/sources", "/v1/changes"] {
      let reply = try await app.send(.get, path + "?" + query)
      #expect(reply.status == 200, "\(path)?\(query): \(reply.text)")
    }
  }
}

/// Makes queries of names that a route knows, with values that are odd or do not go together.
private enum QueryMaker {
  private static let values = [
    "", "0", "1", "2", "-1", "5", "99", "2147483648", "9007199254740992", "9223372036854775807",
    "true", "x", "A-1", "Ana", "%00", "a%00b", "%F0%9F%91%A9", "%25", "2026-11-20", "2026-11-01",
    "2099-01-01", "0001-01-01", "9999-12-31T23:59:59Z", "2020-02-30", "tag%20%22A-1%22",
    "spend%20%3E%205", "orders%20between%202026-02-01%20and%202026-01-01", "((((", "name",
    "-name", "oldest", "pt", "month", "day",
  ]

  static func query(of names: [String], _ random: inout SeededRandom) -> String {
    names.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random))
      .map { "\($0)=\(values.randomElement(using: &random)!)" }
      .joined(separator: "&")
  }
}

/// Makes bodies that are nearly right, so that they get far: known fields, odd values, then damage.
private struct BodyMaker {
  private static let names = [
    "name", "color", "criterion", "follow_up", "set", "ends", "reason", "dry_run", "into",
    "source_revision", "target_revision", "customers", "details", "phone", "notes", "attributes",
    "needs", "ref", "channel", "x",
  ]

  private static let values = [
    "null", "true", "false", "0", "1", "2", "-1", "2147483648", "9007199254740991",
    "9007199254740992", "1.5", "1e9", "\"\"", "\"A-1\"", "\"a-1\"", "\"Ana\"", "\"\\u0000\"",
    "\"\\ud800\"", "\"👩‍👩‍👧‍👦\"", "\"#ff0000\"", "\"19\"", "\"2026-02-30\"", "\"+5541988887777\"",
    "\"alias\"", "[]", "[1]", "[1,2,2]", "[1,3]", "[0]", "[\"a\"]", "[[]]", "{}", "{\"a\":\"b\"}",
    "{\"a\":1}", "{\"a\":\"\"}", "\"\(String(repeating: "é", count: 5000))\"",
    "\"\(String(repeating: "a\\n", count: 30))\"",
  ]

  func body(_ number: Int, _ random: inout SeededRandom) -> [UInt8] {
    switch number % 4 {
    case 0:
      // Bytes without any sense.
      return (0..<Int.random(in: 0..<80, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
    case 1, 2:
      return Array(object(&random).utf8)
    default:
      var bytes = Array(object(&random).utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
      }
      return bytes
    }
  }

  private func object(_ random: inout SeededRandom) -> String {
    let members = (0..<Int.random(in: 0...4, using: &random)).map { _ in
      "\"\(Self.names.randomElement(using: &random)!)\":\(value(&random))"
    }
    return "{\(members.joined(separator: ","))}"
  }

  private func value(_ random: inout SeededRandom) -> String {
    if Int.random(in: 0..<8, using: &random) == 0 {
      let scalars = (0..<Int.random(in: 1..<12, using: &random)).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random))
      }
      return JSON.string(String(String.UnicodeScalarView(scalars))).canonical
    }
    return Self.values.randomElement(using: &random)!
  }
}
