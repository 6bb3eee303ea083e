/// A moment in UTC, in whole microseconds since 1970-01-01T00:00:00Z.
package struct Timestamp: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: Int64

  package init(rawValue: Int64) {
    self.rawValue = rawValue
  }

  package init(microseconds: Int64) {
    rawValue = microseconds
  }

  package static func < (a: Self, b: Self) -> Bool {
    a.rawValue < b.rawValue
  }
}
