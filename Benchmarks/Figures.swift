import Glibc

/// Seconds on a clock that only goes forward.
func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// How long the body takes, in seconds.
func duration(_ body: () throws -> Void) rethrows -> Double {
  let start = now()
  try body()
  return now() - start
}

extension [Double] {
  var median: Double {
    guard !isEmpty else { return .nan }
    let sorted = sorted()
    return count % 2 == 1
      ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2
  }
}

/// Numbers as a person reads them.
enum Text {
  static func count(_ value: Double) -> String {
    switch value {
    case 10_000_000...: "\(fixed(value / 1e6, 1)) M"
    case 1_000_000...: "\(fixed(value / 1e6, 2)) M"
    case 10_000...: "\(fixed(value / 1e3, 0)) k"
    case 1000...: "\(fixed(value / 1e3, 1)) k"
    default: fixed(value, 0)
    }
  }

  static func rate(_ value: Double, _ unit: String) -> String {
    "\(count(value)) \(unit)/s"
  }

  static func time(_ seconds: Double) -> String {
    switch seconds {
    case 1...: "\(fixed(seconds, 2)) s"
    case 1e-3...: "\(fixed(seconds * 1e3, seconds < 0.01 ? 2 : 0)) ms"
    default: "\(fixed(seconds * 1e6, 0)) µs"
    }
  }

  static func fixed(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return "–" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((value * scale).rounded())
    guard digits > 0 else { return "\(whole)" }
    let rest = "\(whole % Int(scale))"
    let zeros = String(repeating: "0", count: digits - rest.count)
    return "\(whole / Int(scale)).\(zeros)\(rest)"
  }
}
