import APITypes
import ArgumentParser
import Client
import FoundationEssentials
import Synchronization

/// A command that talks to the daemon.
protocol LedgerCommand: AsyncParsableCommand {
  var global: GlobalOptions { get }
  /// Whether it can do nothing without a daemon.
  var needsDaemon: Bool { get }
  /// What it asks in the language of filters, so that the place of an error can be shown in it.
  var filters: [String?] { get }

  func perform(in session: Session) async throws
}

extension LedgerCommand {
  var needsDaemon: Bool { true }
  var filters: [String?] { [] }

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let terminal = Terminal.standard
    let status = await run(environment: environment, terminal: terminal)
    if status != 0 { throw ExitCode(status) }
  }

  /// Performs the command, says what went wrong if something did, and returns the exit code.
  func run(environment: [String: String], terminal: Terminal) async -> Int32 {
    let words = Words(language: Language(environment: environment))
    do {
      let candidates = SocketPath.candidates(option: global.socket, environment: environment)
      var client = Client(
        socket: needsDaemon ? try SocketPath.find(candidates) : candidates[0],
        language: words.language.rawValue)
      client.token = try global.token(environment)
      let isTold = Atomic(false)
      client.onDamage = { seq in
        guard !isTold.exchange(true, ordering: .relaxed) else { return }
        terminal.err(words.soundUntil(seq) + "\n")
      }
      let paint = Paint.choose(
        global.color, isTerminal: terminal.outIsTerminal, environment: environment)
      let session = Session(
        client: client, words: words, terminal: terminal, paint: paint, format: global.output,
        quiet: global.quiet)
      try await perform(in: session)
      return 0
    } catch {
      let paint = Paint.choose(
        global.color, isTerminal: terminal.errIsTerminal, environment: environment)
      return Complaint(
        words: words, terminal: terminal, paint: paint, format: global.output,
        filters: filters.compactMap(\.self)
      ).make(error)
    }
  }
}

/// Says on standard error what went wrong: in words, or as a problem document for programs.
struct Complaint {
  let words: Words
  let terminal: Terminal
  let paint: Paint
  let format: OutputFormat
  var filters: [String] = []

  /// Returns the exit code that goes with it.
  func make(_ error: any Error) -> Int32 {
    switch error {
    case let code as ExitCode:
      // An answer that scripts read, and all has been said.
      return code.rawValue
    case let error as ClientError:
      say(words.tell(error), error.code, error.problem)
      return error.exitStatus
    case Failure.rowsRefused:
      return Failure.rowsRefused.exitStatus
    case Failure.notDelivered:
      return Failure.notDelivered.exitStatus
    case Failure.declined where format == .text:
      // Who said no knows that it is no error.
      terminal.err("\(words.notDone)\n")
      return Failure.declined.exitStatus
    case let failure as Failure:
      var problem: ProblemDocument?
      if case .jobFailed(let told) = failure { problem = told }
      say(words.tell(failure), failure.code, problem)
      return failure.exitStatus
    default:
      say("\(error)", "unexpected", nil)
      return ExitStatus.internalError
    }
  }

  private func say(_ text: String, _ code: String, _ problem: ProblemDocument?) {
    switch format {
    case .json, .ndjson:
      let document = problem ?? ProblemDocument(title: text, status: 0, code: code)
      terminal.err(JSONText.line(document) + "\n")
    case .text, .csv:
      let label = paint("\(words.error):", .bad)
      // Below a list, or it would seem to belong to its last line.
      let gap = text.contains("\n") ? "\n" : " "
      terminal.err("\(label) \(text)\(gap)\(paint("[\(code)]", .dim))\n")
      guard let place = problem.flatMap({ FilterPlace($0, in: filters) }) else { return }
      terminal.err("  \(place.line)\n  \(place.indent)\(paint("^", .bad))\n")
    }
  }
}
