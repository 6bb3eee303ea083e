/// The line that shows how far a long work is; pure, so that it can be tested.
struct ProgressBar: Sendable {
  var label: String
  /// What is counted, in the reader's words; bytes are shown as such.
  var unit: ProgressUnit
  var words: Words

  /// - Parameters:
  ///   - rate: units per second; nil while there is none to tell.
  ///   - width: columns that may be used.
  func line(done: Int64, total: Int64?, rate: Double?, elapsed: Duration, width: Int) -> String {
    var parts = [label, "", unit.amount(done, of: total, words)]
    if let rate, rate > 0 { parts.append("\(unit.amount(Int64(rate), words))/s") }
    guard let total, total > 0 else {
      parts.append(Self.clock(elapsed))
      return fit(parts, width)
    }
    let share = min(1, max(0, Double(done) / Double(total)))
    parts.insert("\(Int(share * 100))%", at: 2)
    if let rate, rate > 0, done < total {
      let left = Duration.seconds(Int64((Double(total - done) / rate).rounded(.up)))
      parts.append(words.timeLeft(Self.clock(left)))
    }
    let used = DisplayWidth.of(parts.filter { !$0.isEmpty }.joined(separator: "  ")) + 2
    let room = min(40, width - used)
    if room >= 10 { parts[1] = Self.bar(share, room) }
    return fit(parts, width)
  }

  private func fit(_ parts: [String], _ width: Int) -> String {
    let text = parts.filter { !$0.isEmpty }.joined(separator: "  ")
    return DisplayWidth.truncate(text, to: width)
  }

  private static func bar(_ share: Double, _ width: Int) -> String {
    let full = Int(share * Double(width))
    return String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
  }

  /// `0:07`, `12:30`, `1:02:03`.
  static func clock(_ duration: Duration) -> String {
    let seconds = max(0, duration.components.seconds)
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
    let tail = rest < 10 ? "0\(rest)" : "\(rest)"
    guard hours > 0 else { return "\(minutes):\(tail)" }
    return "\(hours):\(minutes < 10 ? "0" : "")\(minutes):\(tail)"
  }
}

/// What a progress bar counts.
enum ProgressUnit: Hashable, Sendable {
  case bytes
  /// As the daemon names it: `rows`, `events`, `customers`.
  case things(String)

  /// - Parameter name: as a job names what it counts.
  init(named name: String) {
    self = name == "bytes" ? .bytes : .things(name)
  }

  func amount(_ count: Int64, _ words: Words) -> String {
    switch self {
    case .bytes: words.bytes(count)
    case .things: words.number(count)
    }
  }

  /// `1,200/3,400 rows`, or `1,200 rows` where the total is not known.
  func amount(_ done: Int64, of total: Int64?, _ words: Words) -> String {
    let total = total.map { "/\(amount($0, words))" } ?? ""
    return "\(amount(done, words))\(total) \(name(words))".trimmed
  }

  private func name(_ words: Words) -> String {
    switch self {
    case .bytes: ""
    case .things(let name): words.unit(name)
    }
  }
}

extension String {
  /// Without the spaces around it.
  var trimmed: String {
    let front = drop(while: \.isWhitespace)
    return String(front.reversed().drop(while: \.isWhitespace).reversed())
  }
}
