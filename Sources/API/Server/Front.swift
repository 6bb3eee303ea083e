import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

/// What every request passes through: the gate, the table of routes, the problem page, the meters.
struct Front: Sendable {
  let api: API
  let gate: Gate
  let table: RouteTable
  let meters: RequestMeters
  let logger: Logger
  private let clock = DateClock()

  init(api: API, gate: Gate, table: RouteTable, meters: RequestMeters, logger: Logger) {
    self.api = api
    self.gate = gate
    self.table = table
    self.meters = meters
    self.logger = logger
  }

  func respond(to request: Request) async throws -> Response {
    let started = ContinuousClock.now
    var route: Int?
    var response: Response
    do {
      response = try await answer(request, peer: Peer.current, route: &route)
    } catch let error as HTTPParserError {
      // What is no HTTP any more is answered by the channel, which then closes.
      throw error
    } catch {
      response = problem(error, for: request, route: route)
    }
    response.headers[.date] = clock.now()
    if request.method == .head { response = response.createHeadResponse() }
    meters.count(route: route, status: response.status.code, since: started)
    return response
  }

  private func answer(_ request: Request, peer: Peer, route: inout Int?) async throws -> Response {
    try gate.check(request)
    let path = (request.head.path ?? "")[...].prefix { $0 != "?" && $0 != "#" }
    let match = try table.match(request.method, path)
    route = match.index
    let found = table.routes[match.index]
    try gate.check(peer, for: found.access)
    let exchange = Exchange(
      request: request, peer: peer, captures: match.captures, logger: logger(for: request))
    return try await found.handle(api, exchange)
  }

  /// Takes up the caller's trace, so that its lines can be found in both logs.
  private func logger(for request: Request) -> Logger {
    guard let trace = request.headers[.traceparent].flatMap(TraceParent.init) else { return logger }
    var logger = logger
    logger[metadataKey: "trace_id"] = .string(trace.traceID)
    logger[metadataKey: "parent_id"] = .string(trace.parentID)
    return logger
  }

  private func problem(_ error: any Error, for request: Request, route: Int?) -> Response {
    let page = ProblemPage(error, in: Language(accepting: request.headers[.acceptLanguage]))
    let path = route.map { table.routes[$0].path } ?? "-"
    if page.status >= 500 {
      logger(for: request).error(
        "a request failed", metadata: ["route": "\(path)", "error": "\(error)"])
    } else {
      logger(for: request).debug(
        "a request was refused", metadata: ["route": "\(path)", "code": "\(page.code)"])
    }
    return Response(page, error: error)
  }
}

extension HTTPField.Name {
  static let traceparent = Self("traceparent")!
}

/// The header of W3C Trace Context, level 1: `00-TRACE-PARENT-FLAGS`.
struct TraceParent: Hashable, Sendable {
  let traceID: String
  let parentID: String

  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count >= 4, parts[0].count == 2, parts[0] != "ff", parts[1].count == 32,
      parts[2].count == 16, parts[3].count == 2,
      parts.prefix(4).allSatisfy({ $0.utf8.allSatisfy(Self.isLowerHex) }),
      parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" })
    else { return nil }
    traceID = String(parts[1])
    parentID = String(parts[2])
  }

  private static func isLowerHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
