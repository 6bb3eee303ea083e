import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore

/// One request with what was found out about it on the way to its handler.
struct Exchange: Sendable {
  let request: Request
  let peer: Peer
  /// The segments of the path that the route leaves open, decoded, in order.
  let captures: [String]
  let logger: Logger

  var actor: Actor {
    peer.actor
  }

  /// The language of what a person reads in the answer.
  var language: Language {
    Language(accepting: request.headers[.acceptLanguage])
  }

  /// Bodies of JSON are short; files come in through `request.body` as a stream.
  static let bodyLimit = 1 << 20

  /// Reads the whole body as one JSON object; an absent body counts as `{}`.
  func body(upTo limit: Int = bodyLimit) async throws -> Fields {
    if let type = request.headers[.contentType], !Self.isJSON(type) {
      throw Rejection.contentTypeUnsupported(type)
    }
    if let length = request.headers[.contentLength].flatMap(Int.init), length > limit {
      throw Problem.bodyTooLarge(limit: limit)
    }
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
    guard let collected, collected.readableBytes > 0 else { return Fields([:]) }
    return try Fields(parsing: collected)
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

extension StringProtocol {
  func trimmingSpaces() -> String {
    let start = drop { $0 == " " || $0 == "\t" }
    guard let end = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
    return String(start[...end])
  }
}
