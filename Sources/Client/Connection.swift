import APITypes
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix

/// One connection, for one request: over a Unix socket a new one costs some 50 µs, and there is no
/// kept-alive one for the server to close at the wrong moment.
struct Connection {
  typealias Channel = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

  let address: Address
  /// How long nothing may be heard and nothing be sent before the connection is given up.
  let patience: Duration

  /// Sends `request` and hands the answer to `body` while it arrives; then closes.
  func exchange<Result: Sendable>(
    _ request: Request, headers: [(name: String, value: String)],
    _ body: (Answer) async throws -> Result
  ) async throws -> Result {
    let channel = try await connect()
    let head = Self.head(of: request, adding: headers)
    return try await channel.executeThenClose { inbound, outbound in
      // Beside the reading, since a server that refuses an upload answers before its end.
      async let sent = Self.send(head, request.body, to: outbound) {
        channel.channel.close(promise: nil)
      }
      let answer: Answer
      do {
        answer = try await Self.answer(from: inbound)
      } catch let error as ClientError {
        if error == .interrupted, case .failure(let cause) = await sent { throw cause }
        throw error
      }
      return try await body(answer)
    }
  }

  private func connect() async throws(ClientError) -> Channel {
    let patience = TimeAmount(patience)
    let limit = self.patience
    let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(.seconds(10))
    let prepare = { @Sendable (channel: any NIOCore.Channel) in
      channel.eventLoop.makeCompletedFuture {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(IdleStateHandler(allTimeout: patience))
        var limits = NIOHTTPDecoderLimitConfiguration()
        (limits.maxHeaderFieldSize, limits.maxHeaderListSize) = (HeadSize.whole, HeadSize.whole)
        try pipeline.addHTTPClientHandlers(decoderLimitConfiguration: limits)
        try pipeline.addHandler(IdleHandler(limit: limit))
        return try Channel(wrappingChannelSynchronously: channel)
      }
    }
    do {
      return switch address {
      case .socket(let path):
        try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: prepare)
      case .port(let host, let port):
        try await bootstrap.connect(
          to: SocketAddress(ipAddress: host, port: port), channelInitializer: prepare)
      }
    } catch {
      throw connectError(error)
    }
  }

  private func connectError(_ error: any Error) -> ClientError {
    // Everything else that NIO throws here is about the path: longer than an address can be.
    let code = (error as? IOError)?.errnoCode ?? ENAMETOOLONG
    return switch code {
    case ENOENT, ENOTDIR: .socketMissing([address.description])
    case ECONNREFUSED, ENOTSOCK: .refused(address.description)
    case EACCES, EPERM: .notPermitted(address.description)
    default: .unreachable(address.description, code)
    }
  }

  private static func head(
    of request: Request, adding headers: [(name: String, value: String)]
  ) -> HTTPRequestHead {
    var head = HTTPRequestHead(
      version: .http1_1, method: HTTPMethod(rawValue: request.method.rawValue),
      uri: request.target)
    let host = request.headers.contains { $0.name == "Host" } ? [] : [("Host", "localhost")]
    head.headers = HTTPHeaders(host + [("Connection", "close")])
    head.headers.add(contentsOf: HTTPHeaders((headers + request.headers).map { ($0, $1) }))
    if case .bytes(let bytes) = request.body {
      head.headers.replaceOrAdd(name: "Content-Length", value: String(bytes.count))
    }
    return head
  }

  /// Never throws, so that an answer that came nonetheless is what counts.
  ///
  /// - Parameter abandon: closes the connection, when the rest of the body cannot be had: half a
  ///   body must not look like a whole one.
  private static func send(
    _ head: HTTPRequestHead, _ body: Request.Body,
    to outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>,
    abandon: @Sendable () -> Void
  ) async -> Result<Void, ClientError> {
    do {
      switch body {
      case .none:
        try await outbound.write(contentsOf: [.head(head), .end(nil)])
      case .bytes(let bytes):
        let buffer = IOData.byteBuffer(ByteBuffer(bytes: bytes))
        try await outbound.write(contentsOf: [.head(head), .body(buffer), .end(nil)])
      case .file(let upload):
        try await send(head, upload, to: outbound)
      }
      return .success(())
    } catch {
      let failure = ClientError(transport: error)
      if case .fileUnreadable = failure { abandon() }
      return .failure(failure)
    }
  }

  private static func send(
    _ head: HTTPRequestHead, _ upload: FileUpload,
    to outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>
  ) async throws {
    let file = try FileReader(path: upload.path)
    var head = head
    if let size = file.size {
      head.headers.replaceOrAdd(name: "Content-Length", value: String(size))
    } else {
      head.headers.replaceOrAdd(name: "Transfer-Encoding", value: "chunked")
    }
    try await outbound.write(.head(head))
    var sent: Int64 = 0
    while let piece = try file.next() {
      try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: piece))))
      sent += Int64(piece.count)
      upload.progress(sent)
    }
    try await outbound.write(.end(nil))
  }

  private static func answer(
    from inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>
  ) async throws(ClientError) -> Answer {
    var parts = inbound.makeAsyncIterator()
    let first: HTTPClientResponsePart?
    do {
      first = try await parts.next()
    } catch {
      throw ClientError(transport: error)
    }
    guard case .head(let head) = first else { throw .interrupted }
    return Answer(head: head, parts: parts)
  }
}

/// Turns a silence that lasts too long into an error.
private final class IdleHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart

  private let limit: Duration

  init(limit: Duration) {
    self.limit = limit
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is IdleStateHandler.IdleStateEvent else {
      context.fireUserInboundEventTriggered(event)
      return
    }
    context.fireErrorCaught(ClientError.timedOut(limit))
    context.close(promise: nil)
  }
}
