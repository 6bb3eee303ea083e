import Spreadsheet
import Testing

@Suite struct CSVWriterTests {
  @Test func `cells are quoted only where they must be`() {
    var writer = CSVWriter()
    var bytes: [UInt8] = []
    writer.write(["a", "b c", "d,e", "f\"g", "h\ni", " j", "", "é"], to: &bytes)
    writer.write([""], to: &bytes)
    writer.write(["sep=,"], to: &bytes)
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "a,b c,\"d,e\",\"f\"\"g\",\"h\ni\",\" j\",,é\n\"\"\n\"sep=,\"\n")
  }

  @Test func `Excel gets its mark once, its line ends and its delimiter`() {
    var writer = CSVWriter(.semicolon, forExcel: true)
    var bytes: [UInt8] = []
    writer.write(["a", "b;c"], to: &bytes)
    writer.write(["d", "e,f"], to: &bytes)
    #expect(bytes == [0xEF, 0xBB, 0xBF] + Array("a;\"b;c\"\r\nd;e,f\r\n".utf8))
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-cmd|x", "'-cmd|x"), ("+a", "'+a"), ("-", "'-"),
    ("\t=1", "'\t=1"), ("'=1", "''=1"), ("＝1", "'＝1"), ("+5541988887777", "+5541988887777"),
    ("-12.50", "-12.50"), ("'tis", "'tis"), ("a=b", "a=b"), ("'", "'"),
  ])
  func `what would run as a formula is guarded, and numbers are not`(cell: String, guarded: String)
  {
    #expect(FormulaGuard.added(to: cell) == guarded)
    #expect(FormulaGuard.removed(from: guarded) == cell)
  }

  @Test(arguments: UInt64(0)..<200)
  func `what is written is read back, cell for cell`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parts = [
      "\"", ",", ";", "\t", "\r", "\n", "a", "é", "'", "=", "+", "-", "1", " ", "\u{301}",
    ]
    let table = (0..<8).map { _ in
      (0...Int.random(in: 0...4, using: &generator)).map { _ in
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in
          parts.randomElement(using: &generator).unsafelyUnwrapped
        }.joined()
      }
    }
    for delimiter in [",", ";", "\t"] {
      for guards in [true, false] {
        for forExcel in [true, false] {
          let dialect = CSVDialect(
            delimiter: delimiter.utf8.first.unsafelyUnwrapped, guardsFormulas: guards)
          var writer = CSVWriter(dialect, forExcel: forExcel)
          var bytes: [UInt8] = []
          for row in table { writer.write(row, to: &bytes) }
          var reader = SpreadsheetReader(encoding: .utf8, dialect: dialect)
          let read = reader.feed(bytes) + reader.finish()
          // By scalars, since Swift's == takes composed and decomposed for equal.
          #expect(
            read.map { $0.fields.map { Array($0.unicodeScalars) } }
              == table.map { $0.map { Array($0.unicodeScalars) } })
        }
      }
    }
  }
}
