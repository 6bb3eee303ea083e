import APITypes
import Domain
import EventLog
import Foundation
import HTTPTypes
import HummingbirdCore
import Ledger
import Logging
import NIOCore
import TestSupport
import Testing

@testable import API

/// The whole API over a ledger of its own, asked in the process, without a socket.
final class App: Sendable {
  static let founder: UInt32 = 1000

  let founder: UInt32
  let directory: TemporaryDirectory
  let ledger: Ledger
  let api: API
  let front: Front

  init(
    limits: Limits = Limits(), founder: UInt32 = App.founder, heartbeat: Duration = .seconds(15),
    requests: RequestLimits = RequestLimits()
  ) async throws {
    self.founder = founder
    directory = try TemporaryDirectory()
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    ledger = try await Ledger.open(
      LedgerOptions(
        directory: directory.path, uid: founder, limits: limits, logger: logger))
    api = API(ledger, version: "0.0.0", limits: requests, heartbeat: heartbeat)
    front = Front(
      api: api, gate: Gate(hosts: ["localhost"]),
      table: RouteTable(API.routes), meters: api.meters, logger: logger)
  }

  private static let schemas = Result { try EventSchemas() }

  /// Whatever a test has led to, its events are what schema/events says.
  deinit {
    do {
      let schemas = try Self.schemas.get()
      for event in try ledger.log.events(seqs: 1..<min(ledger.log.size, 2000) + 1) {
        try schemas.validate(ledger.log.publicForm(event))
      }
    } catch {
      Issue.record(error)
    }
  }

  /// Sends as the founder, unless told otherwise.
  func send(
    _ method: HTTPRequest.Method, _ target: String, _ body: String? = nil,
    headers: [(String, String)] = [], uid: UInt32? = nil
  ) async throws -> Reply {
    try await send(method, target, bytes: body.map { Array($0.utf8) }, headers: headers, uid: uid)
  }

  func send(
    _ method: HTTPRequest.Method, _ target: String, bytes: [UInt8]?,
    headers: [(String, String)] = [], uid: UInt32? = nil
  ) async throws -> Reply {
    var fields = HTTPFields()
    for (name, value) in headers { fields.append(HTTPField(name: .init(name)!, value: value)) }
    let request = HummingbirdCore.Request(
      head: HTTPRequest(
        method: method, scheme: "http", authority: "localhost", path: target,
        headerFields: fields),
      body: RequestBody(buffer: ByteBuffer(bytes: bytes ?? [])))
    let peer = Peer(pid: 1, uid: uid ?? founder, gid: 0)
    let response = try await Peer.$current.withValue(peer) {
      try await front.respond(to: request)
    }
    let collector = Collector()
    try await response.body.write(collector)
    return Reply(
      status: response.status.code, headers: response.headers, bytes: collector.bytes.value)
  }

  /// Sends what has to succeed.
  func ask<Answer: Decodable>(
    _ method: HTTPRequest.Method, _ target: String, _ body: String? = nil,
    headers: [(String, String)] = [], as type: Answer.Type = Answer.self
  ) async throws -> Answer {
    let reply = try await send(method, target, body, headers: headers)
    guard reply.status < 300 else { throw try reply.problem }
    return try reply.decoded()
  }
}

/// What came back.
struct Reply {
  let status: Int
  let headers: HTTPFields
  let bytes: [UInt8]

  var text: String {
    String(decoding: bytes, as: UTF8.self)
  }

  func header(_ name: String) -> String? {
    headers[HTTPField.Name(name)!]
  }

  func decoded<Answer: Decodable>(_ type: Answer.Type = Answer.self) throws -> Answer {
    try JSONDecoder().decode(Answer.self, from: Data(bytes))
  }

  var problem: ProblemDocument {
    get throws { try decoded() }
  }
}

private final class Box: @unchecked Sendable {
  var value: [UInt8] = []
}

private struct Collector: ResponseBodyWriter {
  let bytes = Box()

  func write(_ buffer: ByteBuffer) async throws {
    bytes.value += buffer.readableBytesView
  }

  consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

// MARK: - A small shop

extension App {
  @discardableResult
  func createTag(_ name: String, _ more: String = "") async throws -> TagDocument {
    try await ask(
      .post, "/v1/tags", #"{"name":"\#(name)"\#(more)}"#, as: TagReceipt.self
    ).tag
  }

  @discardableResult
  func register(_ name: String, _ more: String = "") async throws -> CustomerDocument {
    try await ask(
      .post, "/v1/customers", #"{"name":"\#(name)"\#(more)}"#, as: CustomerReceipt.self
    ).customer
  }

  /// Waits for the end of a job.
  func finish(_ job: APITypes.Job) async throws -> APITypes.Job {
    while true {
      let job: APITypes.Job = try await ask(.get, Paths.job(job.id))
      if job.state != .running { return job }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}
