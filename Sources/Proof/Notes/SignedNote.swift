/// A text with signatures (C2SP signed-note).
///
/// Read strictly: any byte that is not as the format says is refused, so that a note has one spelling.
package struct SignedNote: Hashable, Sendable {
  /// What is signed; ends with a newline.
  package let text: String
  package let signatures: [Signature]

  /// One signature line: `— name base64(key id ‖ signature)`.
  package struct Signature: Hashable, Sendable {
    package let name: String
    package let keyID: UInt32
    package let bytes: [UInt8]

    package init(name: String, keyID: UInt32, bytes: [UInt8]) {
      self.name = name
      self.keyID = keyID
      self.bytes = bytes
    }

    fileprivate var line: String {
      let id = withUnsafeBytes(of: keyID.bigEndian) { Array($0) }
      return "\(SignedNote.mark)\(name) \(Base64Text.encode(id + bytes))\n"
    }
  }

  /// Larger notes are refused unread.
  package static let byteLimit = 1 << 16
  package static let signatureLimit = 64

  /// An em dash (U+2014) and a space.
  fileprivate static let mark = "\u{2014} "

  package init(text: String, signatures: [Signature]) {
    self.text = text
    self.signatures = signatures
  }

  package init(parsing bytes: some Collection<UInt8>) throws(ProofFault) {
    guard bytes.count <= Self.byteLimit else {
      throw .malformed(.note, "larger than \(Self.byteLimit) bytes")
    }
    guard let whole = String(validating: bytes, as: UTF8.self) else {
      throw .malformed(.note, "not UTF-8")
    }
    guard whole.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x0a }) else {
      throw .malformed(.note, "a control character")
    }
    // By bytes: a character may be made of several, and equal ones of different.
    let lines = whole.utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
    guard lines.last?.isEmpty == true, let gap = lines.dropLast().lastIndex(where: \.isEmpty),
      gap > 0
    else { throw .malformed(.note, "no empty line before the signatures") }
    let rest = lines[(gap + 1)...].dropLast()
    guard (1...Self.signatureLimit).contains(rest.count) else {
      throw .malformed(.note, "\(rest.count) signatures")
    }
    var signatures: [Signature] = []
    for line in rest {
      guard let signature = Signature(line: Substring(line)) else {
        throw .malformed(.note, "a signature line that is none")
      }
      signatures.append(signature)
    }
    self.init(
      text: String(whole.utf8[..<lines[gap].startIndex])!, signatures: signatures)
  }

  /// The note as it is sent and kept.
  package var bytes: [UInt8] {
    Array((text + "\n" + signatures.map(\.line).joined()).utf8)
  }

  /// Whether a key may have this name: not empty, without plus and any space of Unicode's.
  package static func isKeyName(_ name: some StringProtocol) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy { scalar in
        scalar != "+" && scalar.value > 0x20 && !scalar.properties.isWhitespace
      }
  }
}

extension SignedNote.Signature {
  /// Nil for anything but the line that `line` writes.
  fileprivate init?(line: Substring) {
    let mark = SignedNote.mark.utf8
    guard line.utf8.starts(with: mark) else { return nil }
    let parts = line.utf8.dropFirst(mark.count).split(
      separator: 0x20, omittingEmptySubsequences: false)
    guard parts.count == 2, let name = String(parts[0]), SignedNote.isKeyName(name),
      let text = String(parts[1]), let bytes = Base64Text.decode(text), bytes.count > 4
    else { return nil }
    let id = bytes[..<4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    self.init(name: name, keyID: id, bytes: Array(bytes[4...]))
  }
}
