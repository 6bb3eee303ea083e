import Domain
import GRDB

/// Gives each distinct text its number, and indexes the words of those that are new.
struct WordingWriter {
  private let find: RawStatement?
  private let insert: RawStatement
  private let index: RawStatement
  private var numbers: [Fingerprint: Int32] = [:]
  private var largest: Int32
  /// The last of the numbers whose words are indexed.
  private var indexed: Int32

  /// Numbers kept while the file itself can be asked; without it all must be kept.
  private static let cacheLimit = 50_000

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

  /// - Parameter isNew: whether the file is being built, empty and still without its index.
  init(_ db: Database, isNew: Bool) throws(Problem) {
    find = isNew ? nil : try RawStatement(db, "SELECT id FROM wording WHERE text = ?")
    insert = try RawStatement(db, "INSERT INTO wording (id, text) VALUES (?, ?)")
    index = try RawStatement(
      db, "INSERT INTO words (rowid, text) SELECT id, text FROM wording WHERE id > ?")
    largest = try Problem.wrapping {
      try Int32.fetchOne(db, sql: "SELECT max(id) FROM wording") ?? 0
    }
    indexed = largest
  }

  mutating func number(of text: UnsafeBufferPointer<UInt8>) throws(Problem) -> Int32 {
    let fingerprint = Fingerprint(text)
    if let known = numbers[fingerprint] { return known }
    let number: Int32
    if let known = try stored(text) { number = known } else { number = try add(text) }
    if find != nil && numbers.count >= Self.cacheLimit { numbers.removeAll(keepingCapacity: true) }
    numbers[fingerprint] = number
    return number
  }

  private func stored(_ text: UnsafeBufferPointer<UInt8>) throws(Problem) -> Int32? {
    guard let find else { return nil }
    find.bind(1, text: text)
    defer { find.reset() }
    return try find.step() ? Int32(find.int(0)) : nil
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>) throws(Problem) -> Int32 {
    largest += 1
    insert.bind(1, Int64(largest))
    insert.bind(2, text: text)
    try insert.run()
    return largest
  }

  /// Indexes the words of the texts that are new, in one statement.
  mutating func indexNew() throws(Problem) {
    guard indexed < largest else { return }
    index.bind(1, Int64(indexed))
    try index.run()
    indexed = largest
  }
}
