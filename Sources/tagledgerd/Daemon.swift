import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import UnixSignals

/// The daemon: reads its settings, makes sure it is alone, opens the ledger, serves, stops in order.
@main
struct Daemon {
  static let version = "0.1.0"

  static func main() async {
    do throws(StartFailure) {
      try await start()
    } catch {
      FileHandle.standardError.write(Data("tagledgerd: \(error.message)\n".utf8))
      exit(error.code.rawValue)
    }
  }

  private static func start() async throws(StartFailure) {
    let environment = ProcessInfo.processInfo.environment
    let arguments = try Arguments(CommandLine.arguments)
    switch arguments.act {
    case .help: return say(Arguments.help)
    case .version: return say("tagledgerd \(version)")
    case .printConfiguration:
      return say(try await Settings.load(arguments, environment: environment).described)
    case .serve: break
    }
    let settings = try await Settings.load(arguments, environment: environment)
    let logger = Self.logger(settings)

    // Alone first, on the data and on the socket; only then is anything opened.
    let directory = try DataDirectory(path: settings.dataDirectory, logger: logger)
    let founder = try directory.founder(configured: settings.founderUID)
    let listener = try SocketListener.opened(settings, environment)
    defer { listener.remove() }

    let router = Router(context: BasicRequestContext.self)
    router.get("/healthz") { _, _ in "ok\n" }
    router.get("/readyz") { _, _ in "ok\n" }
    let manager = ServiceManager(environment)
    let server = SocketServer(
      responder: router.buildResponder(), descriptor: listener.descriptor, logger: logger
    ) {
      manager.say("READY=1")
      logger.notice("ready", metadata: ["socket": "\(listener.path)", "data": "\(directory.path)"])
      if arguments.welcome {
        say(welcome(environment, listener.path, directory.path, founder).text)
      }
    }
    var group = ServiceGroupConfiguration(
      services: [server, Heartbeat(manager: manager) { true }],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    group.maximumGracefulShutdownDuration = .seconds(settings.graceSeconds)
    do {
      try await ServiceGroup(configuration: group).run()
    } catch is CancellationError {
      logger.warning("stopped before every request had its answer")
    } catch {
      logger.error("stopped by a failure", metadata: ["error": "\(error)"])
    }
    logger.notice("stopped")
  }

  private static func welcome(
    _ environment: [String: String], _ socket: String, _ data: String, _ founder: UInt32
  ) -> Welcome {
    let user = getpwuid(founder).map { String(cString: $0.pointee.pw_name) }
    let program = CommandLine.arguments.first ?? ""
    let beside = program.hasSuffix("tagledgerd") && program.contains("/")
    return Welcome(
      language: .init(environment), socket: socket, dataDirectory: data,
      founder: user.map { "\($0) (uid \(founder))" } ?? "uid \(founder)",
      command: beside ? String(program.dropLast()) : "tagledger")
  }

  private static func logger(_ settings: Settings) -> Logger {
    let format = settings.logFormat ?? (isatty(STDERR_FILENO) == 1 ? .text : .json)
    let level = settings.logLevel
    LoggingSystem.bootstrap { label in
      LineLogHandler(
        logLevel: level, format: format, label: label, write: LineLogHandler.standardError)
    }
    return Logger(label: "tagledgerd")
  }

  private static func say(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
  }
}
