import Domain
import HTTPTypes
import HummingbirdCore
import Ledger
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
  private let rates: RateLimiter<Caller>

  init(api: API, gate: Gate, table: RouteTable, meters: RequestMeters, logger: Logger) {
    self.api = api
    rates = RateLimiter(perSecond: api.limits.perSecond, burst: api.limits.burst)
    self.gate = gate
    self.table = table
    self.meters = meters
    self.logger = logger
  }

  func respond(to request: Request) async throws -> Response {
    let started = ContinuousClock.now
    var route: Int?
    var response: Response
    let peer = Peer.current
    do {
      response = try await answer(request, peer: peer, route: &route)
    } catch let error as HTTPParserError {
      // What is no HTTP any more is answered by the channel, which then closes.
      throw error
    } catch {
      response = problem(error, for: request, of: peer, route: route)
    }
    response.headers[.date] = clock.now()
    if let seq = api.ledger.soundUntil { response.headers[.soundUntil] = "\(seq)" }
    if request.method == .head { response = response.createHeadResponse() }
    meters.count(route: route, status: response.status.code, since: started)
    return response
  }

  private func answer(_ request: Request, peer: Peer, route: inout Int?) async throws -> Response {
    try gate.check(request)
    let target = request.head.path ?? ""
    let end = target.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
    let path = target[..<(end ?? target.endIndex)]
    let match = try table.match(request.method, path)
    route = match.index
    let found = table.routes[match.index]
    var exchange = Exchange(
      request: request, peer: peer, captures: match.captures, logger: logger(for: request),
      limits: api.limits)
    try exchange.refuseBeyondHorizon(found)
    try admit(&exchange, found.need)
    // A GET reads its own query, and so does a file on its way in.
    if found.method == .post || found.method == .patch, !found.streams {
      try exchange.query().only([])
    }
    guard found.method != .get, let key = try exchange.idempotencyKey() else {
      return try await found.handle(api, exchange)
    }
    exchange.keyed = KeyedRequest(key)
    return try await found.streams
      ? found.handle(api, exchange) : answerOnce(exchange, with: found.handle)
  }

  /// Finds out who asks and whether they may, and holds them to their rate.
  private func admit(_ exchange: inout Exchange, _ need: Need?) throws {
    let user = Caller.local(uid: exchange.peer.uid)
    guard let need else { return try ration(user) }
    do {
      let caller = try exchange.peer.caller(exchange.request.headers)
      exchange.admit(caller, try api.ledger.admit(caller, need))
      try ration(caller)
    } catch let error as Problem {
      // A credential that nobody knows has no rate of its own.
      try ration(user)
      throw error
    }
  }

  /// Who may stop the daemon may also keep it busy.
  private func ration(_ caller: Caller) throws {
    guard caller != .local(uid: 0), caller != .local(uid: api.founder) else { return }
    try rates.admit(caller)
  }

  /// Takes the body first: a request is known again by all of it.
  private func answerOnce(
    _ exchange: Exchange, with handle: (API, Exchange) async throws -> Response
  ) async throws -> Response {
    var exchange = exchange
    var digest = exchange.digest
    let body = try await exchange.bytes(upTo: api.limits.bulkBytes)
    if let body { digest.add(Array(body.readableBytesView)) }
    exchange.keyed?.body = body
    exchange.request = Request(
      head: exchange.request.head, body: RequestBody(buffer: body ?? ByteBuffer()))
    return try await api.once(exchange, digest) { try await handle(api, $0) }
  }

  /// Takes up the caller's trace, so that its lines can be found in both logs.
  private func logger(for request: Request) -> Logger {
    guard let trace = request.headers[.traceparent].flatMap(TraceParent.init) else { return logger }
    var logger = logger
    logger[metadataKey: "trace_id"] = .string(trace.traceID)
    logger[metadataKey: "parent_id"] = .string(trace.parentID)
    return logger
  }

  /// The language of the operator who calls, also where they have not been let in.
  private func language(of peer: Peer, _ request: Request) -> Language? {
    guard let caller = try? peer.caller(request.headers) else { return nil }
    return api.ledger.language(of: caller).flatMap(Language.init(rawValue:))
  }

  private func problem(
    _ error: any Error, for request: Request, of peer: Peer, route: Int?
  ) -> Response {
    if case Rejection.limited(let limit)? = error as? Rejection { meters.count(limit) }
    let language = Language(
      accepting: request.headers[.acceptLanguage], or: language(of: peer, request))
    let page = ProblemPage(error, in: language)
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
