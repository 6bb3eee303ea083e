import Dispatch
import Glibc

/// Says something before Ctrl-C ends the program.
///
/// The work goes on in the daemon; the message says how to see it again.
final class Interrupt: @unchecked Sendable {
  // Unchecked: the source is made here, resumed once and cancelled once.
  private let source: any DispatchSourceSignal

  init(_ message: @escaping @Sendable () -> Void) {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler {
      message()
      exit(128 + SIGINT)
    }
    source.resume()
  }

  deinit {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
}
