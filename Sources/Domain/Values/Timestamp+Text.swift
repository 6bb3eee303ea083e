extension Timestamp {
  /// Years that RFC 3339 can write; a moment outside is written as the nearest inside.
  private static let writable: ClosedRange<Int64> =
    -62_167_219_200_000_000...253_402_300_799_999_999

  private static let microsecondsPerDay: Int64 = 86_400_000_000

  /// RFC 3339 in UTC with exactly six fractional digits: "2026-11-22T01:02:03.000004Z".
  ///
  /// The form is a format: it stands in what is hashed.
  package var text: String {
    String(unsafeUninitializedCapacity: 27) { buffer in
      write(into: buffer)
      return 27
    }
  }

  /// "2026-11-22", the day in UTC.
  package var date: String {
    String(text.prefix(10))
  }

  /// Appends `text`, 27 bytes of ASCII.
  package func write(to bytes: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 27) { buffer in
      write(into: buffer)
      bytes.append(contentsOf: buffer)
    }
  }

  private func write(into buffer: UnsafeMutableBufferPointer<UInt8>) {
    let moment = min(max(rawValue, Self.writable.lowerBound), Self.writable.upperBound)
    var day = moment / Self.microsecondsPerDay
    var rest = moment % Self.microsecondsPerDay
    if rest < 0 {
      rest += Self.microsecondsPerDay
      day -= 1
    }
    let (year, month, dayOfMonth) = Self.civil(daysSince1970: day)
    let (seconds, micros) = rest.quotientAndRemainder(dividingBy: 1_000_000)

    func put(_ value: Int64, _ width: Int, at start: Int, before separator: UInt8) {
      var value = value
      for index in stride(from: start + width - 1, through: start, by: -1) {
        buffer[index] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value % 10)
        value /= 10
      }
      buffer[start + width] = separator
    }
    put(year, 4, at: 0, before: UInt8(ascii: "-"))
    put(month, 2, at: 5, before: UInt8(ascii: "-"))
    put(dayOfMonth, 2, at: 8, before: UInt8(ascii: "T"))
    put(seconds / 3600, 2, at: 11, before: UInt8(ascii: ":"))
    put(seconds / 60 % 60, 2, at: 14, before: UInt8(ascii: ":"))
    put(seconds % 60, 2, at: 17, before: UInt8(ascii: "."))
    put(micros, 6, at: 20, before: UInt8(ascii: "Z"))
  }
}

extension Timestamp: CustomStringConvertible {
  package var description: String {
    text
  }
}

// MARK: - Reading

extension Timestamp {
  /// Reads RFC 3339 with any offset and fraction, "2026-11-22", and "2026-11-22 01:02" with or without
  /// seconds; without an offset it is taken for UTC.
  ///
  /// Digits beyond the microsecond are cut off; a leap second counts as the second after it.
  package init(parsing text: String) throws(Problem) {
    let (time, offset) = try Self.read(text)
    try self.init(time - (offset ?? 0), of: text)
  }

  /// The same; without an offset it is what the clocks of a place show.
  package init(parsing text: String, in clock: inout ZoneClock) throws(Problem) {
    let (time, offset) = try Self.read(text)
    try self.init(offset.map { time - $0 } ?? clock.moment(local: time).rawValue, of: text)
  }

  private init(_ moment: Int64, of text: String) throws(Problem) {
    guard Self.writable.contains(moment) else { throw .dateUnreadable(text) }
    self.init(microseconds: moment)
  }

  /// What a clock shows, and how far it is ahead of UTC where that is said.
  private static func read(_ text: String) throws(Problem) -> (time: Int64, offset: Int64?) {
    var bytes = text
    let read: (time: Int64, offset: Int64?)? = bytes.withUTF8 { bytes in
      var scanner = Scanner(bytes: bytes)
      return scanner.moment().flatMap { scanner.isAtEnd ? $0 : nil }
    }
    guard let read else { throw .dateUnreadable(text) }
    return read
  }

  /// Whether a text is a day of the calendar, written "2026-11-22".
  package static func isDate(_ text: String) -> Bool {
    text.utf8.count == 10 && (try? Timestamp(parsing: text)) != nil
  }

  /// Days from 1970-01-01 to a date of the proleptic Gregorian calendar (H. Hinnant, `days_from_civil`).
  fileprivate static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The inverse of `days` (H. Hinnant, `civil_from_days`).
  private static func civil(daysSince1970: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = daysSince1970 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * monthIndex + 2) / 5 + 1
    )
  }
}

/// Takes a written moment apart, piece by piece; every piece is nil when it is not there.
private struct Scanner {
  let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position == bytes.count }

  mutating func moment() -> (time: Int64, offset: Int64?)? {
    guard let days = date() else { return nil }
    guard !isAtEnd else { return (days * 86_400_000_000, nil) }
    guard take("T") || take("t") || take(" "), let time = time() else { return nil }
    let local = days * 86_400_000_000 + time
    if isAtEnd { return (local, nil) }
    return offset().map { (local, $0) }
  }

  private mutating func date() -> Int64? {
    guard let year = number(4), take("-"), let month = number(2), take("-"), let day = number(2),
      (1...12).contains(month)
    else { return nil }
    let first = Timestamp.days(year: year, month: month, day: 1)
    let next = Timestamp.days(
      year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
    guard day >= 1, first + day <= next else { return nil }
    return first + day - 1
  }

  private mutating func time() -> Int64? {
    guard let hour = number(2), hour < 24, take(":"), let minute = number(2), minute < 60 else {
      return nil
    }
    guard take(":") else { return (hour * 60 + minute) * 60_000_000 }
    guard let second = number(2), second <= 60 else { return nil }
    let whole = ((hour * 60 + minute) * 60 + second) * 1_000_000
    guard take(".") || take(",") else { return whole }
    guard let fraction = fraction() else { return nil }
    return whole + fraction
  }

  private mutating func fraction() -> Int64? {
    var micros: Int64 = 0
    var digits = 0
    while let digit = number(1) {
      if digits < 6 { micros = micros * 10 + digit }
      digits += 1
    }
    guard digits > 0 else { return nil }
    for _ in digits..<max(digits, 6) { micros *= 10 }
    return micros
  }

  /// Microseconds east of UTC.
  private mutating func offset() -> Int64? {
    if take("Z") || take("z") { return 0 }
    let sign: Int64
    if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
    guard let hours = number(2), hours < 24 else { return nil }
    _ = take(":")
    let minutes = isAtEnd ? 0 : number(2)
    guard let minutes, minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes) * 60_000_000
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard !isAtEnd, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func number(_ width: Int) -> Int64? {
    guard position + width <= bytes.count else { return nil }
    var value: Int64 = 0
    for index in position..<position + width {
      guard case let digit = bytes[index] &- 0x30, digit < 10 else { return nil }
      value = value * 10 + Int64(digit)
    }
    position += width
    return value
  }
}
