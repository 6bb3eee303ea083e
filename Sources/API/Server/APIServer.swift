import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Serves the API on a socket that is bound and listening already: one made by the daemon, or handed
/// over by systemd. Hummingbird's own server would replace a live socket and delete it when it leaves.
package struct APIServer: Service {
  private let front: Front
  private let descriptor: Int32
  private let logger: Logger
  private let onRunning: @Sendable () async -> Void

  /// - Parameters:
  ///   - hosts: further names under which the ledger is addressed, as a reverse proxy may.
  ///   - descriptor: closed when the server ends.
  ///   - onRunning: called once requests are being answered.
  package init(
    _ api: API, hosts: Set<String> = [], descriptor: Int32, logger: Logger,
    onRunning: @escaping @Sendable () async -> Void = {}
  ) {
    let table = RouteTable(API.routes)
    front = Front(
      api: api, gate: Gate(hosts: hosts.union(["localhost", "tagledger"])), table: table,
      meters: api.meters, logger: logger)
    self.descriptor = descriptor
    self.logger = logger
    self.onRunning = onRunning
  }

  package func run() async throws {
    let connections = Connections()
    let connection = Connection(front.api.limits, met: front.meters.count) {
      [front] request, writer, _ in
      let response = try await front.respond(to: request)
      try await writer.write(response: response.head, body: response.body)
    }
    let (accepted, entrance) = AsyncStream<Connection.Value>.makeStream()
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 1024)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { [logger] channel in
        connection.setup(channel: channel, logger: logger).map { value in
          _ = entrance.yield(value)
        }
      }
      .withBoundSocket(descriptor).get()
    server.closeFuture.whenComplete { _ in entrance.finish() }
    await withTaskCancellationOrGracefulShutdownHandler {
      await onRunning()
      await withDiscardingTaskGroup { tasks in
        for await value in accepted {
          connections.add(value.channel)
          tasks.addTask { [logger] in
            await connection.handle(value: value, logger: logger)
            connections.remove(value.channel)
          }
        }
      }
    } onCancelOrGracefulShutdown: {
      // New callers are turned away first; then each connection ends after its present request.
      server.close(promise: nil)
      connections.stop()
    }
  }
}
