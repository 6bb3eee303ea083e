package import CoreMetrics
import Synchronization

/// Keeps what the rest of the daemon counts through swift-metrics, until `/metrics` asks for it.
package final class PrometheusRegistry: MetricsFactory {
  private struct Key: Hashable {
    let label: String
    let dimensions: [String]
  }

  private struct Held {
    var counters: [Key: Count] = [:]
    var gauges: [Key: Gauge] = [:]
    var timers: [Key: Timing] = [:]
  }

  private let held = Mutex(Held())

  package init() {}

  private static func key(_ label: String, _ dimensions: [(String, String)]) -> Key {
    Key(label: label, dimensions: dimensions.flatMap { [$0, $1] })
  }

  package func makeCounter(
    label: String, dimensions: [(String, String)]
  ) -> any CounterHandler {
    held.withLock { $0.counters.claim(Self.key(label, dimensions), Count()) }
  }

  package func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    held.withLock { $0.gauges.claim(Self.key(label, dimensions), Gauge()) }
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    held.withLock { $0.gauges.claim(Self.key(label, dimensions), Gauge()) }
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    held.withLock { $0.timers.claim(Self.key(label, dimensions), Timing()) }
  }

  // What is counted is few and named in the code, so that nothing has to be given back.
  package func destroyCounter(_ handler: any CounterHandler) {}
  package func destroyRecorder(_ handler: any RecorderHandler) {}
  package func destroyMeter(_ handler: any MeterHandler) {}
  package func destroyTimer(_ handler: any TimerHandler) {}
}

extension Dictionary {
  fileprivate mutating func claim(_ key: Key, _ new: @autoclosure () -> Value) -> Value {
    if let value = self[key] { return value }
    let value = new()
    self[key] = value
    return value
  }
}

private final class Count: CounterHandler, Sendable {
  let value = Mutex(0)

  func increment(by amount: Int64) {
    value.withLock { $0 &+= Int(amount) }
  }

  func reset() {
    value.withLock { $0 = 0 }
  }
}

private final class Gauge: RecorderHandler, MeterHandler, Sendable {
  let value = Mutex(0.0)

  func record(_ value: Int64) { set(Double(value)) }
  func record(_ value: Double) { set(value) }
  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { self.value.withLock { $0 = value } }
  func increment(by amount: Double) { value.withLock { $0 += amount } }
  func decrement(by amount: Double) { value.withLock { $0 -= amount } }
}

private final class Timing: TimerHandler, Sendable {
  let histogram = Mutex(Histogram())

  func recordNanoseconds(_ duration: Int64) {
    histogram.withLock { $0.add(seconds: Double(duration) / 1e9) }
  }
}

// MARK: - Rendering

extension PrometheusRegistry {
  /// Labels become names: `ledger.commands` is `tagledger_ledger_commands_total`.
  func write(to text: inout PrometheusText) {
    let held = held.withLock { $0 }
    Self.write(held.counters, .counter, suffix: "_total", to: &text) { text, name, labels, count in
      text.sample(name, labels: labels, count.value.withLock { $0 })
    }
    Self.write(held.gauges, .gauge, suffix: "", to: &text) { text, name, labels, gauge in
      text.sample(name, labels: labels, gauge.value.withLock { $0 })
    }
    Self.write(held.timers, .histogram, suffix: "_seconds", to: &text) {
      text, name, labels, timing in
      text.histogram(name, labels, timing.histogram.withLock { $0 })
    }
  }

  private static func write<Metric>(
    _ metrics: [Key: Metric], _ kind: PrometheusText.Kind, suffix: String,
    to text: inout PrometheusText,
    _ body: (inout PrometheusText, String, [(String, String)], Metric) -> Void
  ) {
    let families = Dictionary(grouping: metrics) { $0.key.label }
    for (label, members) in families.sorted(by: { $0.key < $1.key }) {
      var name = String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
      if !name.hasPrefix("tagledger_") { name = "tagledger_" + name }
      if !name.hasSuffix(suffix) { name += suffix }
      text.family(name, kind, label)
      let sorted = members.sorted {
        $0.key.dimensions.lexicographicallyPrecedes($1.key.dimensions)
      }
      for (key, metric) in sorted {
        let pairs = stride(from: 0, to: key.dimensions.count, by: 2).map {
          (key.dimensions[$0], key.dimensions[$0 + 1])
        }
        body(&text, name, pairs, metric)
      }
    }
  }
}
