/// Reads a spreadsheet's file whose encoding and delimiter need not be known, as it arrives.
///
/// What it holds at any time is bounded: 64 KiB while it looks for the encoding and the delimiter, then
/// one row.
package struct SpreadsheetReader: Sendable {
  private var decoder: TextDecoder
  private let limits: CSVLimits
  private var reader: CSVReader?
  /// Decoded text in which no line has ended, while the delimiter is looked for.
  private var head: [UInt8] = []

  /// The delimiter as given or found; nil before the first line.
  package private(set) var dialect: CSVDialect?

  /// The encoding as given or found; nil while all has been ASCII.
  package var encoding: TextEncoding? {
    decoder.encoding
  }

  /// A nil `encoding` or `dialect` is found out from the file.
  package init(
    encoding: TextEncoding? = nil, dialect: CSVDialect? = nil, limits: CSVLimits = CSVLimits()
  ) {
    decoder = TextDecoder(encoding)
    self.limits = limits
    self.dialect = dialect
    reader = dialect.map { CSVReader($0, limits: limits) }
  }

  /// Takes the next bytes and returns rows that have ended, the last of them perhaps not yet.
  package mutating func feed(_ bytes: some Sequence<UInt8>) -> [CSVRow] {
    rows(decoder.decode(bytes), isLast: false)
  }

  /// Returns the rows that end with the file.
  package mutating func finish() -> [CSVRow] {
    rows(decoder.finish(), isLast: true)
  }

  /// Whether a file is an Excel workbook (.xlsx or .xls) and not the text that this reads.
  package static func isWorkbook(_ firstBytes: [UInt8]) -> Bool {
    firstBytes.starts(with: [0x50, 0x4B, 0x03, 0x04])
      || firstBytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
  }

  private mutating func rows(_ text: [UInt8], isLast: Bool) -> [CSVRow] {
    guard reader == nil else {
      return read(text, isLast: isLast)
    }
    head.append(contentsOf: text)
    guard isLast || head.count >= TextDecoder.window else { return [] }
    dialect = CSVDialect(sniffing: head.prefix(TextDecoder.window))
    reader = dialect.map { CSVReader($0, limits: limits) }
    defer { head = [] }
    return read(head, isLast: isLast)
  }

  private mutating func read(_ text: [UInt8], isLast: Bool) -> [CSVRow] {
    let rows = reader?.feed(text) ?? []
    return isLast ? rows + (reader?.finish() ?? []) : rows
  }
}
