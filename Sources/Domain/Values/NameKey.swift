import Foundation

/// What two names have in common when they read the same: case, accents and spaces do not count.
///
/// "c", "c++" and "c#" are three keys; "Status-Entregue" and "STATUS-ENTRÉGUE" are one.
package struct NameKey: Hashable, Comparable, Sendable {
  package let text: String

  package init(_ name: String) {
    text = Self.fold(name)
  }

  package static func < (a: Self, b: Self) -> Bool {
    a.text < b.text
  }

  /// Returns the text without case, accents and superfluous spaces, for tags' and customers' names.
  ///
  /// Accents are the combining marks that stand above, below or attached to a letter (combining class
  /// 200 and up, UAX #44). Marks that make another letter or word stay: vowel signs, nuktas, voicing
  /// marks, and the stroke that turns "=" into "≠". The result is stable under folding again.
  package static func fold(_ text: String) -> String {
    foldASCII(text) ?? foldUnicode(text)
  }
}

// MARK: - The two ways

extension NameKey {
  /// Nil when the text is not all ASCII.
  private static func foldASCII(_ text: String) -> String? {
    var text = text
    return text.withUTF8 { (bytes) -> String? in
      guard bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
      return String(unsafeUninitializedCapacity: bytes.count) { folded in
        var count = 0
        var spaceDue = false
        for byte in bytes {
          if byte == 0x20 || (0x09...0x0D).contains(byte) {
            spaceDue = count > 0
            continue
          }
          if spaceDue {
            folded[count] = 0x20
            count += 1
            spaceDue = false
          }
          folded[count] = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
          count += 1
        }
        return count
      }
    }
  }

  private static func foldUnicode(_ text: String) -> String {
    var folded = String.UnicodeScalarView()
    var spaceDue = false
    for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
      let properties = scalar.properties
      if properties.isWhitespace {
        spaceDue = !folded.isEmpty
        continue
      }
      if properties.canonicalCombiningClass.rawValue >= 200 { continue }
      if properties.isDefaultIgnorableCodePoint && !joinsEmoji(scalar, after: folded.last) {
        continue
      }
      if spaceDue {
        folded.append(" ")
        spaceDue = false
      }
      folded.append(contentsOf: caseFolded(scalar).unicodeScalars)
    }
    return String(folded)
  }

  /// Whether an invisible scalar holds an emoji sequence together: the joiner, or a flag's tags.
  private static func joinsEmoji(_ scalar: Unicode.Scalar, after last: Unicode.Scalar?) -> Bool {
    guard scalar == "\u{200D}" || ("\u{E0020}"..."\u{E007F}").contains(scalar), let last else {
      return false
    }
    return last.value > 0x7F && (last.properties.isEmoji || last.value >= 0xE0020)
  }

  /// Down, up and down again comes to full case folding: "ẞ", "ß" and "SS" meet in "ss".
  private static func caseFolded(_ scalar: Unicode.Scalar) -> String {
    guard scalar.properties.changesWhenCaseMapped else { return String(scalar) }
    return scalar.properties.lowercaseMapping.uppercased().lowercasedByScalar
  }
}

extension String {
  /// Lower case without regard to position: a final "Σ" becomes "σ" like any other.
  fileprivate var lowercasedByScalar: String {
    unicodeScalars.reduce(into: "") { $0 += $1.properties.lowercaseMapping }
  }
}
