package import Domain

/// Times that always rise, by at least 1 µs, even when the clock stands or goes back (standards.md).
package struct RisingClock: Sendable {
  /// The last time given.
  package private(set) var last: Timestamp

  package init(after last: Timestamp = Timestamp(microseconds: 0)) {
    self.last = last
  }

  /// Returns `max(now, last + 1 µs)`.
  package mutating func next(now: Timestamp) -> Timestamp {
    last = max(now, Timestamp(microseconds: last.rawValue + 1))
    return last
  }
}
