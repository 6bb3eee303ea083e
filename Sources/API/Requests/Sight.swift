import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

/// What a read looks at: the ledger as it is, or as it was at a moment.
struct Sight: Sendable {
  let state: State
  /// Nil for now.
  let past: Instant?
}

extension API {
  /// What a request looks at, for an actor who may read it.
  ///
  /// - Parameter lookups: whether customers are to be found by phone or reference.
  func sight(
    _ exchange: Exchange, _ query: Query, lookups: Bool = false
  ) async throws -> Sight {
    guard let past = try instant(exchange, query) else {
      return Sight(state: read(exchange), past: nil)
    }
    let state = try await ledger.state(asOf: .seq(past.seq), lookups: lookups)
    return Sight(state: state, past: past)
  }

  /// The moment that `as_of` names, not later than the one at which a replay or the sound part of a
  /// damaged log ends; nil for now.
  func instant(_ exchange: Exchange, _ query: Query) throws -> Instant? {
    let asked = try query.moment("as_of").map { try ledger.instant($0) }
    let horizons = try [exchange.horizon, ledger.soundUntil].compactMap(\.self)
    guard let horizon = horizons.min() else { return asked }
    let end = try ledger.instant(.seq(horizon))
    return asked.map { $0.seq < end.seq ? $0 : end } ?? end
  }
}

extension Exchange {
  /// Where a replay ends, as its service says of each request: nothing later is told, and nothing
  /// can be changed.
  var horizon: Int64? {
    get throws {
      guard let text = request.headers[.asOf] else { return nil }
      guard let seq = Int64(text), seq >= 0 else {
        throw Problem.parameterUnreadable(
          name: HTTPField.Name.asOf.rawName, value: text, expected: "1200")
      }
      return seq
    }
  }

  /// What a replay's service is asked for has to be a read, and of something that has a past.
  func refuseBeyondHorizon(_ route: Route) throws {
    guard try horizon != nil, route.path.hasPrefix("/v1/") else { return }
    guard route.method == .get else { throw Problem.pastReadOnly }
    guard Self.pathsOfPast.contains(route.path) else { throw Problem.pastNotTold(route.path) }
  }

  private static let pathsOfPast: Set = [
    "/v1/account", "/v1/changes", "/v1/customers", "/v1/customers/{id}", "/v1/customers/{id}/tags",
    "/v1/customers/{id}/tags/{tag}/why", "/v1/diff", "/v1/events", "/v1/events/{seq}",
    "/v1/exports/customers", "/v1/exports/history", "/v1/exports/memberships",
    "/v1/filters", "/v1/moment",
    "/v1/segments", "/v1/segments/{id}", "/v1/segments/{id}/customers", "/v1/work", "/v1/rfm",
    "/v1/rfm/customers",
    "/v1/operators/{id}", "/v1/roles/{id}", "/v1/rules", "/v1/rules/{id}", "/v1/team",
    "/v1/team/can", "/v1/status", "/v1/tags", "/v1/tags/{id}", "/v1/tags/{id}/customers",
  ]
}

extension Query {
  /// A moment: the number of an event, a time, or a day, which stands for its first moment in UTC.
  func moment(_ name: String) throws -> Moment? {
    guard let text = self[name] else { return nil }
    if let seq = Int64(text), seq >= 0 { return .seq(seq) }
    guard let time = try? Timestamp(parsing: text) else {
      throw Problem.parameterUnreadable(
        name: name, value: text, expected: "1200, 2026-11-22, 2026-11-22T13:45:00Z")
    }
    return .time(time)
  }
}

extension HTTPField.Name {
  /// Of a request: the last event that counts. A replay's service sets it.
  static let asOf = Self("Tagledger-As-Of")!
  /// Of every answer where the log is damaged: the last event before the damage, the last that counts.
  static let soundUntil = Self("Tagledger-Sound-Until")!
  /// Of an answer about the past: when the last event that counts was recorded.
  static let time = Self("Tagledger-Time")!
}

extension Response {
  /// Says of which moment an answer tells.
  func asOf(_ past: Instant?) -> Response {
    guard let past else { return self }
    var response = self
    response.headers[.position] = "\(past.seq)"
    if let at = past.at { response.headers[.time] = at.text }
    return response
  }

  /// One thing as it was: the object has `as_of` as a last member.
  init(json: some Writable, asOf past: Instant?) throws {
    guard let past else {
      try self.init(json: json)
      return
    }
    var bytes: [UInt8] = []
    try json.write(to: &bytes)
    bytes.removeLast()
    bytes += ",\"as_of\":".utf8
    past.write(to: &bytes)
    bytes.append(UInt8(ascii: "}"))
    self = Response(bytes: bytes, type: MediaType.json).asOf(past)
  }
}

extension Instant: Writable {
  func write(to bytes: inout [UInt8]) {
    var object = JSONObject(&bytes)
    object.integer("seq", seq, &bytes)
    object.text("time", at?.text, &bytes)
    object.end(&bytes)
  }
}
