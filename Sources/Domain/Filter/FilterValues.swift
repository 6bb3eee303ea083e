/// A number as it is written, exact: `15000`, `2.5`. Never negative.
package struct FilterDecimal: Hashable, Sendable {
  package let mantissa: Int64
  /// Digits behind the point, the last of which is not 0; at most 4.
  package let places: Int

  /// Digits that a number may have, so that comparing is exact in 128 bits.
  package static let digitLimit = 15
  package static let placeLimit = 4

  /// Nil for what is negative or has too many digits.
  package init?(mantissa: Int64, places: Int = 0) {
    var (mantissa, places) = (mantissa, places)
    while places > 0 && mantissa % 10 == 0 {
      mantissa /= 10
      places -= 1
    }
    guard mantissa >= 0, mantissa < 1_000_000_000_000_000, places >= 0, places <= Self.placeLimit
    else { return nil }
    self.mantissa = mantissa
    self.places = places
  }

  /// 10 to the power of `places`.
  var scale: Int64 { Self.power(places) }

  static func power(_ exponent: Int) -> Int64 {
    (0..<exponent).reduce(1) { value, _ in value * 10 }
  }

  package var text: String {
    guard places > 0 else { return "\(mantissa)" }
    let digits = "\(mantissa % scale)"
    let zeros = String(repeating: "0", count: places - digits.count)
    return "\(mantissa / scale).\(zeros)\(digits)"
  }
}

/// A length of time, in the unit in which it is written; a day is 24 hours, whatever the clocks do.
package struct FilterDuration: Hashable, Sendable {
  package let count: Int64
  package let unit: Unit

  /// The raw values are words of the language.
  package enum Unit: String, CaseIterable, Hashable, Sendable {
    case second = "s"
    case minute = "min"
    case hour = "h"
    case day = "d"
    case week = "w"

    var microseconds: Int64 {
      switch self {
      case .second: 1_000_000
      case .minute: 60_000_000
      case .hour: 3_600_000_000
      case .day: 86_400_000_000
      case .week: 604_800_000_000
      }
    }
  }

  /// The longest that may be asked for: a hundred years.
  package static let longestDays: Int64 = 36_525
  package static let limit = longestDays * Unit.day.microseconds

  /// Nil for what is longer than a hundred years, or no time at all.
  package init?(_ count: Int64, _ unit: Unit) {
    let (length, isOver) = count.multipliedReportingOverflow(by: unit.microseconds)
    guard count > 0, !isOver, length <= Self.limit else { return nil }
    self.count = count
    self.unit = unit
  }

  package var microseconds: Int64 { count * unit.microseconds }
  package var text: String { "\(count)\(unit.rawValue)" }
}

/// A day, which stands for its first moment in UTC.
package struct FilterDate: Hashable, Sendable, Comparable {
  /// Microseconds since 1970.
  package let start: Timestamp

  /// Nil for what is not a day of the calendar, as `2026-11-22`.
  package init?(_ text: String) {
    guard Timestamp.isDate(text), let start = try? Timestamp(parsing: text) else { return nil }
    self.start = start
  }

  package var text: String { String(start.text.prefix(10)) }

  package static func < (a: Self, b: Self) -> Bool {
    a.start < b.start
  }
}

/// A stretch of time that is looked at; what has not occurred yet is never in it.
package enum FilterWindow: Hashable, Sendable {
  /// `last 90d`: from now − 90 × 24 h, inclusive, up to now, inclusive.
  case last(FilterDuration)
  /// `previous 60d`: the stretch of the same length before that: from now − 120 × 24 h, inclusive,
  /// up to now − 60 × 24 h, exclusive.
  case previous(FilterDuration)
  /// `since 2026-01-01`: from the day's first moment in UTC.
  case since(FilterDate)
  /// `from 2026-01-01 to 2026-02-01`: up to the second day's first moment, exclusive.
  case between(FilterDate, FilterDate)

  /// Its first moment and the first one behind it, in microseconds since 1970.
  func interval(at now: Timestamp) -> Range<Int64> {
    let end = now.rawValue + 1
    switch self {
    case .last(let length): return (now.rawValue - length.microseconds)..<end
    case .previous(let length):
      let middle = now.rawValue - length.microseconds
      return (middle - length.microseconds)..<middle
    case .since(let date): return Self.range(date.start.rawValue, end)
    case .between(let from, let to):
      return Self.range(from.start.rawValue, min(to.start.rawValue, end))
    }
  }

  private static func range(_ from: Int64, _ to: Int64) -> Range<Int64> {
    from < to ? from..<to : from..<from
  }

  /// After what time something that occurs goes in or out of the window.
  var offsets: [Int64] {
    switch self {
    case .last(let length): [length.microseconds + 1]
    case .previous(let length): [length.microseconds + 1, 2 * length.microseconds + 1]
    case .since, .between: []
    }
  }

  /// How long it is, where it does not depend on the calendar.
  var length: FilterDuration? {
    switch self {
    case .last(let length), .previous(let length): length
    case .since, .between: nil
    }
  }
}

/// What a figure is about: a category or a product, and a stretch of time; all of it where none is given.
package struct FilterScope: Hashable, Sendable {
  package var category: String?
  package var product: String?
  package var window: FilterWindow?

  package init(category: String? = nil, product: String? = nil, window: FilterWindow? = nil) {
    self.category = category
    self.product = product
    self.window = window
  }

  var isEmpty: Bool { self == FilterScope() }

  func interval(at now: Timestamp) -> Range<Int64> {
    window?.interval(at: now) ?? Int64.min..<(now.rawValue + 1)
  }
}
