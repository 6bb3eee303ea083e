/// Turns a file in one of the encodings of spreadsheets into UTF-8 as it arrives.
///
/// Without an encoding given it looks at the first 64 KiB, and when these are all ASCII at the first
/// character that is not. What is no text comes out as the byte FF, which is never UTF-8, so that the
/// row in which it stands is refused and no other.
package struct TextDecoder: Sendable {
  /// The encoding as given or found; nil while nothing has told.
  package private(set) var encoding: TextEncoding?

  /// The bytes held back until the encoding is known, or until a character is complete.
  private var held: [UInt8] = []
  private var phase: Phase
  private var highSurrogate: UInt16?

  private enum Phase {
    /// Looking at the first bytes.
    case window
    /// All has been ASCII so far.
    case ascii
    case decided
  }

  static let window = 65_536
  private static let broken: UInt8 = 0xFF

  package init(_ encoding: TextEncoding? = nil) {
    self.encoding = encoding
    phase = .window
  }

  /// Takes the next bytes and returns what they come to in UTF-8.
  package mutating func decode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    held.append(contentsOf: bytes)
    return decodeHeld(isLast: false)
  }

  /// Returns what was held back.
  package mutating func finish() -> [UInt8] {
    decodeHeld(isLast: true)
  }

  private mutating func decodeHeld(isLast: Bool) -> [UInt8] {
    if case .window = phase {
      // A given encoding is known from the start, and only the mark is looked for.
      let needed = encoding == nil ? Self.window : 3
      guard held.count >= needed || isLast else { return [] }
      open()
    }
    if case .ascii = phase {
      guard let end = held.firstIndex(where: { $0 >= 0x80 }) else { return take(held.count) }
      let length = UTF8Sequences.length(of: held[end...])
      if length == 0 && !isLast { return take(end) }
      encoding = (length ?? 0) == 0 ? .windows1252 : .utf8
      phase = .decided
    }
    switch encoding {
    case .utf16LittleEndian, .utf16BigEndian: return decodeUTF16(isLast: isLast)
    case .windows1252: return decodeWindows1252()
    case .utf8, nil: return take(held.count)
    }
  }

  /// Decides by the first bytes, and takes the mark off.
  private mutating func open() {
    if encoding == nil { encoding = TextEncoding.detected(in: Array(held.prefix(Self.window))) }
    phase = encoding == nil ? .ascii : .decided
    if let mark = encoding?.mark, !mark.isEmpty, held.starts(with: mark) {
      held.removeFirst(mark.count)
    }
  }

  private mutating func take(_ count: Int) -> [UInt8] {
    let taken = Array(held.prefix(count))
    held.removeFirst(count)
    return taken
  }
}

// MARK: - Encodings

extension TextDecoder {
  private mutating func decodeUTF16(isLast: Bool) -> [UInt8] {
    let bytes = take(isLast ? held.count : held.count & ~1)
    let high = encoding == .utf16BigEndian ? 0 : 1
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for index in stride(from: 0, to: bytes.count - 1, by: 2) {
      append(UInt16(bytes[index + high]) << 8 | UInt16(bytes[index + 1 - high]), to: &text)
    }
    if isLast && (bytes.count % 2 == 1 || highSurrogate != nil) {
      highSurrogate = nil
      text.append(Self.broken)
    }
    return text
  }

  private mutating func append(_ unit: UInt16, to text: inout [UInt8]) {
    if let high = highSurrogate {
      highSurrogate = nil
      if UTF16.isTrailSurrogate(unit) {
        let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
        return append(Unicode.Scalar(value), to: &text)
      }
      text.append(Self.broken)
    }
    if UTF16.isLeadSurrogate(unit) {
      highSurrogate = unit
    } else {
      append(Unicode.Scalar(unit), to: &text)
    }
  }

  private func append(_ scalar: Unicode.Scalar?, to text: inout [UInt8]) {
    guard let scalar else { return text.append(Self.broken) }
    text.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
  }

  private mutating func decodeWindows1252() -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(held.count + held.count / 8)
    for byte in held {
      switch byte {
      case 0x00..<0x80: text.append(byte)
      case 0x80..<0xA0: append(Unicode.Scalar(Self.windows1252[Int(byte) - 0x80]), to: &text)
      default: append(Unicode.Scalar(byte), to: &text)
      }
    }
    held = []
    return text
  }

  /// What Windows-1252 has where ISO 8859-1 has control characters (WHATWG Encoding, index-windows-1252).
  private static let windows1252: [UInt16] = [
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
  ]
}
