import Dispatch
package import Domain
import Spreadsheet
import Synchronization

/// A spreadsheet on its way out, made piece by piece as it is asked for.
///
/// It shows the ledger as it was when the export was asked for, and holds one piece at a time,
/// however many customers there are.
package struct Export: AsyncSequence, Sendable {
  package typealias Element = [UInt8]
  package typealias Failure = Problem

  let request: ExportRequest
  let writer: CSVWriter
  let ledger: Ledger
  let state: State
  /// When figures are as they are told.
  let moment: Timestamp

  package func makeAsyncIterator() -> Iterator {
    Iterator(self)
  }

  package struct Iterator: AsyncIteratorProtocol {
    /// Where opening sealed fields and reading the log keep no request waiting.
    private static let queue = DispatchQueue.global(qos: .utility)

    private let sheet: Sheet

    fileprivate init(_ export: Export) {
      sheet = Sheet(export)
    }

    package mutating func next() async throws(Problem) -> [UInt8]? {
      try await next(isolation: nil)
    }

    /// The next rows, whole lines; the first piece begins with the headings.
    package mutating func next(
      isolation actor: isolated (any _Concurrency.Actor)?
    ) async throws(Problem) -> [UInt8]? {
      let sheet = sheet
      let result = await withCheckedContinuation { done in
        Self.queue.async { done.resume(returning: sheet.next()) }
      }
      return try result.get()
    }
  }
}

/// The rows of an export, and the bytes that they come to.
private final class Sheet: Sendable {
  private let contents: Mutex<Contents>

  private struct Contents {
    var rows: any ExportRows
    var writer: CSVWriter
    let headings: [String]
    var hasBegun = false
    var isAtEnd = false

    mutating func next() throws(Problem) -> [UInt8]? {
      var bytes: [UInt8] = []
      if !hasBegun {
        writer.write(headings, to: &bytes)
        hasBegun = true
      }
      while !isAtEnd {
        guard let piece = try rows.next() else {
          isAtEnd = true
          break
        }
        for row in piece { writer.write(row, to: &bytes) }
        if !piece.isEmpty { break }
      }
      return bytes.isEmpty ? nil : bytes
    }
  }

  init(_ export: Export) {
    let columns: [ImportField]
    let rows: any ExportRows
    var headings: [String]?
    switch export.request.kind {
    case .customers where export.request.columns != nil:
      let chosen = export.request.columns!
      columns = []
      headings = ChosenRows.headings(chosen, export.request.language)
      rows = ChosenRows(export, chosen)
    case .customers:
      columns = CustomerRows.columns
      rows = CustomerRows(export)
    case .memberships:
      columns = MembershipRows.columns
      rows = MembershipRows(export)
    // Orders come in alone; no route asks for them.
    case .history, .orders:
      columns = HistoryRows.columns
      rows = HistoryRows(export)
    }
    contents = Mutex(
      Contents(
        rows: rows, writer: export.writer,
        headings: headings ?? columns.map(export.request.language.heading)))
  }

  func next() -> Result<[UInt8]?, Problem> {
    contents.withLock { contents in
      do throws(Problem) {
        return .success(try contents.next())
      } catch {
        contents.isAtEnd = true
        return .failure(error)
      }
    }
  }
}

/// Where the rows of an export come from.
protocol ExportRows: Sendable {
  /// Some more rows, at times none; nil at the end.
  mutating func next() throws(Problem) -> [[String]]?
}

extension Ledger {
  /// What an import of the same kind would take, as CSV: the mirror image.
  ///
  /// Imported into this ledger it changes nothing; into an empty one, with tags and customers
  /// created, it makes the same. A customer without a phone and a reference gets a reference that
  /// names this ledger and their number in it.
  ///
  /// - Parameters:
  ///   - past: a state of the past, to be told instead of the present one.
  ///   - at: the moment of which figures are told; now where it is nil.
  package func export(
    _ request: ExportRequest, by caller: Caller, asOf past: State? = nil, at: Timestamp? = nil
  ) async throws(Problem) -> Export {
    let live = try state(for: caller, .customersExport)
    let state = past ?? live
    var request = request
    if let tag = request.tag { request.tag = try state.current(tag).id }
    return Export(
      request: request, writer: try request.writer(), ledger: self, state: state,
      moment: at ?? moment)
  }
}
