package import Domain
package import Proof
internal import Synchronization

extension Log {
  /// The head the log had when it was of that size.
  package func head(atSize size: Int64) throws(Problem) -> TreeHead {
    TreeHead(size: size, root: try tree(size) { (tree) throws(Problem) in try tree.root(0..<size) })
  }

  /// Proves that event `seq` stands in the log of that size; hashes from the leaf up.
  package func inclusionProof(of seq: Int64, inSize size: Int64) throws(Problem) -> [TreeHash] {
    guard seq >= 1, seq <= size else { throw .seqNotFound(seq) }
    return try tree(size) { (tree) throws(Problem) in
      try tree.inclusionProof(of: seq - 1, size: size)
    }
  }

  /// Proves that the log of size `newer` begins with all of the log of size `older`.
  package func consistencyProof(
    from older: Int64, to newer: Int64
  ) throws(Problem) -> [TreeHash] {
    guard older >= 0, older <= newer else { throw .seqNotFound(older) }
    return try tree(newer) { (tree) throws(Problem) in
      try tree.consistencyProof(from: older, size: newer)
    }
  }

  func tree<T>(
    _ size: Int64, _ body: (TreeSource) throws(Problem) -> T
  ) throws(Problem) -> T {
    guard size >= 0, size <= self.size else { throw .seqNotFound(size) }
    // As one, so that the tiles found on disk are at least those of this frontier.
    let unfinished = published.withLock { $0.damage == nil ? $0.unfinished : [] }
    return try noting { () throws(Problem) in
      try readers.read { (reader) throws(Problem) in
        try body(TreeSource(reader, unfinished: unfinished))
      }
    }
  }
}

extension TreeSource {
  /// The tree as it lies in the tables `tile` and `event`.
  init(_ reader: Reader, unfinished: [[TreeHash]] = []) {
    self.init(
      tile: { (level, position) throws(Problem) in
        try reader.tileHashes(level: level, position: position)
      },
      unfinished: unfinished,
      leaves: { (range) throws(Problem) in try reader.leafHashes(range) })
  }
}

extension Reader {
  /// Nil where the tile is not full.
  func tileHashes(level: Int, position: Int64) throws(Problem) -> [TreeHash]? {
    defer { tile.reset() }
    tile.bind(Int64(level), at: 1)
    tile.bind(position, at: 2)
    guard try tile.step() else { return nil }
    guard let bytes = tile.bytes(0), bytes.count == TreeFrontier.tileWidth * TreeHash.byteCount,
      let start = bytes.baseAddress
    else { throw .logDamaged("tile \(level)/\(position) is not of its size") }
    return (0..<TreeFrontier.tileWidth).map { TreeHash(at: start + $0 * TreeHash.byteCount) }
  }

  /// The recorded leaves of the events at these indexes, counted from 0.
  func leafHashes(_ range: Range<Int64>) throws(Problem) -> [TreeHash] {
    defer { leaves.reset() }
    leaves.bind(range.lowerBound + 1, at: 1)
    leaves.bind(range.upperBound, at: 2)
    var hashes: [TreeHash] = []
    while try leaves.step() {
      let seq = range.lowerBound + 1 + Int64(hashes.count)
      guard leaves.int(0) == seq, let bytes = leaves.bytes(1), bytes.count == TreeHash.byteCount,
        let start = bytes.baseAddress
      else { throw .unreadable(seq) }
      hashes.append(TreeHash(at: start))
    }
    guard hashes.count == range.count else {
      throw .unreadable(range.lowerBound + 1 + Int64(hashes.count))
    }
    return hashes
  }
}
