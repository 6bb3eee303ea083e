import Glibc

/// Standard input, output and error, replaceable in tests.
struct Terminal: Sendable {
  var write: @Sendable ([UInt8]) -> Void
  var writeError: @Sendable ([UInt8]) -> Void
  /// Reads one line; nil at the end of the input.
  var line: @Sendable () -> String?
  var inIsTerminal: Bool
  var outIsTerminal: Bool
  var errIsTerminal: Bool
  /// Columns of the window, asked anew each time because people resize it.
  var width: @Sendable () -> Int
  /// Time since some fixed moment.
  var now: @Sendable () -> Duration

  /// Whether somebody is there to be asked.
  var canAsk: Bool { inIsTerminal && errIsTerminal }

  // What goes elsewhere than to a terminal goes there as it is.

  func out(_ text: String) {
    write(Array((outIsTerminal ? Printable.text(text, keepsPaint: true) : text).utf8))
  }

  func err(_ text: String) {
    writeError(Array((errIsTerminal ? Printable.text(text, keepsPaint: true) : text).utf8))
  }

  /// Shows a text in place of the line that standard error stands in.
  func redraw(_ text: String) {
    writeError(Array("\r\u{1B}[K\(text)".utf8))
  }
}

extension Terminal {
  static let standard = Terminal(
    write: { write($0, to: STDOUT_FILENO) },
    writeError: { write($0, to: STDERR_FILENO) },
    line: { readLine() },
    inIsTerminal: isatty(STDIN_FILENO) == 1,
    outIsTerminal: isatty(STDOUT_FILENO) == 1,
    errIsTerminal: isatty(STDERR_FILENO) == 1,
    width: { windowWidth() },
    now: { monotonicTime() })

  private static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        // NIO ignores SIGPIPE for the whole process; `tagledger … | head` still ends quietly.
        exit(errno == EPIPE ? 128 + SIGPIPE : ExitStatus.cannotWrite)
      }
      rest = rest.dropFirst(written)
    }
  }

  private static func windowWidth() -> Int {
    var size = winsize()
    for descriptor in [STDOUT_FILENO, STDERR_FILENO] {
      if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
        return Int(size.ws_col)
      }
    }
    return 80
  }

  private static func monotonicTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
