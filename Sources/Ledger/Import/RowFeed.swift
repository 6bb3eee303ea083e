import Domain
import Foundation
import Spreadsheet
import Synchronization

/// The rows of an uploaded file, piece by piece; without the headings, and without blank rows.
final class RowFeed: Sendable {
  /// Rows with the bytes of the file that were read to get them.
  struct Piece: Sendable {
    var rows: [CSVRow]
    let bytes: Int
  }

  /// The first row that is not blank.
  let headings: CSVRow
  private let source: Mutex<Source>

  /// Reads as far as the headings.
  ///
  /// - Parameter size: the bytes that are read at a time.
  init(_ url: URL, _ request: ImportRequest, by size: Int = 65_536) throws(Problem) {
    var source = try Source(url, request, size)
    var bytes = 0
    while true {
      guard var piece = try source.next() else {
        throw .spreadsheetUnreadable(.empty)
      }
      bytes += piece.bytes
      if piece.rows.isEmpty { continue }
      headings = piece.rows.removeFirst()
      source.first = Piece(rows: piece.rows, bytes: bytes)
      break
    }
    self.source = Mutex(source)
  }

  /// Nil at the end.
  func next() throws(Problem) -> Piece? {
    try source.withLock { (source) throws(Problem) in try source.next() }
  }

  private struct Source {
    private let input: FileHandle
    private let size: Int
    private var reader: SpreadsheetReader
    private var isFirst = true
    private var hasEnded = false
    /// What came with the headings.
    var first: Piece?

    init(_ url: URL, _ request: ImportRequest, _ size: Int) throws(Problem) {
      self.size = size
      do {
        input = try FileHandle(forReadingFrom: url)
      } catch {
        throw .jobNotResumable(url.lastPathComponent)
      }
      reader = try request.reader()
    }

    mutating func next() throws(Problem) -> Piece? {
      if let first {
        self.first = nil
        return first
      }
      guard !hasEnded else { return nil }
      let bytes: Data
      do {
        bytes = try input.read(upToCount: size) ?? Data()
      } catch {
        throw .storageFailed("\(error)")
      }
      if isFirst, SpreadsheetReader.isWorkbook(Array(bytes.prefix(8))) {
        throw .spreadsheetUnreadable(.workbook)
      }
      isFirst = false
      hasEnded = bytes.isEmpty
      if hasEnded { try? input.close() }
      var rows = hasEnded ? reader.finish() : reader.feed(bytes)
      rows.removeAll(where: \.isBlank)
      return Piece(rows: rows, bytes: bytes.count)
    }
  }
}
