/// Writes figures in the Prometheus text format, version 0.0.4.
struct PrometheusText {
  enum Kind: String {
    case counter
    case gauge
    case histogram
  }

  private(set) var text = ""

  mutating func family(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
  }

  mutating func sample(
    _ name: String, labels: [(String, String)] = [], _ value: Double
  ) {
    write(name, labels, Self.number(value))
  }

  mutating func sample(_ name: String, labels: [(String, String)] = [], _ value: Int) {
    write(name, labels, "\(value)")
  }

  private mutating func write(_ name: String, _ labels: [(String, String)], _ value: String) {
    text += name
    if !labels.isEmpty {
      let pairs = labels.map { "\($0)=\"\(Self.escaped($1, quotes: true))\"" }
      text += "{\(pairs.joined(separator: ","))}"
    }
    text += " \(value)\n"
  }

  mutating func histogram(_ name: String, _ labels: [(String, String)], _ histogram: Histogram) {
    var total = 0
    for (index, count) in histogram.counts.enumerated() {
      total += count
      let bound =
        index < Histogram.bounds.count ? Self.number(Histogram.bounds[index]) : "+Inf"
      sample("\(name)_bucket", labels: labels + [("le", bound)], total)
    }
    sample("\(name)_sum", labels: labels, histogram.sum)
    sample("\(name)_count", labels: labels, total)
  }

  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where quotes: escaped += "\\\""
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
