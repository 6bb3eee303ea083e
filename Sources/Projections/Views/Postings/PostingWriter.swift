import Domain
import GRDB

/// Appends seqs to posting lists: fills up the last chunk of a key, then starts new ones.
struct PostingWriter {
  private let tail: RawStatement
  private let insert: RawStatement
  private let update: RawStatement
  private var chunk = Chunk()

  init(_ db: Database) throws(Problem) {
    tail = try RawStatement(
      db,
      """
      SELECT first, last, count, seqs FROM posting WHERE facet = ? AND key = ?
      ORDER BY first DESC LIMIT 1
      """)
    insert = try RawStatement(
      db,
      "INSERT INTO posting (facet, key, first, last, count, seqs) VALUES (?, ?, ?, ?, ?, ?)")
    update = try RawStatement(
      db,
      """
      UPDATE posting SET last = ?4, count = ?5, seqs = ?6
      WHERE facet = ?1 AND key = ?2 AND first = ?3
      """)
  }

  func free() {
    chunk.free()
  }

  /// Appends seqs, given as ascending distances from `base`; one that stands there twice counts once.
  ///
  /// - Parameter isNew: whether the key is known to have no chunk yet, which spares a look.
  mutating func append(
    _ offsets: UnsafeBufferPointer<UInt32>, from base: Int64, to facet: Facet, key: Int64,
    isNew: Bool
  ) throws(Problem) {
    chunk.clear()
    var stored = false
    if !isNew {
      stored = try loadTail(facet, key)
    }
    var changed = false
    for offset in offsets {
      let seq = base + Int64(offset)
      if chunk.count > 0 && seq <= chunk.last { continue }
      if chunk.isFull {
        if changed { try write(facet, key, as: stored ? update : insert) }
        chunk.clear()
        stored = false
      }
      chunk.append(seq)
      changed = true
    }
    if changed { try write(facet, key, as: stored ? update : insert) }
  }

  private mutating func loadTail(_ facet: Facet, _ key: Int64) throws(Problem) -> Bool {
    tail.bind(1, facet.rawValue)
    tail.bind(2, key)
    defer { tail.reset() }
    guard try tail.step() else { return false }
    chunk.load(
      first: tail.int(0), last: tail.int(1), count: Int(tail.int(2)), seqs: tail.bytes(3))
    return true
  }

  private func write(
    _ facet: Facet, _ key: Int64, as statement: RawStatement
  ) throws(Problem) {
    statement.bind(1, facet.rawValue)
    statement.bind(2, key)
    statement.bind(3, chunk.first)
    statement.bind(4, chunk.last)
    statement.bind(5, Int64(chunk.count))
    statement.bind(6, pinned: chunk.encoded)
    try statement.run()
  }
}
