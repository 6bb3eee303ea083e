import NIOCore
import NIOHTTP1

/// One answer whose body is read as it arrives.
package final class Answer {
  package let status: Int
  private let fields: HTTPHeaders
  private var parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
  private var ended = false

  init(
    head: HTTPResponseHead,
    parts: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
  ) {
    status = Int(head.status.code)
    fields = head.headers
    self.parts = parts
  }

  /// All of them, as they came.
  var headers: HTTPHeaders { fields }

  package func header(_ name: String) -> String? {
    fields.first(name: name)
  }

  /// Without its parameters, in lower case.
  package var contentType: String {
    let value = header("Content-Type") ?? ""
    let type = value.prefix { $0 != ";" }
    return String(type.filter { !$0.isWhitespace }).lowercased()
  }

  /// Returns the next piece of the body, or nil at its end.
  ///
  /// A body that ends early is an error, `interrupted`, and never taken for a short one.
  package func next() async throws(ClientError) -> [UInt8]? {
    while !ended {
      let part: HTTPClientResponsePart?
      do {
        part = try await parts.next(isolation: #isolation)
      } catch {
        throw ClientError(transport: error)
      }
      switch part {
      case .head: continue
      case .body(let buffer): return Array(buffer: buffer)
      case .end: ended = true
      case nil: throw .interrupted
      }
    }
    return nil
  }

  /// Returns the whole body, refusing one that is larger than `limit` bytes.
  package func collect(upTo limit: Int = 256 << 20) async throws(ClientError) -> [UInt8] {
    var bytes: [UInt8] = []
    while let piece = try await next() {
      bytes += piece
      guard bytes.count <= limit else {
        throw .answerUnreadable("more than \(limit) bytes")
      }
    }
    return bytes
  }
}

extension ClientError {
  /// What an error of the connection means, once there has been a connection.
  init(transport error: any Error) {
    self = error as? ClientError ?? .interrupted
  }
}
