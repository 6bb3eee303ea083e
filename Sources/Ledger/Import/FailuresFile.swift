import Domain
import Foundation
import Spreadsheet

/// The rows that were refused, as a file that can be mended and imported again.
struct FailuresFile {
  private let url: URL

  init(at url: URL) {
    self.url = url
  }

  /// Begins the file, or keeps what an earlier run has said of the lines that it has settled.
  func begin(headings: [String], settled: Int64) throws(Problem) {
    var kept: [[String]] = []
    if settled > 0, let data = try? Data(contentsOf: url) {
      var reader = CSVReader()
      let rows = reader.feed(data) + reader.finish()
      kept = rows.dropFirst().map(\.fields).filter {
        $0.first.flatMap { Int64($0) }.map { $0 <= settled } ?? false
      }
    }
    var bytes: [UInt8] = []
    var writer = CSVWriter(.comma)
    writer.write(["line", "code", "why"] + headings, to: &bytes)
    for row in kept { writer.write(row, to: &bytes) }
    do {
      try Data(bytes).write(to: url, options: .atomic)
    } catch {
      throw .storageFailed("\(error)")
    }
  }

  /// Adds rows, each by its line, a code, and words that say why.
  func add(_ rows: [(row: CSVRow, code: String, why: String)]) throws(Problem) {
    guard !rows.isEmpty else { return }
    var bytes: [UInt8] = []
    var writer = CSVWriter(.comma)
    for (row, code, why) in rows {
      writer.write(["\(row.line)", code, why] + row.fields, to: &bytes)
    }
    do {
      let file = try FileHandle(forWritingTo: url)
      defer { try? file.close() }
      try file.seekToEnd()
      try file.write(contentsOf: Data(bytes))
    } catch {
      throw .storageFailed("\(error)")
    }
  }
}

extension Problem {
  /// What the code is about, such as the name that is too long; without words of any language.
  package var gist: String {
    switch self {
    case .tagNameTooLong(let name, let length, let limit): "\(name) (\(length) > \(limit))"
    case .tagNotFound(let text), .customerNotFound(let text), .phoneUnreadable(let text),
      .dateUnreadable(let text), .returnPositive(let text), .tagNameHasControlCharacter(let text),
      .cellMissing(let text):
      text
    case .spreadsheetUnreadable(let fault): fault.rawValue
    case .parameterUnreadable(_, let value, .written(let expected)): "\(value) (\(expected))"
    case .parameterUnreadable(_, let value, _): value
    case .tagArchived(let tag): "\(tag.rawValue)"
    case .phoneTaken(let customer), .refTaken(let customer): "\(customer.rawValue)"
    case .rowRepeated(let line): "\(line)"
    default: ""
    }
  }
}

extension SpreadsheetFault {
  init(_ problem: CSVProblem) {
    self =
      switch problem {
      case .textAfterQuote: .textAfterQuote
      case .quoteNotClosed: .quoteNotClosed
      case .fieldTooLong: .fieldTooLong
      case .rowTooLong: .rowTooLong
      case .tooManyFields: .tooManyFields
      case .notText: .notText
      }
  }
}
