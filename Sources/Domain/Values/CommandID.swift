/// The UUIDv7 (RFC 9562) shared by all events of one command, as its 128 bits.
package struct CommandID: Hashable, Comparable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The milliseconds since 1970 that stand in the first 48 bits.
  package var milliseconds: Int64 {
    Int64(high >> 16)
  }

  package static func < (a: Self, b: Self) -> Bool {
    (a.high, a.low) < (b.high, b.low)
  }
}

extension CommandID: CustomStringConvertible {
  /// The 36 characters of RFC 9562 §4, in lower case.
  package var description: String {
    String(unsafeUninitializedCapacity: 36) { bytes in
      var place = 0
      for (word, hyphens) in [(high, (8, 12)), (low, (0, 4))] {
        for index in 0..<16 {
          if index == hyphens.0 || index == hyphens.1 {
            bytes[place] = UInt8(ascii: "-")
            place += 1
          }
          let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * index)) & 15
          bytes[place] = digit < 10 ? 48 + digit : 87 + digit
          place += 1
        }
      }
      return place
    }
  }

  /// Reads the 36 characters of RFC 9562 §4 in either case; nil for anything else.
  package init?(_ text: String) {
    guard text.utf8.count == 36 else { return nil }
    var high: UInt64 = 0
    var low: UInt64 = 0
    var count = 0
    for (position, byte) in text.utf8.enumerated() {
      if [8, 13, 18, 23].contains(position) {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
      if count < 16 {
        high = high << 4 | UInt64(digit)
      } else {
        low = low << 4 | UInt64(digit)
      }
      count += 1
    }
    self.init(high: high, low: low)
  }
}
