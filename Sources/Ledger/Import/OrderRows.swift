import Domain
import Spreadsheet
import Synchronization

/// The rows of a file of orders with what they say, piece by piece.
final class OrderRows: Sendable {
  /// The bytes of a piece: enough to keep all cores busy for a moment.
  static let bytes = 262_144

  /// One row, read; with the order that it names, also where the rest cannot be read.
  struct Row: Sendable {
    let row: CSVRow
    let order: FactKey?
    let part: Result<OrderReader.Part, Problem>
  }

  struct Piece: Sendable {
    let rows: [Row]
    /// Of the file.
    let bytes: Int
  }

  private let feed: RowFeed
  /// One for each core: each remembers whom it has looked up.
  private let readers: Mutex<[OrderReader]>

  init(_ feed: RowFeed, _ reader: OrderReader, cores: Int) {
    self.feed = feed
    readers = Mutex(Array(repeating: reader, count: cores))
  }

  /// Nil at the end.
  func next() throws(Problem) -> Piece? {
    guard let piece = try feed.next() else { return nil }
    return Piece(rows: readers.withLock { Self.read(piece.rows, &$0) }, bytes: piece.bytes)
  }

  /// Reads rows on all cores, which takes as long as everything else that is done with them.
  private static func read(_ rows: [CSVRow], _ readers: inout [OrderReader]) -> [Row] {
    let width = (rows.count + readers.count - 1) / readers.count
    return Array(unsafeUninitializedCapacity: rows.count) { read, count in
      readers.withUnsafeMutableBufferPointer { readers in
        // Each core has a reader, and a stretch of the rows, of its own.
        nonisolated(unsafe) let (read, readers) = (read, readers)
        onAllCores(readers.count) { core in
          for index in rows.indices.dropFirst(core * width).prefix(width) {
            read.initializeElement(at: index, to: readers[core].read(rows[index]))
          }
        }
      }
      count = rows.count
    }
  }
}
