import Glibc

/// A moment as the daemon writes it, and as the clock on the wall shows it.
struct LocalTime: Sendable {
  /// Seconds since 1970, UTC.
  let seconds: Int
  /// The fraction, 0 to 999,999.
  let micros: Int

  init(seconds: Int, micros: Int = 0) {
    self.seconds = seconds
    self.micros = micros
  }

  /// Reads RFC 3339 in UTC; nil for anything else.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes.last == UInt8(ascii: "Z") else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      Int(String(decoding: bytes[range], as: UTF8.self))
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      Self.isDay(year, month, day), (0...23).contains(hour), (0...59).contains(minute),
      (0...60).contains(second)
    else { return nil }
    var parts = tm()
    parts.tm_year = Int32(year - 1900)
    parts.tm_mon = Int32(month - 1)
    (parts.tm_mday, parts.tm_hour) = (Int32(day), Int32(hour))
    (parts.tm_min, parts.tm_sec) = (Int32(minute), Int32(second))
    seconds = timegm(&parts)
    let fraction = String(decoding: bytes[19..<(bytes.count - 1)], as: UTF8.self).dropFirst()
    micros = Int(String((fraction + "000000").prefix(6))) ?? 0
  }

  /// Whether the calendar has such a day: there is no 31 April.
  static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard (0...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else {
      return false
    }
    var parts = tm()
    (parts.tm_year, parts.tm_mon) = (Int32(year - 1900), Int32(month - 1))
    parts.tm_mday = Int32(day)
    timegm(&parts)
    return parts.tm_mday == day
  }

  /// RFC 3339 in UTC with six fractional digits.
  var rfc3339: String {
    var time = seconds
    var parts = tm()
    gmtime_r(&time, &parts)
    let fraction = String(String(micros + 1_000_000).dropFirst())
    return "\(Self.date(parts))T\(Self.clock(parts)):\(Self.two(parts.tm_sec)).\(fraction)Z"
  }

  /// Date and time of day, to the minute, in the local time zone.
  func shown(_ language: Language) -> String {
    let parts = local
    return "\(day(parts, language)) \(Self.clock(parts))"
  }

  private var local: tm {
    var time = seconds
    var parts = tm()
    localtime_r(&time, &parts)
    return parts
  }

  private func day(_ parts: tm, _ language: Language) -> String {
    switch language {
    case .english: Self.date(parts)
    case .portuguese, .french:
      "\(Self.two(parts.tm_mday))/\(Self.two(parts.tm_mon + 1))/\(parts.tm_year + 1900)"
    }
  }

  private static func date(_ parts: tm) -> String {
    let year = String(String(parts.tm_year + 11_900).dropFirst())
    return "\(year)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
  }

  private static func clock(_ parts: tm) -> String {
    "\(two(parts.tm_hour)):\(two(parts.tm_min))"
  }

  private static func two(_ number: Int32) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
