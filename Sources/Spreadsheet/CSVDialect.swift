/// How the cells of a file are told apart.
package struct CSVDialect: Hashable, Sendable {
  /// One ASCII byte: comma, semicolon or tab.
  package var delimiter: UInt8
  /// Whether cells are guarded against being taken for formulas; see `FormulaGuard`.
  package var guardsFormulas: Bool

  package init(delimiter: UInt8 = UInt8(ascii: ","), guardsFormulas: Bool = true) {
    self.delimiter = delimiter
    self.guardsFormulas = guardsFormulas
  }

  package static let comma = CSVDialect()
  package static let semicolon = CSVDialect(delimiter: UInt8(ascii: ";"))
  package static let tab = CSVDialect(delimiter: UInt8(ascii: "\t"))

  /// What a person writes for a delimiter: itself, or "comma", "semicolon", "tab"; nil for others.
  package init?(name: String) {
    switch name.lowercased() {
    case ",", "comma": self = .comma
    case ";", "semicolon": self = .semicolon
    case "\t", "\\t", "tab": self = .tab
    default: return nil
    }
  }

  /// Takes the delimiter that occurs most outside quotes in the first line with text; a comma where none does.
  ///
  /// `text` is UTF-8 and need not end with the line. Excel's own hint, a first line "sep=;", counts.
  package init(sniffing text: some Sequence<UInt8>) {
    self.init()
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    var hasText = false
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"):
        if !isQuoted { counts[byte, default: 0] += 1 }
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        if !isQuoted && hasText { return }
        continue
      default: break
      }
      hasText = true
      if counts[byte, default: 0] > counts[delimiter, default: 0] { delimiter = byte }
    }
  }
}

/// What a reader holds at most, so that no file can fill the memory.
package struct CSVLimits: Hashable, Sendable {
  /// The bytes of one cell, quotes included.
  package var field: Int
  /// The bytes of one row.
  package var row: Int
  /// The cells of one row.
  package var fields: Int

  package init(field: Int = 65_536, row: Int = 262_144, fields: Int = 1000) {
    self.field = field
    self.row = row
    self.fields = fields
  }
}
