import Synchronization

/// Draws a progress bar on standard error, at most ten times a second, and only on a terminal.
final class ProgressMeter: Sendable {
  private struct State {
    var samples: [(time: Duration, done: Int64)] = []
    var drawn: Duration?
  }

  /// Over how long the rate is taken: long enough to stand still, short enough to be true.
  private static let window: Duration = .seconds(5)
  private static let pause: Duration = .milliseconds(100)

  private let bar: ProgressBar
  private let terminal: Terminal
  private let started: Duration
  private let state = Mutex(State())

  init(_ bar: ProgressBar, terminal: Terminal) {
    self.bar = bar
    self.terminal = terminal
    started = terminal.now()
  }

  func update(done: Int64, total: Int64?) {
    guard terminal.errIsTerminal else { return }
    let now = terminal.now()
    let rate: Double? = state.withLock { state in
      if let drawn = state.drawn, now - drawn < Self.pause, done != total { return -1 }
      state.drawn = now
      state.samples.append((now, done))
      while state.samples.count > 2, now - state.samples[0].time > Self.window {
        state.samples.removeFirst()
      }
      let (first, last) = (state.samples[0], (time: now, done: done))
      let span = last.time - first.time
      guard span > .milliseconds(200) else { return nil }
      return Double(last.done - first.done) / (span / .seconds(1))
    }
    if rate == -1 { return }
    let text = bar.line(
      done: done, total: total, rate: rate, elapsed: now - started, width: terminal.width() - 1)
    terminal.redraw(text)
  }

  /// Takes the bar away, so that the result stands where it was.
  func finish() {
    guard terminal.errIsTerminal, state.withLock({ $0.drawn != nil }) else { return }
    terminal.redraw("")
  }
}
