import Synchronization

/// How many requests each route has had, and how long they took; never by who asked.
final class RequestMeters: Sendable {
  struct Tally: Sendable {
    /// By status code.
    var statuses: [Int: Int] = [:]
    var latency = Histogram()
  }

  private let meters: [Meter]
  private let met = Mutex<[String: Int]>([:])

  private final class Meter: Sendable {
    let tally = Mutex(Tally())
  }

  /// One meter for each route, and one for what no route was found for.
  init(routes: Int) {
    meters = (0...routes).map { _ in Meter() }
  }

  func count(route: Int?, status: Int, since start: ContinuousClock.Instant) {
    let nanoseconds = (ContinuousClock.now - start) / .nanoseconds(1)
    meters[route ?? meters.count - 1].tally.withLock { tally in
      tally.statuses[status, default: 0] += 1
      tally.latency.add(seconds: nanoseconds / 1e9)
    }
  }

  func count(_ limit: RequestLimit) {
    met.withLock { $0[limit.label, default: 0] += 1 }
  }

  /// How often each limit has been met, in the order of their labels.
  var limits: [(label: String, count: Int)] {
    let met = met.withLock { $0 }
    return RequestLimit.labels.map { ($0, met[$0, default: 0]) }
  }

  /// In the order of the routes; the last is of requests without one.
  var tallies: [Tally] {
    meters.map { $0.tally.withLock { $0 } }
  }
}

/// Counts of durations at or below each bound.
struct Histogram: Sendable {
  /// In seconds; a durable command takes a few milliseconds at most.
  static let bounds = [
    0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
    5, 10,
  ]

  /// Of each bound by itself; the last is of everything longer.
  private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
  private(set) var sum = 0.0

  mutating func add(seconds: Double) {
    counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
    sum += seconds
  }
}
