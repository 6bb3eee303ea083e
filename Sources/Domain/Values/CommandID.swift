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
    var text = ""
    text.reserveCapacity(36)
    for (index, shift) in stride(from: 60, through: 0, by: -4).enumerated() {
      if index == 8 || index == 12 { text.append("-") }
      text.append(Self.digits[Int((high >> UInt64(shift)) & 15)])
    }
    for (index, shift) in stride(from: 60, through: 0, by: -4).enumerated() {
      if index == 0 || index == 4 { text.append("-") }
      text.append(Self.digits[Int((low >> UInt64(shift)) & 15)])
    }
    return text
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

  private static let digits = Array("0123456789abcdef")
}
