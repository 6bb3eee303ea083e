import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import NIOCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// An answer that can write itself as JSON. Codable is enough where few are asked for; what is asked
/// for thousands of times a second writes its bytes itself.
protocol Writable {
  func write(to bytes: inout [UInt8]) throws
}

extension Writable where Self: Encodable {
  func write(to bytes: inout [UInt8]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    bytes.append(contentsOf: try encoder.encode(self))
  }
}

extension HTTPFields {
  static func type(_ type: String) -> HTTPFields {
    // Nothing of the ledger belongs into anybody's cache: it tells of people, and it changes.
    [.contentType: type, .cacheControl: "no-store"]
  }
}

extension Response {
  init(_ status: HTTPResponse.Status = .ok, bytes: [UInt8], type: String) {
    self.init(
      status: status, headers: .type(type), body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  init(_ status: HTTPResponse.Status = .ok, json: some Writable) throws {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    try json.write(to: &bytes)
    self.init(status, bytes: bytes, type: MediaType.json)
  }

  init(_ page: ProblemPage, error: any Error) {
    var bytes: [UInt8] = []
    page.json.write(to: &bytes)
    self.init(.init(code: page.status), bytes: bytes, type: MediaType.problem)
    if page.status == 503 || page.status == 507 { headers[.retryAfter] = "5" }
    if case Rejection.limited(let limit)? = error as? Rejection, let seconds = limit.retryAfter {
      headers[.retryAfter] = "\(seconds)"
    }
    // Who was refused for an old revision is told the present one where it is looked for.
    if page.status == 412, let revision = page.extras["actual"]?.int {
      headers[.eTag] = "\"\(revision)\""
    }
    if case Rejection.methodNotAllowed(_, let allowed)? = error as? Rejection {
      headers[.allow] = allowed.joined(separator: ", ")
    }
  }

  /// With a revision as the resource's `ETag`.
  func tagged(_ revision: Int64) -> Response {
    var response = self
    response.headers[.eTag] = "\"\(revision)\""
    return response
  }
}

extension Exchange {
  /// The revision that the caller has seen, from `If-Match`; nil where any will do.
  func expectedRevision() throws -> Int64? {
    guard let text = request.headers[.ifMatch], text != "*" else { return nil }
    guard text.utf8.count > 2, text.utf8.first == UInt8(ascii: "\""),
      text.utf8.last == UInt8(ascii: "\""),
      let revision = Int64(text.dropFirst().dropLast())
    else {
      throw Problem.parameterUnreadable(name: "If-Match", value: text, expected: "\"12\"")
    }
    return revision
  }

  /// What `If-Match` says of the tag that the request is about.
  func expecting(_ tag: TagID) throws -> [Expectation] {
    try expectedRevision().map { [.tag(tag, revision: $0)] } ?? []
  }

  func expecting(_ customer: CustomerID) throws -> [Expectation] {
    try expectedRevision().map { [.customer(customer, revision: $0)] } ?? []
  }
}
