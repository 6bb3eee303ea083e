import Domain
import GRDB

/// The posting list of one key, read chunk by chunk in either direction.
final class PostingCursor: SeqCursor {
  private let facet: Facet
  private let key: Int64
  private let order: ReadingOrder
  private let upTo: RawStatement
  private let behind: RawStatement
  /// The chunk in hand, ascending; empty before the first search.
  private var seqs: [Int64] = []
  /// Where the last search ended in the chunk.
  private var index = 0

  init(_ db: Database, _ facet: Facet, _ key: Int64, _ order: ReadingOrder) throws(Problem) {
    self.facet = facet
    self.key = key
    self.order = order
    upTo = try RawStatement(
      db,
      """
      SELECT first, seqs FROM posting WHERE facet = ? AND key = ? AND first <= ?
      ORDER BY first DESC LIMIT 1
      """)
    behind = try RawStatement(
      db,
      """
      SELECT first, seqs FROM posting WHERE facet = ? AND key = ? AND first > ?
      ORDER BY first LIMIT 1
      """)
  }

  /// Visits the whole list of a key up to `last`, oldest first.
  static func each(
    _ db: Database, _ facet: Facet, _ key: Int64, through last: Int64, _ body: (Int64) -> Void
  ) throws(Problem) {
    let chunks = try RawStatement(
      db,
      "SELECT first, seqs FROM posting WHERE facet = ? AND key = ? AND first <= ? ORDER BY first")
    chunks.bind(1, facet.rawValue)
    chunks.bind(2, key)
    chunks.bind(3, last)
    defer { chunks.reset() }
    var seqs: [Int64] = []
    while try chunks.step() {
      Chunk.decode(first: chunks.int(0), chunks.bytes(1), into: &seqs)
      for seq in seqs where seq <= last { body(seq) }
    }
  }

  func seek(_ rank: Int64) throws(Problem) -> Int64? {
    let seq = order.seq(rank)
    switch order {
    case .newest: return try seekDown(seq).map(order.rank)
    case .oldest: return try seekUp(seq)
    }
  }

  private func seekDown(_ seq: Int64) throws(Problem) -> Int64? {
    if seqs.isEmpty || seq < seqs[0] {
      guard try load(upTo, seq) else { return nil }
      index = seqs.count - 1
    }
    // A page reads on from where it was: mostly the same place or the one before.
    if seqs[index] <= seq { return seqs[index] }
    if index > 0 && seqs[index - 1] <= seq {
      index -= 1
    } else {
      index = seqs.partitioningIndex { $0 > seq } - 1
    }
    return seqs[index]
  }

  private func seekUp(_ seq: Int64) throws(Problem) -> Int64? {
    if seqs.isEmpty || seq > seqs[seqs.count - 1] {
      let found = try load(upTo, seq)
      if !found || seq > seqs[seqs.count - 1] {
        guard try load(behind, seq) else { return nil }
      }
      index = 0
    }
    if seqs[index] >= seq { return seqs[index] }
    if index + 1 < seqs.count && seqs[index + 1] >= seq {
      index += 1
    } else {
      index = seqs.partitioningIndex { $0 >= seq }
    }
    return seqs[index]
  }

  private func load(_ statement: RawStatement, _ seq: Int64) throws(Problem) -> Bool {
    statement.bind(1, facet.rawValue)
    statement.bind(2, key)
    statement.bind(3, seq)
    defer { statement.reset() }
    guard try statement.step() else { return false }
    Chunk.decode(first: statement.int(0), statement.bytes(1), into: &seqs)
    return true
  }
}

extension [Int64] {
  /// The index of the first element for which `belongs` holds, where all behind it hold too.
  fileprivate func partitioningIndex(where belongs: (Int64) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
