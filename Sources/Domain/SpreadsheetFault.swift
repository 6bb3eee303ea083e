/// Why a file, or a row of one, is no spreadsheet. The raw values are formats: they stand in failures files.
package enum SpreadsheetFault: String, Hashable, Sendable {
  case empty = "file_empty"
  case workbook = "excel_workbook"
  case textAfterQuote = "text_after_quote"
  case quoteNotClosed = "quote_not_closed"
  case fieldTooLong = "field_too_long"
  case rowTooLong = "row_too_long"
  case tooManyFields = "too_many_fields"
  case notText = "not_text"
}
