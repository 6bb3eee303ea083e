import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// Serves the past on a socket of its own, in the process of whoever looks at it.
///
/// Each request is handed on to the daemon with the last event that counts; it is the daemon that
/// answers as of then and refuses whatever would change something. This process has no file of the
/// ledger open, and can write none.
package struct ReplayService: Sendable {
  typealias Channel = NIOAsyncChannel<HTTPServerRequestPart, HTTPServerResponsePart>

  private let daemon: String
  private let seq: Int64
  private let patience: Duration

  /// - Parameters:
  ///   - daemon: the daemon's socket.
  ///   - seq: the last event that counts.
  package init(daemon: String, seq: Int64, patience: Duration = .seconds(120)) {
    self.daemon = daemon
    self.seq = seq
    self.patience = patience
  }

  /// Serves until the task is cancelled; the socket is for this user alone, and gone afterwards.
  ///
  /// - Parameter ready: called once callers are answered.
  /// - Throws: what binding the socket throws, as where there is a file of that name.
  package func run(on path: String, ready: @Sendable () -> Void) async throws {
    let mask = umask(0o177)
    let server: NIOAsyncChannel<Channel, Never>
    do {
      server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .bind(unixDomainSocketPath: path) { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.configureHTTPServerPipeline()
            return try Channel(wrappingChannelSynchronously: channel)
          }
        }
    } catch {
      umask(mask)
      throw error
    }
    umask(mask)
    defer { unlink(path) }
    ready()
    try await server.executeThenClose { callers in
      await withDiscardingTaskGroup { tasks in
        do {
          for try await caller in callers {
            tasks.addTask { try? await serve(caller) }
          }
        } catch {
          tasks.cancelAll()
        }
      }
    }
  }

  private func serve(_ caller: Channel) async throws {
    try await caller.executeThenClose { inbound, outbound in
      var head: HTTPRequestHead?
      for try await part in inbound {
        switch part {
        case .head(let next): head = next
        // What would change something is refused by its head; nothing that is read has a body.
        case .body: continue
        case .end:
          guard let request = head else { continue }
          head = nil
          try await answer(request, outbound)
          if !request.isKeepAlive { return }
        }
      }
    }
  }

  private func answer(
    _ head: HTTPRequestHead, _ outbound: NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>
  ) async throws {
    let connection = Connection(address: .socket(path: daemon), patience: patience)
    do {
      try await connection.exchange(request(head), headers: []) { answer in
        var response = HTTPResponseHead(
          version: .http1_1, status: .init(statusCode: answer.status),
          headers: answer.headers)
        response.headers.remove(name: "Connection")
        if !head.isKeepAlive { response.headers.add(name: "Connection", value: "close") }
        try await outbound.write(.head(response))
        while let piece = try await answer.next() {
          try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: piece))))
        }
        try await outbound.write(.end(nil))
      }
    } catch let error as ClientError {
      // The daemon is away; who asks again later finds it.
      let headers = HTTPHeaders([("Content-Length", "0"), ("Retry-After", "5")])
      let response = HTTPResponseHead(
        version: .http1_1, status: .serviceUnavailable, headers: headers)
      try await outbound.write(.head(response))
      try await outbound.write(.end(nil))
      if case .problem = error { throw error }
    }
  }

  /// The same request, with the end of the past in it, which nobody else can set.
  private func request(_ head: HTTPRequestHead) -> Request {
    let own: Set = [
      "host", "connection", "content-length", "transfer-encoding", "tagledger-as-of", "expect",
    ]
    var headers = head.headers.filter { !own.contains($0.name.lowercased()) }
      .map { (name: $0.name, value: $0.value) }
    headers.append(("Tagledger-As-Of", "\(seq)"))
    return Request(
      Request.Method(rawValue: head.method.rawValue) ?? .post, head.uri, headers: headers)
  }
}
