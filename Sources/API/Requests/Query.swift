package import Domain

/// Reads the query of a URI by name and type; a name that is not known, or given twice, is refused.
package struct Query {
  private let pairs: [(name: String, value: String)]

  package init(_ text: String?) throws(Rejection) {
    guard let text, !text.isEmpty else {
      pairs = []
      return
    }
    var pairs: [(name: String, value: String)] = []
    for part in text.utf8.split(separator: UInt8(ascii: "&")) {
      let halves = part.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = String(percentEncoded: halves[0], plusIsSpace: true),
        let value = halves.count < 2 ? "" : String(percentEncoded: halves[1], plusIsSpace: true)
      else { throw .uriUnreadable }
      if pairs.contains(where: { $0.name == name }) { throw .parameterRepeated(name) }
      pairs.append((name, value))
    }
    self.pairs = pairs
  }

  /// Refuses parameters of any other name.
  package func only(_ names: Set<String>) throws(Rejection) {
    for (name, _) in pairs where !names.contains(name) {
      throw .parameterUnknown(name, known: names.sorted())
    }
  }

  /// Nil when it is absent or empty.
  package subscript(name: String) -> String? {
    given(name).flatMap { $0.isEmpty ? nil : $0 }
  }

  /// What is given, even if it is empty: a number or a choice cannot be.
  func given(_ name: String) -> String? {
    pairs.first { $0.name == name }?.value
  }

  package func integer(_ name: String, in range: ClosedRange<Int64>) throws -> Int64? {
    guard let text = given(name) else { return nil }
    guard let value = Int64(text), range.contains(value) else {
      throw Problem.parameterUnreadable(
        name: name, value: text, expected: "\(range.lowerBound)…\(range.upperBound)")
    }
    return value
  }

  package func id(_ name: String) throws -> Int32? {
    try integer(name, in: 1...Int64(Int32.max)).map(Int32.init)
  }

  package func flag(_ name: String) throws -> Bool {
    guard let text = given(name) else { return false }
    switch text {
    case "true", "1": return true
    case "false", "0": return false
    default: throw Problem.parameterUnreadable(name: name, value: text, expected: "true, false")
    }
  }

  package func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Choice.Type
  ) throws -> Choice? where Choice.RawValue == String {
    guard let text = given(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw Problem.parameterUnreadable(
        name: name, value: text,
        expected: .written(Choice.allCases.map(\.rawValue).joined(separator: ", ")))
    }
    return choice
  }

  /// A moment, RFC 3339, or a whole day, which stands for its first moment in UTC.
  package func time(_ name: String) throws -> Timestamp? {
    guard let text = given(name) else { return nil }
    guard let time = try? Timestamp(parsing: text) else {
      throw Problem.parameterUnreadable(
        name: name, value: text, expected: "2026-11-22, 2026-11-22T13:45:00Z")
    }
    return time
  }
}

extension String {
  /// Undoes percent-encoding; nil for a broken escape, for bytes that are not UTF-8, and for a zero
  /// byte: no name has one, and to SQLite it is the end of the text.
  init?(percentEncoded text: some Sequence<UInt8>, plusIsSpace: Bool) {
    var bytes: [UInt8] = []
    var iterator = text.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = iterator.next().flatMap(Self.hex),
          let low = iterator.next().flatMap(Self.hex)
        else { return nil }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    guard !bytes.contains(0), let decoded = String(validating: bytes, as: UTF8.self) else {
      return nil
    }
    self = decoded
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
  }
}
