/// How many columns of a terminal a text takes.
enum DisplayWidth {
  static func of(_ text: String) -> Int {
    text.reduce(0) { $0 + of($1) }
  }

  static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    // An emoji with its selector or joined from several takes two columns, however many it is of.
    if scalars.contains("\u{FE0F}") { return 2 }
    if first.properties.isEmojiPresentation { return 2 }
    if isInvisible(first) { return 0 }
    return isWide(first.value) ? 2 : 1
  }

  /// Returns the longest beginning of `text` that fits, with an ellipsis where something is missing.
  static func truncate(_ text: String, to limit: Int) -> String {
    guard of(text) > limit else { return text }
    guard limit > 0 else { return "" }
    var used = 0
    var kept = ""
    for character in text {
      used += of(character)
      guard used < limit else { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// Returns lines of at most `limit` columns, broken between words where there are any.
  static func wrap(_ text: String, to limit: Int) -> [String] {
    guard of(text) > limit, limit > 1 else { return [text] }
    var lines = [""]
    var used = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let width = of(String(word))
      if used > 0, used + 1 + width <= limit {
        lines[lines.count - 1] += " \(word)"
        used += 1 + width
        continue
      }
      if used > 0 { lines.append("") }
      used = 0
      for character in word {
        let width = of(character)
        if used + width > limit {
          lines.append("")
          used = 0
        }
        lines[lines.count - 1].append(character)
        used += width
      }
    }
    return lines
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: true
    default: false
    }
  }

  /// East Asian Width W and F (Unicode 15, UAX #11), but for the emoji, which have a property.
  private static func isWide(_ value: UInt32) -> Bool {
    guard value >= 0x1100 else { return false }
    return switch value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18AFF,
      0x1B000...0x1B2FF, 0x1F200...0x1F2FF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
