import Domain
import NIOCore
import NIOHTTP1

/// Where one connection is between the first byte of a request and the first byte of its answer, and
/// what is to be done as time goes by.
///
/// A value without a clock: who holds it says what has happened and when.
struct Pace {
  enum Phase: Equatable {
    /// Nothing of a request has come, or the answer to the last one is going out.
    case quiet
    case head(since: NIODeadline)
    /// With how many bytes have come since.
    case body(since: NIODeadline, bytes: Int)
    case answer(since: NIODeadline)
    case refused
  }

  private(set) var phase = Phase.quiet
  /// Whether more is read when it comes; else it is this side that keeps the body waiting.
  var isReading = true
  let limits: RequestLimits

  /// A body that brings less than this in its time is held back on purpose.
  static let leastBytes = 4096

  init(_ limits: RequestLimits) {
    self.limits = limits
  }

  mutating func bytesCame(_ count: Int, at now: NIODeadline) {
    isReading = false
    switch phase {
    case .quiet: phase = .head(since: now)
    case .body(let since, let bytes): phase = .body(since: since, bytes: bytes + count)
    case .head, .answer, .refused: break
    }
  }

  mutating func headCame(at now: NIODeadline) {
    if phase != .refused { phase = .body(since: now, bytes: 0) }
  }

  mutating func bodyEnded(at now: NIODeadline) {
    if case .body = phase { phase = .answer(since: now) }
  }

  mutating func answerBegan() {
    if phase != .refused { phase = .quiet }
  }

  mutating func refused() {
    phase = .refused
  }

  /// The limit that has been met by now.
  mutating func limit(at now: NIODeadline) -> RequestLimit? {
    switch phase {
    case .quiet, .refused: return nil
    case .head(let since):
      return isOver(limits.headSeconds, since, now) ? .head(seconds: limits.headSeconds) : nil
    case .answer(let since):
      return isOver(limits.answerSeconds, since, now)
        ? .answer(seconds: limits.answerSeconds) : nil
    case .body(let since, let bytes):
      guard isReading else {
        phase = .body(since: now, bytes: 0)
        return nil
      }
      guard isOver(limits.bodySeconds, since, now) else { return nil }
      phase = .body(since: now, bytes: 0)
      return bytes < Self.leastBytes ? .body(seconds: limits.bodySeconds) : nil
    }
  }

  private func isOver(_ seconds: Int, _ since: NIODeadline, _ now: NIODeadline) -> Bool {
    seconds > 0 && now - since >= .seconds(Int64(seconds))
  }
}

/// Keeps the time of one connection, next to its socket: it sees the bytes, before there is a request
/// that could be answered in the usual way.
///
/// One look now and then instead of a timer for each request, so that requests do not pay for it.
final class PaceHandler: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = IOData
  typealias OutboundOut = IOData

  private var pace: Pace
  private var language = Language.en
  private var context: ChannelHandlerContext?
  /// A limit met by the connection as such; told as soon as it has said something, or soon.
  private var pending: RequestLimit?
  private let met: @Sendable (RequestLimit) -> Void

  private static let interval = TimeAmount.milliseconds(500)

  /// - Parameter met: told of each limit that is met, to be counted.
  init(_ limits: RequestLimits, met: @escaping @Sendable (RequestLimit) -> Void) {
    pace = Pace(limits)
    self.met = met
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    look(again: context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  private func look(again context: ChannelHandlerContext) {
    context.eventLoop.assumeIsolated().scheduleTask(in: Self.interval) {
      guard let context = self.context, context.channel.isActive else { return }
      if let limit = self.pending ?? self.pace.limit(at: .now()) { self.refuse(limit) }
      self.look(again: context)
    }
  }

  // MARK: What happens

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard pace.phase != .refused else { return }
    pace.bytesCame(unwrapInboundIn(data).readableBytes, at: .now())
    context.fireChannelRead(data)
  }

  func read(context: ChannelHandlerContext) {
    pace.isReading = true
    context.read()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard pace.phase != .refused else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    pace.answerBegan()
    context.write(data, promise: promise)
  }

  func headCame(language: Language) {
    self.language = language
    pace.headCame(at: .now())
    if let pending { refuse(pending) }
  }

  func bodyEnded() {
    pace.bodyEnded(at: .now())
  }

  /// Refuses whatever comes next on this connection; it has a moment to say something.
  func refuseSoon(_ limit: RequestLimit) {
    pending = limit
    if case .body = pace.phase { refuse(limit) }
    if case .answer = pace.phase { refuse(limit) }
  }

  /// Says why, and closes.
  func refuse(_ limit: RequestLimit) {
    guard let context, pace.phase != .refused else { return }
    pace.refused()
    met(limit)
    let answer = IOData.byteBuffer(ByteBuffer(bytes: Self.answer(limit, in: language)))
    let closing = context.eventLoop.makePromise(of: Void.self)
    closing.futureResult.assumeIsolated().whenComplete { _ in
      self.context?.close(promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(answer), promise: closing)
  }

  static func answer(_ limit: RequestLimit, in language: Language) -> [UInt8] {
    let page = ProblemPage(Rejection.limited(limit), in: language)
    var body: [UInt8] = []
    page.json.write(to: &body)
    let status = HTTPResponseStatus(statusCode: page.status)
    let wait = limit.retryAfter.map { "Retry-After: \($0)\r\n" } ?? ""
    return Array(
      """
      HTTP/1.1 \(page.status) \(status.reasonPhrase)\r
      Content-Type: application/problem+json\r
      Cache-Control: no-store\r
      Date: \(DateClock.text(DateClock.second))\r
      Content-Length: \(body.count)\r
      Connection: close\r
      \(wait)\r

      """.utf8) + body
  }
}

/// Tells the time keeper where in a request the connection is.
final class PaceMarker: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  private var keeper: PaceHandler?

  func handlerAdded(context: ChannelHandlerContext) {
    keeper = try? context.pipeline.syncOperations.handler(type: PaceHandler.self)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      keeper?.headCame(language: Language(accepting: head.headers.first(name: "Accept-Language")))
    case .body: break
    case .end: keeper?.bodyEnded()
    }
    context.fireChannelRead(data)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if error is HTTPParserError, let keeper {
      keeper.refuse(.unreadable)
    } else {
      context.fireErrorCaught(error)
    }
  }
}
