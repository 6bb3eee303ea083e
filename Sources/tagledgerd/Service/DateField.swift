import Foundation
import Synchronization

/// The `Date` field of answers (RFC 9110 §5.6.7), made anew once a second at most.
final class DateField: Sendable {
  private let last = Mutex<(second: Int, text: String)>((0, ""))

  func now() -> String {
    let second = Int(Date.now.timeIntervalSince1970)
    return last.withLock { last in
      if last.second != second {
        last = (second, Self.text(Date(timeIntervalSince1970: TimeInterval(second))))
      }
      return last.text
    }
  }

  static func text(_ date: Date) -> String {
    date.formatted(
      .verbatim(
        """
        \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
        \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT
        """,
        locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt,
        calendar: Calendar(identifier: .gregorian)))
  }
}
