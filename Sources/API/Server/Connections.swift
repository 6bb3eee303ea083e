import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// HTTP/1.1 on one accepted connection, whose peer is asked for once.
struct Connection: ServerChildChannel {
  typealias Value = HTTP1Channel.Value

  private let http: HTTP1Channel

  init(responder: @escaping HTTPChannelHandler.Responder) {
    // Local callers send short heads: what does not fit here is a mistake or an attack.
    let limits = HTTP1Channel.Configuration.DecoderConfiguration(
      maxHeaderFieldSize: 16 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)
    http = HTTP1Channel(
      responder: responder,
      configuration: .init(idleTimeout: .minutes(5), httpDecoderConfiguration: limits))
  }

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    http.setup(channel: channel, logger: logger)
  }

  func handle(value: Value, logger: Logger) async {
    let peer = await Peer.of(value.channel)
    await Peer.$current.withValue(peer) {
      await http.handle(value: value, logger: logger)
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
