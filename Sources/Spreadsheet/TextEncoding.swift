/// The encodings in which spreadsheets write text. The raw values are formats: callers name them.
package enum TextEncoding: String, CaseIterable, Hashable, Sendable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case windows1252 = "windows-1252"

  /// Reads a name by which an encoding goes ("latin1", "cp1252", "UTF8"); nil for others.
  package init?(name: String) {
    switch name.lowercased().filter({ $0 != "-" && $0 != "_" && $0 != " " }) {
    case "utf8": self = .utf8
    case "utf16le", "utf16", "unicode": self = .utf16LittleEndian
    case "utf16be": self = .utf16BigEndian
    case "windows1252", "cp1252", "latin1", "iso88591", "ansi": self = .windows1252
    default: return nil
    }
  }

  /// The byte order mark; none in Windows-1252.
  var mark: [UInt8] {
    switch self {
    case .utf8: [0xEF, 0xBB, 0xBF]
    case .utf16LittleEndian: [0xFF, 0xFE]
    case .utf16BigEndian: [0xFE, 0xFF]
    case .windows1252: []
    }
  }

  /// What the first bytes of a file are written in; nil when they are all ASCII, which does not tell.
  ///
  /// A byte order mark decides; then zero bytes, of which UTF-16 is full; then whether there is more
  /// valid UTF-8 than invalid, so that one broken character does not turn a whole file into another.
  static func detected(in bytes: [UInt8]) -> TextEncoding? {
    for encoding in allCases where !encoding.mark.isEmpty && bytes.starts(with: encoding.mark) {
      return encoding
    }
    let zeros = bytes.indices.filter { bytes[$0] == 0 }
    if zeros.count > bytes.count / 4 {
      let odd = zeros.count { $0 % 2 == 1 }
      return odd > zeros.count / 2 ? .utf16LittleEndian : .utf16BigEndian
    }
    let (valid, invalid) = UTF8Sequences.count(in: bytes)
    if valid + invalid == 0 { return nil }
    return valid > invalid ? .utf8 : .windows1252
  }
}

/// Characters of more than one byte, by Unicode's table of well-formed UTF-8 (chapter 3, table 3-7).
enum UTF8Sequences {
  /// How many there are, and how many bytes are part of none; a character cut off at the end counts
  /// as neither.
  static func count(in bytes: [UInt8]) -> (valid: Int, invalid: Int) {
    var valid = 0
    var invalid = 0
    var index = 0
    while index < bytes.count {
      guard bytes[index] >= 0x80 else {
        index += 1
        continue
      }
      switch length(of: bytes[index...]) {
      case .some(0): index = bytes.count
      case .some(let length):
        valid += 1
        index += length
      case nil:
        invalid += 1
        index += 1
      }
    }
    return (valid, invalid)
  }

  /// The length of the character at the start; 0 when it is cut off, nil when it is none.
  static func length(of bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.first else { return 0 }
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if first == 0xE0 { second = 0xA0...0xBF }
      if first == 0xED { second = 0x80...0x9F }
    case 0xF0...0xF4:
      length = 4
      if first == 0xF0 { second = 0x90...0xBF }
      if first == 0xF4 { second = 0x80...0x8F }
    default: return nil
    }
    for (offset, byte) in bytes.prefix(length).enumerated().dropFirst() {
      guard (offset == 1 ? second : 0x80...0xBF).contains(byte) else { return nil }
    }
    return bytes.count < length ? 0 : length
  }
}
