internal import Domain
internal import Proof

/// Gives the hashes of a stored tree and makes heads and proofs of any earlier size from them.
///
/// A tile level is read as a whole tile where it is full, else from the level below.
struct TreeSource {
  /// The hashes of one full tile; nil where the tile is not full.
  let tile: (_ level: Int, _ position: Int64) throws(Problem) -> [TreeHash]?
  /// The hashes of the unfinished tile of each level, where the tree is in memory; else empty.
  var unfinished: [[TreeHash]] = []
  /// The leaf hashes of the events at these indexes, counted from 0.
  let leaves: (Range<Int64>) throws(Problem) -> [TreeHash]

  /// The hashes `positions` of tile level `level`; each must be a complete node.
  ///
  /// All lie within one tile.
  func hashes(level: Int, _ positions: Range<Int64>) throws(Problem) -> [TreeHash] {
    guard !positions.isEmpty else { return [] }
    let position = positions.lowerBound >> 8
    if let tile = try tile(level, position) {
      let start = position << 8
      return Array(tile[Int(positions.lowerBound - start)..<Int(positions.upperBound - start)])
    }
    if level < unfinished.count {
      // Without a full tile, these positions can only lie in the unfinished one.
      let start = positions.lowerBound & ~255
      return Array(
        unfinished[level][Int(positions.lowerBound - start)..<Int(positions.upperBound - start)])
    }
    if level == 0 { return try leaves(positions) }
    var hashes: [TreeHash] = []
    for position in positions {
      let below = try self.hashes(level: level - 1, position << 8..<(position + 1) << 8)
      hashes.append(TreeFrontier.perfectRoot(below[...]))
    }
    return hashes
  }

  /// What must be known to append to the first `size` leaves.
  func frontier(size: Int64) throws(Problem) -> TreeFrontier {
    var partial: [[TreeHash]] = []
    var count = size
    while count > 0 {
      partial.append(try hashes(level: partial.count, count & ~255..<count))
      count >>= 8
    }
    return TreeFrontier(size: size, partial: partial)
  }

  /// The root of the leaves `range`: MTH(D[range]) of RFC 6962.
  ///
  /// `range` starts at a multiple of the largest power of two that is less than its length, as every
  /// subtree of a proof does.
  func root(_ range: Range<Int64>) throws(Problem) -> TreeHash {
    let count = Int64(range.count)
    if count == 0 { return .empty }
    if count & (count - 1) == 0 {
      let height = count.trailingZeroBitCount
      let level = height / 8
      let unit = Int64(1) << (8 * Int64(level))
      let start = range.lowerBound / unit
      return TreeFrontier.perfectRoot(
        try hashes(level: level, start..<start + count / unit)[...])
    }
    let middle = range.lowerBound + Self.split(count)
    return .node(try root(range.lowerBound..<middle), try root(middle..<range.upperBound))
  }

  /// PATH(index, D[0..<size]) of RFC 6962 §2.1.1, from the leaf up.
  func inclusionProof(of index: Int64, size: Int64) throws(Problem) -> [TreeHash] {
    var proof: [TreeHash] = []
    var range = 0..<size
    while range.count > 1 {
      let middle = range.lowerBound + Self.split(Int64(range.count))
      if index < middle {
        proof.append(try root(middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        proof.append(try root(range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    return proof.reversed()
  }

  /// PROOF(older, D[0..<size]) of RFC 6962 §2.1.2.
  func consistencyProof(from older: Int64, size: Int64) throws(Problem) -> [TreeHash] {
    guard older > 0, older < size else { return [] }
    var proof: [TreeHash] = []
    var range = 0..<size
    while range.upperBound != older {
      let middle = range.lowerBound + Self.split(Int64(range.count))
      if older <= middle {
        proof.append(try root(middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        proof.append(try root(range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    // The older tree as a whole is known to the verifier, so its own root is left out.
    if range.lowerBound != 0 { proof.append(try root(range)) }
    return proof.reversed()
  }

  /// The largest power of two smaller than `count`.
  private static func split(_ count: Int64) -> Int64 {
    1 << (63 - (count - 1).leadingZeroBitCount)
  }
}
