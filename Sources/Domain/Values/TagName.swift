import Foundation

/// A tag's name as it is shown: in NFC, trimmed, with single spaces and no control characters (N1).
package struct TagName: Hashable, Sendable {
  package let text: String
  /// What makes it the same name as another.
  package let key: NameKey
  /// What makes its category the same as another's; nil without a category. It is kept, since each command
  /// that concerns a tag asks for it.
  package let categoryKey: NameKey?

  /// The characters a name may have unless a team sets otherwise.
  package static let defaultLimit = 20

  /// The bytes per character beyond which a name is refused, however few characters it makes.
  ///
  /// A character can be piled up without end from combining marks; the longest in use, an emoji
  /// family with skin tones, takes 41.
  package static let bytesPerCharacter = 64

  /// Tidies a name as typed; `limit` counts characters as a person does (grapheme clusters).
  package init(_ raw: String, limit: Int = defaultLimit) throws(Problem) {
    let bytes = raw.utf8.count
    guard bytes <= limit * Self.bytesPerCharacter else {
      throw .textTooLong(field: "name", length: bytes, limit: limit * Self.bytesPerCharacter)
    }
    let text = try Self.tidied(raw)
    let key = NameKey(text)
    // A name of nothing but accents would read as no name at all.
    guard !key.text.isEmpty else { throw .tagNameEmpty }
    guard text.count <= limit else {
      throw .tagNameTooLong(text, length: text.count, limit: limit)
    }
    self.text = text
    self.key = key
    categoryKey = Self.category(of: text).map(NameKey.init)
  }

  /// A name that stands in the log: it was fit when it was taken, whatever the limit is now.
  package init(recorded text: String) {
    self.text = text
    key = NameKey(text)
    categoryKey = Self.category(of: text).map(NameKey.init)
  }

  /// What stands before the first "-", as written ("Produto" in "Produto-Sofá"); nil without one.
  package var category: String? { Self.category(of: text) }

  private static func category(of text: String) -> String? {
    guard let dash = text.firstIndex(of: "-") else { return nil }
    // Spaces are single and none stands in front, so that at most one has to go.
    let category = text[..<dash].hasSuffix(" ") ? text[..<dash].dropLast() : text[..<dash]
    return category.isEmpty ? nil : String(category)
  }
}

extension TagName: CustomStringConvertible {
  package var description: String {
    text
  }
}

// MARK: - Tidying

extension TagName {
  /// NFC by way of NFD, since Foundation takes a Hangul syllable before a final for composed.
  private static func composed(_ raw: String) -> String {
    raw.decomposedStringWithCanonicalMapping.precomposedStringWithCanonicalMapping
  }

  private static func tidied(_ raw: String) throws(Problem) -> String {
    let composed = raw.utf8.allSatisfy { $0 < 0x80 } ? raw : composed(raw)
    var tidy = String.UnicodeScalarView()
    var spaceDue = false
    var breakDue = false
    for scalar in composed.unicodeScalars {
      if scalar.properties.isWhitespace {
        spaceDue = !tidy.isEmpty
        breakDue = breakDue || isControl(scalar)
        continue
      }
      // A line break or a tab inside a name is a control character; at its ends it is trimmed.
      guard !isControl(scalar), !(spaceDue && breakDue) else {
        throw .tagNameHasControlCharacter(raw)
      }
      if spaceDue { tidy.append(" ") }
      spaceDue = false
      breakDue = false
      tidy.append(scalar)
    }
    return String(tidy)
  }

  /// Control characters, and the invisible ones by which two names look alike or run backwards.
  ///
  /// The joiners and a flag's tags stay allowed, since emoji and several scripts are written with them.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: return true
    case .format:
      let allowed =
        ("\u{200C}"..."\u{200D}").contains(scalar) || ("\u{E0020}"..."\u{E007F}").contains(scalar)
      return properties.isDefaultIgnorableCodePoint && !allowed
    default: return properties.isNoncharacterCodePoint
    }
  }
}
