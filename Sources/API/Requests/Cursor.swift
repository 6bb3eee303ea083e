/// Where a list goes on, as the opaque text that a client hands back.
///
/// It names the kind of list it belongs to and carries a checksum, so that a cursor of another list,
/// or one that was put together by hand, is refused instead of read as some other place.
package struct Cursor: Hashable, Sendable {
  /// The lists that have cursors. The raw values are formats.
  package enum List: UInt8, Sendable {
    case tags = 1
    case members = 2
    case customers = 3
    case tenures = 4
    case changes = 5
    case events = 6
    case jobs = 7
    case checkpoints = 8
    case tagDifferences = 10
    case customerDifferences = 11
    case webhooks = 70
    case deadLetters = 71
    case notices = 20
    case facts = 30
    case rules = 45
    case segments = 40
    case segmentMembers = 41
    case work = 42
    case rfmCustomers = 43
    case foundCustomers = 35
  }

  package let list: List
  /// What the list was asked for, so that a cursor is not used with other parameters.
  package let filter: UInt32
  package let position: Int64

  package init(list: List, filter: UInt32 = 0, position: Int64) {
    self.list = list
    self.filter = filter
    self.position = position
  }

  /// A digest of parameters that have to stay the same from page to page.
  package static func filter(_ parameters: [String?]) -> UInt32 {
    var hash = FNV()
    for parameter in parameters {
      if let parameter {
        hash.add(1)
        for byte in parameter.utf8 { hash.add(byte) }
      }
      hash.add(0)
    }
    return hash.value
  }
}

extension Cursor: CustomStringConvertible {
  package var description: String {
    var bytes = [list.rawValue]
    for shift in stride(from: 24, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: filter >> UInt32(shift)))
    }
    for shift in stride(from: 56, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: position >> Int64(shift)))
    }
    let check = Self.checksum(bytes)
    for shift in stride(from: 24, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: check >> UInt32(shift)))
    }
    return Base64URL.encode(bytes)
  }

  package init?(_ text: String) {
    guard let bytes = Base64URL.decode(text), bytes.count == 17 else { return nil }
    func number(_ range: Range<Int>) -> UInt64 {
      bytes[range].reduce(0) { $0 << 8 | UInt64($1) }
    }
    guard number(13..<17) == UInt64(Self.checksum(bytes[..<13])),
      let list = List(rawValue: bytes[0])
    else { return nil }
    self.init(
      list: list, filter: UInt32(number(1..<5)), position: Int64(bitPattern: number(5..<13)))
  }

  private static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var hash = FNV()
    for byte in "cursor".utf8 { hash.add(byte) }
    for byte in bytes { hash.add(byte) }
    return hash.value
  }
}

/// FNV-1a over 32 bits: against mistakes, not against an attacker, who may read every page anyway.
private struct FNV {
  var value: UInt32 = 2_166_136_261

  mutating func add(_ byte: UInt8) {
    value = (value ^ UInt32(byte)) &* 16_777_619
  }
}

/// Base64 with the alphabet for URLs and without padding (RFC 4648 §5).
enum Base64URL {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(alphabet[Int(bits >> UInt32(count)) & 63])
      }
    }
    if count > 0 { text.append(alphabet[Int(bits << UInt32(6 - count)) & 63]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil for any other spelling than `encode` gives.
  static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for character in text.utf8 {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return encode(bytes) == text ? bytes : nil
  }
}
