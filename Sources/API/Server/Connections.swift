import APITypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import Synchronization

/// HTTP/1.1 on one accepted connection, whose peer is asked for once.
struct Connection: ServerChildChannel {
  typealias Value = HTTP1Channel.Value

  private let http: HTTP1Channel
  private let limits: RequestLimits
  private let users: UserConnections
  private let met: @Sendable (RequestLimit) -> Void

  /// - Parameter met: told of each limit that is met before a request can be answered.
  init(
    _ requestLimits: RequestLimits, met: @escaping @Sendable (RequestLimit) -> Void,
    responder: @escaping HTTPChannelHandler.Responder
  ) {
    self.limits = requestLimits
    self.met = met
    users = UserConnections(limit: requestLimits.connectionsPerUser)
    // Nothing is longer than a long filter: what does not fit here is a mistake or an attack.
    let limits = HTTP1Channel.Configuration.DecoderConfiguration(
      maxHeaderFieldSize: HeadSize.whole, maxHeaderListSize: HeadSize.whole,
      maxHeaderFieldCount: 100)
    http = HTTP1Channel(
      responder: responder,
      configuration: .init(idleTimeout: .minutes(5), httpDecoderConfiguration: limits))
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      try channel.pipeline.syncOperations.addHandler(PaceHandler(limits, met: met))
    }.flatMap {
      http.setup(channel: channel, logger: logger)
    }.flatMapThrowing { value in
      let pipeline = channel.pipeline.syncOperations
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      try pipeline.addHandler(PaceMarker(), position: .after(decoder))
      return value
    }
  }

  func handle(value: Value, logger: Logger) async {
    let peer = await Peer.of(value.channel)
    guard users.enter(peer.uid) else { return await refuse(value) }
    defer { users.leave(peer.uid) }
    await Peer.$current.withValue(peer) {
      await http.handle(value: value, logger: logger)
    }
  }

  /// Lets the time keeper say that there are too many, and waits until it has closed.
  private func refuse(_ value: Value) async {
    let channel = value.channel
    let limit = RequestLimit.connections(limit: limits.connectionsPerUser)
    channel.eventLoop.execute {
      try? channel.pipeline.syncOperations.handler(type: PaceHandler.self).refuseSoon(limit)
    }
    try? await value.executeThenClose { inbound, _ in
      for try await _ in inbound {}
    }
  }
}

/// The open connections, so that a graceful stop can ask each to end after its present request.
final class Connections: Sendable {
  private struct Held {
    var channels: [ObjectIdentifier: any Channel] = [:]
    var stopping = false
  }

  private let held = Mutex(Held())

  var count: Int {
    held.withLock { $0.channels.count }
  }

  func add(_ channel: any Channel) {
    let stopping = held.withLock {
      $0.channels[ObjectIdentifier(channel)] = channel
      return $0.stopping
    }
    if stopping { quiesce(channel) }
  }

  func remove(_ channel: any Channel) {
    held.withLock { _ = $0.channels.removeValue(forKey: ObjectIdentifier(channel)) }
  }

  func stop() {
    let open = held.withLock {
      $0.stopping = true
      return Array($0.channels.values)
    }
    for channel in open { quiesce(channel) }
  }

  private func quiesce(_ channel: any Channel) {
    channel.eventLoop.execute {
      channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
  }
}
