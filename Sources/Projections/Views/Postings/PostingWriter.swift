import Domain
import GRDB

/// Appends seqs to posting lists: fills up the last chunk of a key, then starts new ones.
struct PostingWriter {
  private let tail: RawStatement
  private let put: RawStatement
  private var chunk = Chunk()

  init(_ db: Database) throws(Problem) {
    tail = try RawStatement(
      db,
      """
      SELECT first, last, count, seqs FROM posting WHERE facet = ? AND key = ?
      ORDER BY first DESC LIMIT 1
      """)
    // One descent into the tree; an UPDATE takes two.
    put = try RawStatement(
      db,
      "INSERT OR REPLACE INTO posting (facet, key, first, last, count, seqs) VALUES (?, ?, ?, ?, ?, ?)"
    )
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
    if !isNew { try loadTail(facet, key) }
    var changed = false
    for offset in offsets {
      let seq = base + Int64(offset)
      if chunk.count > 0 && seq <= chunk.last { continue }
      if chunk.isFull {
        if changed { try write(facet, key) }
        chunk.clear()
      }
      chunk.append(seq)
      changed = true
    }
    if changed { try write(facet, key) }
  }

  /// Goes on with the last chunk of the key, where it has one.
  private mutating func loadTail(_ facet: Facet, _ key: Int64) throws(Problem) {
    tail.bind(1, facet.rawValue)
    tail.bind(2, key)
    defer { tail.reset() }
    guard try tail.step() else { return }
    chunk.load(
      first: tail.int(0), last: tail.int(1), count: Int(tail.int(2)), seqs: tail.bytes(3))
  }

  private func write(_ facet: Facet, _ key: Int64) throws(Problem) {
    put.bind(1, facet.rawValue)
    put.bind(2, key)
    put.bind(3, chunk.first)
    put.bind(4, chunk.last)
    put.bind(5, Int64(chunk.count))
    put.bind(6, pinned: chunk.encoded)
    try put.run()
  }
}
