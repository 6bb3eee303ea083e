extension JSON {
  /// Why a text is not JSON as the ledger reads it, and the byte at which that shows.
  package struct ParseError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
      case unexpectedEnd
      case unexpectedByte(UInt8)
      case trailingBytes
      case tooDeep(limit: Int)
      case duplicateKey(String)
      case invalidUTF8
      case controlCharacter(UInt8)
      case badEscape
      case loneSurrogate
      case badNumber
      case notAnInteger
      case integerTooLarge
    }

    package let reason: Reason
    /// Counted from 0.
    package let offset: Int
  }

  /// How many arrays and objects may stand inside each other; the reader recurses as deep as this.
  package static let depthLimit = 64

  /// Reads one JSON text (RFC 8259), strictly.
  ///
  /// Refused beyond the RFC: duplicate keys, lone surrogates, fractions and exponents, integers outside
  /// ±(2^53 − 1), a byte order mark, and nesting deeper than `depthLimit`. Two keys count as duplicates
  /// also when they differ only in Unicode normalisation.
  package init(parsing bytes: [UInt8]) throws(ParseError) {
    self = try bytes.withUnsafeBufferPointer { (buffer) throws(ParseError) in
      try JSON(parsing: buffer)
    }
  }

  package init(parsing text: String) throws(ParseError) {
    try self.init(parsing: Array(text.utf8))
  }

  /// Reads one JSON text from memory that outlives the call.
  ///
  /// - Parameter skipped: the name of members to pass over; what they hold is not looked at.
  package init(
    parsing buffer: UnsafeBufferPointer<UInt8>, skipping skipped: String? = nil
  ) throws(ParseError) {
    var reader = Reader(bytes: buffer)
    reader.skipped = skipped
    self = try reader.document()
  }
}

/// A recursive-descent reader over bytes, bounded in depth by `JSON.depthLimit`.
private struct Reader {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  var depth = 0
  var skipped: String?

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  mutating func document() throws(JSON.ParseError) -> JSON {
    let value = try value()
    skipSpace()
    guard position == bytes.count else { throw failure(.trailingBytes) }
    return value
  }

  func failure(_ reason: JSON.ParseError.Reason) -> JSON.ParseError {
    JSON.ParseError(reason: reason, offset: position)
  }

  func unexpected() -> JSON.ParseError {
    failure(position < bytes.count ? .unexpectedByte(bytes[position]) : .unexpectedEnd)
  }

  mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x09, 0x0A, 0x0D: position += 1
      default: return
      }
    }
  }

  /// Skips white space, then takes the byte if it comes next.
  mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  mutating func value() throws(JSON.ParseError) -> JSON {
    skipSpace()
    guard position < bytes.count else { throw failure(.unexpectedEnd) }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .int(try integer())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw unexpected()
    }
  }

  mutating func word(_ word: StaticString, _ value: JSON) throws(JSON.ParseError) -> JSON {
    for index in 0..<word.utf8CodeUnitCount {
      guard position < bytes.count, bytes[position] == word.utf8Start[index] else {
        throw unexpected()
      }
      position += 1
    }
    return value
  }

  mutating func descend() throws(JSON.ParseError) {
    guard depth < JSON.depthLimit else { throw failure(.tooDeep(limit: JSON.depthLimit)) }
    depth += 1
    position += 1
  }

  mutating func array() throws(JSON.ParseError) -> JSON {
    try descend()
    defer { depth -= 1 }
    var elements: [JSON] = []
    if take(UInt8(ascii: "]")) { return .array(elements) }
    repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw unexpected() }
    return .array(elements)
  }

  mutating func object() throws(JSON.ParseError) -> JSON {
    try descend()
    defer { depth -= 1 }
    var members: [String: JSON] = [:]
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw unexpected()
      }
      let key = try string()
      guard take(UInt8(ascii: ":")) else { throw unexpected() }
      if key == skipped {
        try skip()
        continue
      }
      let value = try value()
      guard members.updateValue(value, forKey: key) == nil else {
        throw failure(.duplicateKey(key))
      }
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw unexpected() }
    return .object(members)
  }

  /// Passes over a value without making one.
  mutating func skip() throws(JSON.ParseError) {
    let outside = depth
    repeat {
      skipSpace()
      guard position < bytes.count else { throw failure(.unexpectedEnd) }
      switch bytes[position] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): try descend()
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard depth > outside else { throw unexpected() }
        depth -= 1
        position += 1
      case UInt8(ascii: "\""): try skipString()
      case UInt8(ascii: ","), UInt8(ascii: ":"):
        guard depth > outside else { throw unexpected() }
        position += 1
      default: _ = try value()
      }
    } while depth > outside
  }

  private mutating func skipString() throws(JSON.ParseError) {
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += byte == UInt8(ascii: "\\") ? 2 : 1
      if byte == UInt8(ascii: "\"") { return }
    }
    throw failure(.unexpectedEnd)
  }

  mutating func integer() throws(JSON.ParseError) -> Int64 {
    let negative = bytes[position] == UInt8(ascii: "-")
    if negative { position += 1 }
    let first = position
    var magnitude: Int64 = 0
    var tooLarge = false
    while position < bytes.count, case let digit = bytes[position] &- 0x30, digit < 10 {
      // Counts no further once too large, so that a number of any length cannot overflow.
      if !tooLarge { magnitude = magnitude * 10 + Int64(digit) }
      tooLarge = tooLarge || !JSON.exactIntegers.contains(magnitude)
      position += 1
    }
    guard position > first else { throw failure(.badNumber) }
    guard bytes[first] != 0x30 || position == first + 1 else { throw failure(.badNumber) }
    if position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): throw failure(.notAnInteger)
      default: break
      }
    }
    if tooLarge { throw failure(.integerTooLarge) }
    return negative ? -magnitude : magnitude
  }
}

// MARK: - Strings

extension Reader {
  mutating func string() throws(JSON.ParseError) -> String {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        defer { position += 1 }
        return try text(UnsafeBufferPointer(rebasing: bytes[start..<position]))
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      case 0..<0x20: throw failure(.controlCharacter(bytes[position]))
      default: position += 1
      }
    }
    throw failure(.unexpectedEnd)
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSON.ParseError) -> String {
    guard let text = String(utf8: bytes) else { throw failure(.invalidUTF8) }
    return text
  }

  /// Goes on with a string whose first escape has been reached.
  private mutating func escapedString(from start: Int) throws(JSON.ParseError) -> String {
    var buffer = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        let text = try buffer.withUnsafeBufferPointer { (bytes) throws(JSON.ParseError) in
          try self.text(bytes)
        }
        position += 1
        return text
      case UInt8(ascii: "\\"):
        position += 1
        try escape(into: &buffer)
      case 0..<0x20: throw failure(.controlCharacter(byte))
      default:
        buffer.append(byte)
        position += 1
      }
    }
    throw failure(.unexpectedEnd)
  }

  private mutating func escape(into buffer: inout [UInt8]) throws(JSON.ParseError) {
    guard position < bytes.count else { throw failure(.unexpectedEnd) }
    let byte = bytes[position]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
    case UInt8(ascii: "b"): buffer.append(0x08)
    case UInt8(ascii: "t"): buffer.append(0x09)
    case UInt8(ascii: "n"): buffer.append(0x0A)
    case UInt8(ascii: "f"): buffer.append(0x0C)
    case UInt8(ascii: "r"): buffer.append(0x0D)
    case UInt8(ascii: "u"):
      position += 1
      buffer.append(contentsOf: String(Character(try unicodeEscape())).utf8)
      return
    default: throw failure(.badEscape)
    }
    position += 1
  }

  private mutating func unicodeEscape() throws(JSON.ParseError) -> Unicode.Scalar {
    let first = try codeUnit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { throw failure(.loneSurrogate) }
    position += 2
    let second = try codeUnit()
    guard (0xDC00...0xDFFF).contains(second) else { throw failure(.loneSurrogate) }
    let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
    guard let scalar = Unicode.Scalar(value) else { throw failure(.loneSurrogate) }
    return scalar
  }

  private mutating func codeUnit() throws(JSON.ParseError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard position < bytes.count else { throw failure(.unexpectedEnd) }
      guard let digit = Character(UnicodeScalar(bytes[position])).hexDigitValue else {
        throw failure(.badEscape)
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }
}
