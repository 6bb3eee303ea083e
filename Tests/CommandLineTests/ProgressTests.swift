import Synchronization
import Testing

@testable import tagledger

@Suite struct ProgressTests {
  private static let bar = ProgressBar(
    label: "importing", unit: .things("rows"), words: Words(language: .english))

  @Test func `a bar tells share, amount, rate and time left`() {
    let line = Self.bar.line(
      done: 50_000, total: 200_000, rate: 12_500, elapsed: .seconds(4), width: 90)
    #expect(
      line == "importing  ████████░░░░░░░░░░░░░░░░░░░░░░░░  25%  "
        + "50,000/200,000 rows  12,500/s  0:12 left")
  }

  @Test func `without a total there is no share and no end`() {
    let line = Self.bar.line(done: 7, total: nil, rate: nil, elapsed: .seconds(75), width: 80)
    #expect(line == "importing  7 rows  1:15")
  }

  @Test(arguments: 1...100)
  func `a bar never wraps`(width: Int) {
    let line = Self.bar.line(
      done: 199_999, total: 200_000, rate: 1, elapsed: .seconds(9000), width: width)
    #expect(DisplayWidth.of(line) <= width)
  }

  @Test func `bytes are told as such`() {
    let bar = ProgressBar(label: "enviando", unit: .bytes, words: Words(language: .portuguese))
    let line = bar.line(
      done: 1_500_000, total: 3_000_000, rate: 750_000, elapsed: .seconds(2), width: 60)
    #expect(line.contains("50%  1,5 MB/3,0 MB  750,0 kB/s  faltam 0:02"))
  }

  @Test(arguments: [
    (0, "0:00"), (59, "0:59"), (61, "1:01"), (3600, "1:00:00"), (36_610, "10:10:10"),
  ])
  func `a clock reads as one`(seconds: Int, text: String) {
    #expect(ProgressBar.clock(.seconds(seconds)) == text)
  }

  @Test func `a meter draws ten times a second at most, and cleans up`() {
    let screen = Screen()
    let now = Mutex(Duration.zero)
    let meter = ProgressMeter(
      Self.bar, terminal: screen.terminal(isTerminal: true) { now.withLock { $0 } })
    for step in 0..<100 {
      now.withLock { $0 = .milliseconds(step * 10) }
      meter.update(done: Int64(step), total: 1000)
    }
    meter.finish()
    let drawn = screen.err.split(separator: "\r")
    #expect(drawn.count == 11)
    #expect(drawn.dropLast().last?.contains("90/1,000 rows  100/s  0:10 left") == true)
    #expect(screen.err.hasSuffix("\r\u{1B}[K"))
  }

  @Test func `a meter in a pipe is silent`() {
    let screen = Screen()
    let meter = ProgressMeter(Self.bar, terminal: screen.terminal(isTerminal: false))
    meter.update(done: 1, total: 2)
    meter.finish()
    #expect(screen.err == "")
  }
}
