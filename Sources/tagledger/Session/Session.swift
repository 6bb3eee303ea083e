import Client

/// What a command has to work with.
struct Session: Sendable {
  let client: Client
  let words: Words
  let terminal: Terminal
  /// Of standard output.
  let paint: Paint
  let format: OutputFormat
  let quiet: Bool
  /// How long a daemon that stops while its work is watched is waited for.
  var patience: Duration = .seconds(60)

  var finder: Finder { Finder(client: client) }

  /// Finds what was called so when that event was the last; now where it is nil.
  func finder(asOf seq: String?) -> Finder { Finder(client: client, asOf: seq) }

  func print(_ text: String) {
    terminal.out("\(text)\n")
  }

  /// Says what is not part of the result.
  func remark(_ text: String) {
    terminal.err("\(text)\n")
  }

  /// Where tables are cut; nothing is cut where it is not a person who reads.
  var tableWidth: Int? {
    terminal.outIsTerminal ? terminal.width() : nil
  }
}
