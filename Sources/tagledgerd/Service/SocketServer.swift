import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix
import ServiceLifecycle

/// Serves HTTP on a socket that is already listening.
///
/// Hummingbird's own server binds by itself, and replaces a live socket without a word; it can
/// neither take over a descriptor from systemd nor set a mode before the first caller connects.
/// So the connections are accepted here, and handled by Hummingbird's HTTP/1 channel.
struct SocketServer<Responder: HTTPResponder>: Service
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
  let responder: Responder
  let descriptor: Int32
  let logger: Logger
  /// Called once requests are being answered.
  let onRunning: @Sendable () async -> Void

  func run() async throws {
    let responder = responder
    let logger = logger
    let dates = DateField()
    let http = HTTP1Channel { request, writer, channel in
      var logger = logger
      logger[metadataKey: "hb.request.id"] = .stringConvertible(RequestID())
      let context = Responder.Context(source: .init(channel: channel, logger: logger))
      var response: Response
      do {
        response = try await responder.respond(to: request, context: context)
      } catch let error as HTTPParserError {
        // The channel answers what is no HTTP with 400, and closes.
        throw error
      } catch {
        logger.error("a request failed", metadata: ["error": "\(error)"])
        response = Response(status: .internalServerError)
      }
      response.headers[.date] = dates.now()
      try await writer.write(response: response.head, body: response.body)
    }
    let quiescing = ServerQuiescingHelper(group: MultiThreadedEventLoopGroup.singleton)
    let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            quiescing.makeServerChannelHandler(channel: channel))
        }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .bind(descriptor) { http.setup(channel: $0, logger: logger) }

    await withGracefulShutdownHandler {
      await onRunning()
      await withDiscardingTaskGroup { group in
        do {
          try await server.executeThenClose { connections in
            for try await connection in connections {
              group.addTask { await http.handle(value: connection, logger: logger) }
            }
          }
        } catch {
          logger.error("no more connections can be accepted", metadata: ["error": "\(error)"])
        }
      }
    } onGracefulShutdown: {
      // Idle connections are closed, busy ones after their answer.
      quiescing.initiateShutdown(promise: nil)
    }
  }
}
