/// Writes rows as CSV (RFC 4180) in UTF-8, so that `CSVReader` reads the same cells back.
package struct CSVWriter: Sendable {
  package let dialect: CSVDialect
  private let lineEnd: String
  private var bytesBefore: [UInt8]

  /// `forExcel` adds a byte order mark, without which Excel takes UTF-8 for Windows-1252, and ends lines
  /// with CRLF.
  package init(_ dialect: CSVDialect = .comma, forExcel: Bool = false) {
    self.dialect = dialect
    lineEnd = forExcel ? "\r\n" : "\n"
    bytesBefore = forExcel ? [0xEF, 0xBB, 0xBF] : []
  }

  /// Appends one row.
  package mutating func write(_ fields: some Collection<String>, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: bytesBefore)
    bytesBefore = []
    // A single empty cell is quoted, since an empty line is no row.
    if fields.count == 1, fields.first == "" { bytes.append(contentsOf: "\"\"".utf8) }
    var isFirst = true
    for field in fields {
      if !isFirst { bytes.append(dialect.delimiter) }
      isFirst = false
      write(dialect.guardsFormulas ? FormulaGuard.added(to: field) : field, to: &bytes)
    }
    bytes.append(contentsOf: lineEnd.utf8)
  }

  private func write(_ field: String, to bytes: inout [UInt8]) {
    var field = field
    field.withUTF8 { text in
      guard needsQuotes(text) else { return bytes.append(contentsOf: text) }
      bytes.append(UInt8(ascii: "\""))
      for byte in text {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
      }
      bytes.append(UInt8(ascii: "\""))
    }
  }

  private func needsQuotes(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    // Spaces at the ends are quoted, since some programs trim them; and so is what would read as
    // Excel's hint at the delimiter.
    if text.first == 0x20 || text.last == 0x20 || text.starts(with: "sep=".utf8) { return true }
    return text.contains {
      $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
        || $0 == dialect.delimiter
    }
  }
}
