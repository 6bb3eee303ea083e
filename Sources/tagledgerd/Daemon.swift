import API
import APITypes
import Domain
import EventLog
import Foundation
import Ledger
import Logging
import Metrics
import ServiceLifecycle
import UnixSignals
import Webhooks

/// The daemon: reads its settings, makes sure it is alone, opens the ledger, serves, stops in order.
@main
struct Daemon {
  static let version = Product.version

  static func main() async {
    do throws(StartFailure) {
      try await start()
    } catch {
      FileHandle.standardError.write(Data("tagledgerd: \(error.message)\n".utf8))
      exit(error.code.rawValue)
    }
  }

  private static func start() async throws(StartFailure) {
    // Whatever is written tells of customers. What others may open, such as the socket, is given its
    // mode by name.
    umask(0o077)
    let environment = ProcessInfo.processInfo.environment
    let arguments = try Arguments(CommandLine.arguments)
    switch arguments.act {
    case .help: return say(Arguments.help)
    case .version: return say("tagledgerd \(version)")
    case .printConfiguration:
      return say(try await Settings.load(arguments, environment: environment).described)
    case .serve, .newOrigin, .restore: break
    }
    let settings = try await Settings.load(arguments, environment: environment)
    let logger = Self.logger(settings)
    if case .restore(let flags) = arguments.act {
      let options = options(
        settings, settings.dataDirectory, logger, continuing: flags.continuing)
      return say(try await Restoring(flags: flags, options: options).perform())
    }
    let registry = PrometheusRegistry()
    MetricsSystem.bootstrap(registry)

    // Alone on the socket before anything is opened; the ledger sees to it that it is alone on the
    // data. Whoever calls meanwhile waits in the socket's queue.
    let directory = settings.dataDirectory
    try DataDirectory.prepare(directory, logger: logger)
    if arguments.act == .newOrigin {
      return try await continueUnderNewOrigin(settings, directory, logger)
    }
    let listener = try SocketListener.opened(settings, environment)
    defer { listener.remove() }
    let ledger = try await open(settings, directory, logger)
    await serve(ledger, listener, settings, registry, logger) {
      logger.notice("ready", metadata: ["socket": "\(listener.path)", "data": "\(directory)"])
      if arguments.welcome {
        say(welcome(environment, listener.path, directory, ledger.founder).text)
      }
    }
    await ledger.close()
    logger.notice("stopped")
  }

  /// Opens a new origin after a deliberate restore. Apart from serving, so that a restart does not do
  /// it again.
  private static func continueUnderNewOrigin(
    _ settings: Settings, _ directory: String, _ logger: Logger
  ) async throws(StartFailure) {
    let now = Timestamp.wallClock()
    let ledger = try await open(
      settings, directory, logger, continuing: .underNewOrigin(nil, at: now))
    let (origin, size) = (ledger.origin, ledger.head.size)
    await ledger.close()
    guard size > 0 else {
      throw StartFailure(
        code: .usage, message: "the log in \(directory) is empty: nothing to go on")
    }
    say("the log goes on as \(origin) from event \(size); verifier key \(ledger.verifierKey)")
  }

  private static func open(
    _ settings: Settings, _ directory: String, _ logger: Logger,
    continuing: Continuing = .asSigned
  ) async throws(StartFailure) -> Ledger {
    do throws(Problem) {
      return try await Ledger.open(options(settings, directory, logger, continuing: continuing))
    } catch {
      throw StartFailure(error, directory: directory)
    }
  }

  private static func options(
    _ settings: Settings, _ directory: String, _ logger: Logger,
    continuing: Continuing = .asSigned
  ) -> LedgerOptions {
    var limits = Limits()
    limits.nameLength = settings.tagNameLimit
    limits.bulk = settings.bulkLimit
    var options = LedgerOptions(
      directory: directory, uid: settings.founderUID ?? getuid(), proxies: settings.proxyUIDs,
      limits: limits,
      log: LogOptions(
        origin: continuing.isNewOrigin ? nil : settings.origin,
        keyFile: settings.keyFile, signingKeyFile: settings.signingKeyFile,
        secondPlace: secondPlace(settings, logger),
        continuing: continuing, remembersRequestsFor: settings.rememberedHours),
      scrubInterval: .seconds(settings.scrubIntervalSeconds),
      explain: { ProblemPage($0, in: Language(rawValue: $1) ?? .en).detail },
      pages: ProblemPage.inAllLanguages, logger: logger)
    if let zone = settings.timeZone { options.zone = zone }
    return options
  }

  private static func secondPlace(_ settings: Settings, _ logger: Logger) -> SecondPlace? {
    guard let copy = settings.checkpointCopy else { return nil }
    guard copy == "journal" else { return .file(copy) }
    return .told { logger.notice("checkpoint", metadata: ["checkpoint": "\($0)"]) }
  }

  /// Serves until a signal comes, then lets requests finish for as long as the settings say.
  private static func serve(
    _ ledger: Ledger, _ listener: SocketListener, _ settings: Settings,
    _ registry: PrometheusRegistry, _ logger: Logger, onRunning: @escaping @Sendable () -> Void
  ) async {
    let manager = ServiceManager(ProcessInfo.processInfo.environment)
    let courier = Courier(ledger, settings: settings.courier, logger: logger)
    let api = API(
      ledger, version: version, registry: registry, pageLimit: settings.changesPageLimit,
      limits: settings.requests, courier: courier)
    let server = APIServer(api, descriptor: listener.descriptor, logger: logger) {
      manager.say("READY=1")
      onRunning()
    }
    var group = ServiceGroupConfiguration(
      services: [courier, server, Heartbeat(manager: manager, ledger: ledger)],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    group.maximumGracefulShutdownDuration = .seconds(settings.graceSeconds)
    do {
      try await ServiceGroup(configuration: group).run()
    } catch is CancellationError {
      logger.warning("stopped before every request had its answer")
    } catch {
      logger.error("stopped by a failure", metadata: ["error": "\(error)"])
    }
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

extension StartFailure {
  /// Why a ledger could not be opened, with the exit code for it.
  init(_ problem: Problem, directory: String) {
    switch problem {
    case .dataInUse(let holder):
      self = .inUse("another daemon is using the data in \(holder)")
    case .storageFull: self = .io("the disk is full: \(directory)")
    case .storageFailed(let what), .logDamaged(let what): self = .io(what)
    default: self = StartFailure(code: .software, message: "\(problem)")
    }
  }
}
