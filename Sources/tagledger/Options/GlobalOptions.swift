import ArgumentParser
import Client
import FoundationEssentials
import Glibc

/// What every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The daemon's socket; otherwise TAGLEDGER_SOCKET, or the first that is there of $XDG_RUNTIME_DIR/tagledger.sock, ./var/tagledger.sock and /run/tagledger/tagledger.sock.",
      valueName: "path"),
    completion: .file())
  var socket: String?

  /// Named in the help of the program itself; it would only be in the way in that of every command.
  @Option(
    help: ArgumentHelp(
      "A file with a bearer token; otherwise TAGLEDGER_TOKEN.", valueName: "path",
      visibility: .hidden),
    completion: .file())
  var tokenFile: String?

  @Option(name: [.short, .long], help: "How to print.")
  var output: OutputFormat = .text

  @Flag(name: [.short, .long], help: "Print ids only, one a line.")
  var quiet = false

  @Option(help: "When to use colours; NO_COLOR is heeded.")
  var color: ColorChoice = .auto
}

enum ColorChoice: String, CaseIterable, ExpressibleByArgument, Sendable {
  case auto
  case always
  case never
}

/// How results are printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// For people: tables, sentences, local time, their language.
  case text
  case json
  case csv
  /// One JSON value a line.
  case ndjson
}

extension GlobalOptions {
  /// The token that is presented; nil to act as one's own user.
  ///
  /// A file that is named has to be there: to go on as somebody else would be a surprise.
  func token(_ environment: [String: String]) throws -> String? {
    guard let path = tokenFile else {
      return environment["TAGLEDGER_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
    }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw ClientError.fileUnreadable(path, ENOENT)
    }
    return String(text.prefix { !$0.isNewline })
  }
}
