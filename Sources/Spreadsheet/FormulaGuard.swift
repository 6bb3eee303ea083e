/// Keeps a cell from being taken for a formula when a spreadsheet opens the file.
///
/// Decision: a customer's name can come from the customer, so what is exported must not run in the
/// operator's spreadsheet (OWASP, "CSV Injection"). A cell that begins with `=`, `@`, a tab, or with a
/// sign that is not a number's, is written with an apostrophe in front. That alone would spoil the mirror
/// image, so two things are added. The reader takes exactly such an apostrophe off again. And a cell
/// that has apostrophes of its own before such a beginning gets one more, so that the two are inverse
/// for every text. Phone numbers and amounts ("+5541988887777", "-12.50") stay as they are: a
/// spreadsheet makes numbers of them, which is harmless, and other programs read them as they stand.
package enum FormulaGuard {
  package static func added(to cell: String) -> String {
    isNeeded(cell) ? "'" + cell : cell
  }

  package static func removed(from cell: String) -> String {
    guard cell.utf8.first == UInt8(ascii: "'"), isNeeded(cell) else { return cell }
    // By scalars, since an apostrophe and what follows can make one character.
    return String(cell.unicodeScalars.dropFirst())
  }

  /// Whether a cell, apart from apostrophes in front of it, would be taken for a formula.
  private static func isNeeded(_ cell: String) -> Bool {
    let core = cell.unicodeScalars.drop { $0 == "'" }
    switch core.first {
    case "=", "@", "\t", "\r", "\u{FF1D}", "\u{FF20}", "\u{FF0B}", "\u{FF0D}": return true
    case "+", "-": return !isNumber(core.dropFirst())
    default: return false
    }
  }

  private static func isNumber(_ text: Substring.UnicodeScalarView) -> Bool {
    !text.isEmpty
      && text.allSatisfy { ("0"..."9").contains($0) || " .,".unicodeScalars.contains($0) }
  }
}
