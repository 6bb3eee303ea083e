/// One row of a file, or a line that is none.
package struct CSVRow: Hashable, Sendable {
  /// The line of the file on which it starts, counted from 1.
  package let line: Int
  /// The cells; of a row that cannot be read, its first line as it stands, cut short, as the only one.
  package let fields: [String]
  /// Why the row cannot be read; nil when it can.
  package let problem: CSVProblem?

  package init(line: Int, fields: [String], problem: CSVProblem? = nil) {
    self.line = line
    self.fields = fields
    self.problem = problem
  }

  /// Whether there is nothing in any of its cells, as in rows that Excel drags along.
  package var isBlank: Bool {
    problem == nil && fields.allSatisfy { $0.utf8.allSatisfy { $0 == 0x20 } }
  }
}

/// Why a row cannot be read. The raw values are formats: they stand in failures files.
package enum CSVProblem: String, Hashable, Sendable {
  /// A quoted cell goes on after its closing quote: `"a"b`.
  case textAfterQuote = "text_after_quote"
  /// A quoted cell never ends, or only beyond what a cell or a row may hold.
  case quoteNotClosed = "quote_not_closed"
  case fieldTooLong = "field_too_long"
  case rowTooLong = "row_too_long"
  case tooManyFields = "too_many_fields"
  /// Bytes that are no text in the file's encoding.
  case notText = "not_text"
}
