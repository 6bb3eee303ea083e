import Domain
import GRDB

/// Gives each distinct text of a stretch of the log its number, and indexes the words of those that are
/// new.
///
/// A text that comes again in a later stretch gets another number: most texts are ids that never come
/// again, and to look each up among all that were ever said took longer than all else that is kept of its
/// event. What a stretch holds fits into memory.
struct WordingWriter {
  private let insert: RawStatement
  private let index: RawStatement
  private var numbers: [Fingerprint: Int32] = [:]
  /// The stretch that `numbers` are of.
  private var stretch: Int64
  /// The last number that there is.
  private(set) var largest: Int32
  /// The last of the numbers whose words are indexed.
  private var indexed: Int32

  /// Events in a stretch.
  private static let length: Int64 = 1 << 18

  /// Stands for a text. It is keyed anew in each process, so that nobody can make two texts meet.
  private struct Fingerprint: Hashable {
    let first: Int
    let second: Int

    init(_ text: UnsafeBufferPointer<UInt8>) {
      let bytes = UnsafeRawBufferPointer(text)
      var hasher = Hasher()
      hasher.combine(0)
      hasher.combine(bytes: bytes)
      first = hasher.finalize()
      hasher = Hasher()
      hasher.combine(1)
      hasher.combine(bytes: bytes)
      second = hasher.finalize()
    }
  }

  /// - Parameter position: the last event whose texts stand in the file.
  init(_ db: Database, position: Int64) throws(Problem) {
    insert = try RawStatement(db, "INSERT INTO wording (id, first, text) VALUES (?, ?, ?)")
    index = try RawStatement(
      db, "INSERT INTO words (rowid, text) SELECT id, text FROM wording WHERE id > ?")
    stretch = Self.stretch(of: position)
    largest = 0
    let known = try RawStatement(db, "SELECT id, first, text FROM wording ORDER BY id DESC")
    defer { known.reset() }
    while try known.step() {
      let id = Int32(known.int(0))
      largest = max(largest, id)
      if Self.stretch(of: known.int(1)) != stretch { break }
      numbers[Fingerprint(known.bytes(2))] = id
    }
    indexed = largest
  }

  private static func stretch(of seq: Int64) -> Int64 { (seq - 1) / length }

  /// The number that a text has in its stretch; nil where it stands there for the first time, which is
  /// noted with the text itself.
  ///
  /// - Parameter seq: an event in which it stands; no earlier one than before.
  mutating func number(
    of text: UnsafeBufferPointer<UInt8>, in seq: Int64
  ) throws(Problem) -> Int32? {
    if Self.stretch(of: seq) != stretch {
      stretch = Self.stretch(of: seq)
      numbers.removeAll(keepingCapacity: true)
    }
    let fingerprint = Fingerprint(text)
    if let known = numbers[fingerprint] { return known }
    largest += 1
    insert.bind(1, Int64(largest))
    insert.bind(2, seq)
    insert.bind(3, text: text)
    try insert.run()
    numbers[fingerprint] = largest
    return nil
  }

  /// Indexes the words of the texts that are new, in one statement.
  mutating func indexNew() throws(Problem) {
    guard indexed < largest else { return }
    index.bind(1, Int64(indexed))
    try index.run()
    indexed = largest
  }
}
