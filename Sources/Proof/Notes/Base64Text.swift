internal import Foundation

/// Base64 with padding (RFC 4648 §4) in its one canonical spelling.
enum Base64Text {
  static func encode(_ bytes: some Sequence<UInt8>) -> String {
    Data(bytes).base64EncodedString()
  }

  /// Nil for any other spelling than `encode` gives, so that no two texts mean the same bytes.
  static func decode(_ text: some StringProtocol) -> [UInt8]? {
    let text = String(text)
    guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else {
      return nil
    }
    return Array(data)
  }
}

/// Decimal without sign, zeros in front, or anything else.
enum DecimalText {
  static func decode(_ text: some StringProtocol) -> Int64? {
    guard let first = text.utf8.first, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      first != UInt8(ascii: "0") || text.utf8.count == 1
    else { return nil }
    return Int64(text)
  }
}
