import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import NIOCore
import ServiceLifecycle

/// Server-sent events: what follows the log writes these, at the pace of whoever reads them.
///
/// Nothing is kept for a reader. Writing waits until the socket takes more, and what has happened
/// meanwhile is then read from the log, so that a slow or dead reader costs nobody anything.
struct EventStream: Sendable {
  /// A comment is sent as often when there is nothing else; by it a dead reader is found out.
  var heartbeat: Duration = .seconds(15)

  /// What a wait ended with.
  enum Wake: Sendable {
    case news
    case quiet
    case stop
  }

  /// The frame of one event; `data` must not be empty, and may have several lines.
  static func frame(id: Int64?, event: String, data: some Sequence<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    if let id { bytes += "id: \(id)\n".utf8 }
    bytes += "event: \(event)\ndata: ".utf8
    for byte in data {
      bytes.append(byte)
      if byte == UInt8(ascii: "\n") { bytes += "data: ".utf8 }
    }
    bytes += "\n\n".utf8
    return bytes
  }

  static let heartbeatFrame = Array(": heartbeat\n\n".utf8)

  /// An answer whose body `write` produces until it returns.
  func response(
    in language: Language,
    _ write: @escaping @concurrent @Sendable (inout Writer) async throws -> Void
  ) -> Response {
    var headers: HTTPFields = .type(MediaType.eventStream)
    // A reverse proxy is not to hold events back until it has a bufferful.
    headers[HTTPField.Name("X-Accel-Buffering")!] = "no"
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody { body in
        // The head goes out at once, so that a reader knows that it is connected.
        var writer = Writer(body: body)
        try await writer.send(Array(": connected\n\n".utf8))
        do {
          try await write(&writer)
        } catch let problem as Problem {
          // Such as a token that has been revoked meanwhile: a reader is told why it ends.
          let page = ProblemPage(problem, in: language)
          try await writer.send(
            Self.frame(id: nil, event: "problem", data: page.json.canonical.utf8))
        }
        try await writer.body.finish(nil)
      })
  }

  struct Writer {
    var body: any ResponseBodyWriter

    /// Returns once the socket has taken it, or throws when nobody is there any more.
    @concurrent mutating func send(_ bytes: [UInt8]) async throws {
      try await body.write(ByteBuffer(bytes: bytes))
    }
  }

  /// Waits for `news`, but no longer than a heartbeat and not beyond the end of the service.
  func wait(for news: @escaping @Sendable () async -> Void) async -> Wake {
    if Task.isShuttingDownGracefully || Task.isCancelled { return .stop }
    return await withTaskGroup(of: Wake?.self) { group in
      group.addTask {
        await news()
        return .news
      }
      group.addTask { [heartbeat] in
        try? await Task.sleep(for: heartbeat)
        return .quiet
      }
      group.addTask {
        (try? await gracefulShutdown()) == nil ? nil : .stop
      }
      var first: Wake?
      while first == nil, let next = await group.next() { first = next }
      group.cancelAll()
      return Task.isCancelled ? .stop : first ?? .stop
    }
  }
}

extension Exchange {
  /// Where a stream goes on: after `Last-Event-ID`, or after `?after=`.
  func lastEventID(_ query: Query) throws -> Int64? {
    if let text = request.headers[HTTPField.Name("Last-Event-ID")!], !text.isEmpty {
      guard let id = Int64(text), id >= 0 else { throw Rejection.cursorUnreadable }
      return id
    }
    return try query.integer("after", in: 0...Int64.max)
  }
}
