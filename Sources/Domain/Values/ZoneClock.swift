/// What the clocks of a place show, as moments.
///
/// A file tells of many times on few days: of a day on which no clock is changed, it is remembered how
/// far local time was ahead.
package struct ZoneClock: Sendable {
  private let offset: UTCOffset
  private var ahead: [Day: Int64] = [:]

  package init(_ offset: @escaping UTCOffset) {
    self.offset = offset
  }

  /// - Parameter local: what a clock shows, in microseconds, counted as if it were UTC.
  package mutating func moment(local: Int64) -> Timestamp {
    let day = Day(local: local)
    if let ahead = ahead[day] { return Timestamp(microseconds: local - ahead) }
    let midnight = Int64(day.rawValue) * Day.microseconds
    let before = offset(Timestamp(microseconds: midnight - Day.microseconds))
    if before == offset(Timestamp(microseconds: midnight + 2 * Day.microseconds)) {
      ahead[day] = before
    }
    return Timestamp(local: local, offset: offset)
  }
}

extension Timestamp {
  /// The moment at which a clock shows a local time.
  ///
  /// Where clocks are put back and show that time twice, it is the first; where they are put forward
  /// and do not show it, it is as long after the change as it would have been.
  init(local: Int64, offset: UTCOffset) {
    let before = offset(Timestamp(microseconds: local - Day.microseconds))
    let first = Timestamp(microseconds: local - before)
    if offset(first) == before {
      self = first
      return
    }
    let after = offset(Timestamp(microseconds: local + Day.microseconds))
    let second = Timestamp(microseconds: local - after)
    self = offset(second) == after ? second : first
  }
}
