import ArgumentParser

/// What every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The daemon's socket; otherwise TAGLEDGER_SOCKET, or the first that is there of $XDG_RUNTIME_DIR/tagledger.sock, ./var/tagledger.sock and /run/tagledger/tagledger.sock.",
      valueName: "path"),
    completion: .file())
  var socket: String?

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
