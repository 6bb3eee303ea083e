import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger
import Logging
import NIOCore

/// One request with what was found out about it on the way to its handler.
struct Exchange: Sendable {
  var request: Request
  let peer: Peer
  /// The segments of the path that the route leaves open, decoded, in order.
  let captures: [String]
  let logger: Logger
  /// What its `Idempotency-Key` stands for; nil where it has none.
  var keyed: KeyedRequest?
  /// How large bodies may be.
  var limits = RequestLimits()
  /// How whoever asks is known; the ledger asks again, at the place where it decides.
  private(set) var caller = Caller.local(uid: Caller.nobodyUID)
  private var admission: Admission?

  init(
    request: Request, peer: Peer, captures: [String], logger: Logger,
    limits: RequestLimits = RequestLimits()
  ) {
    self.request = request
    self.peer = peer
    self.captures = captures
    self.logger = logger
    self.limits = limits
  }

  mutating func admit(_ caller: Caller, _ admission: Admission) {
    self.caller = caller
    self.admission = admission
  }

  /// Who has been let in; nobody on routes that anyone may ask.
  var actor: Actor {
    admission?.actor ?? .local(uid: Caller.nobodyUID)
  }

  /// Asks of whoever has been let in a permission besides.
  func require(_ permission: Permission) throws(Problem) {
    try admission?.require(permission)
  }

  /// The state in which they were let in, and which they read; empty on routes that anyone may ask.
  var state: State {
    admission?.state ?? State()
  }

  /// The language of what a person reads in the answer.
  var language: Language {
    Language(
      accepting: request.headers[.acceptLanguage],
      or: actor.operator.flatMap { state.team[$0] }.flatMap { Language(rawValue: $0.language) })
  }

  /// Reads the whole body as one JSON object; an absent body counts as `{}`.
  ///
  /// Bodies of JSON are short; files come in through `request.body` as a stream.
  func body() async throws -> Fields {
    try await body(upTo: limits.bodyBytes)
  }

  func body(upTo limit: Int) async throws -> Fields {
    if let type = request.headers.value(.contentType), !Self.isJSON(type) {
      throw Rejection.contentTypeUnsupported(type)
    }
    if let length = request.headers.value(.contentLength).flatMap({ Int($0) }), length > limit {
      throw Problem.bodyTooLarge(limit: limit)
    }
    guard let bytes = try await bytes(upTo: limit) else { return Fields([:]) }
    return try Fields(parsing: bytes)
  }

  /// The whole body as it came; nil where there is none.
  func bytes(upTo limit: Int) async throws -> ByteBuffer? {
    // One buffer is what nearly every request is: it is read where it lies.
    var collected: ByteBuffer?
    for try await part in request.body {
      guard (collected?.readableBytes ?? 0) + part.readableBytes <= limit else {
        throw Problem.bodyTooLarge(limit: limit)
      }
      if collected == nil {
        collected = part
      } else {
        collected!.writeImmutableBuffer(part)
      }
    }
    return collected.flatMap { $0.readableBytes > 0 ? $0 : nil }
  }

  private static func isJSON(_ type: String) -> Bool {
    if type == MediaType.json { return true }
    let name = type.prefix { $0 != ";" }
    return name.lowercased().trimmingSpaces() == MediaType.json
  }

  func query() throws -> Query {
    try Query(request.uri.query)
  }
}

extension HTTPFields {
  /// What `self[name]` is, without joining a list where the field stands there once.
  func value(_ name: HTTPField.Name) -> String? {
    var found: String?
    for field in self where field.name == name {
      if found != nil { return self[name] }
      found = field.value
    }
    return found
  }
}

extension StringProtocol {
  func trimmingSpaces() -> String {
    let start = drop { $0 == " " || $0 == "\t" }
    guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return String(start[...end])
  }
}
