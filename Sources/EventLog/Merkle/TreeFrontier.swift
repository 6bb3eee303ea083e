internal import Proof

/// What must be remembered of a Merkle tree to append to it: RFC 6962 §2.1 with 256-wide tiles.
///
/// A value: a batch is appended to a copy, which replaces the original once the batch is durable.
struct TreeFrontier: Sendable {
  /// The number of leaves.
  private(set) var size: Int64 = 0
  /// The compact range: the roots of the perfect subtrees, largest first, one per set bit of `size`.
  private var range: [TreeHash] = []
  /// For each tile level, the hashes of the tile that is not yet full.
  private(set) var partial: [[TreeHash]] = []

  static let tileWidth = 256

  init() {}

  /// Goes on from a tree of `size` leaves, given the hashes of the unfinished tile of each level.
  ///
  /// `partial[L]` holds ⌊size / 256^L⌋ mod 256 hashes.
  init(size: Int64, partial: [[TreeHash]]) {
    self.size = size
    self.partial = partial
    for hashes in partial.reversed() {
      range += Self.perfectRoots(hashes)
    }
  }

  var root: TreeHash {
    guard var root = range.last else { return .empty }
    for left in range.dropLast().reversed() {
      root = .node(left, root)
    }
    return root
  }

  /// Appends one leaf; hands over each tile that it fills.
  mutating func append(_ leaf: TreeHash, onTile: (Tile) -> Void) {
    store(leaf, level: 0, onTile: onTile)
    var node = leaf
    var index = size
    var height = 0
    while index & 1 == 1 {
      node = .node(range.removeLast(), node)
      index >>= 1
      height += 1
      if height % 8 == 0 {
        store(node, level: height / 8, onTile: onTile)
      }
    }
    range.append(node)
    size += 1
  }

  /// Appends the leaves of a whole tile, whose root somebody has worked out; only where one begins.
  mutating func append(tile: [TreeHash], root: TreeHash, onTile: (Tile) -> Void) {
    let width = Int64(Self.tileWidth)
    precondition(size % width == 0 && tile.count == Self.tileWidth)
    onTile(Tile(level: 0, position: size / width, hashes: tile))
    if partial.isEmpty { partial.append([]) }
    store(root, level: 1, onTile: onTile)
    var node = root
    var index = size / width
    var height = 8
    while index & 1 == 1 {
      node = .node(range.removeLast(), node)
      index >>= 1
      height += 1
      if height % 8 == 0 {
        store(node, level: height / 8, onTile: onTile)
      }
    }
    range.append(node)
    size += width
  }

  private mutating func store(_ hash: TreeHash, level: Int, onTile: (Tile) -> Void) {
    if partial.count == level {
      partial.append([])
      partial[level].reserveCapacity(Self.tileWidth)
    }
    partial[level].append(hash)
    if partial[level].count == Self.tileWidth {
      let position = size >> (8 * Int64(level + 1))
      onTile(Tile(level: level, position: position, hashes: partial[level]))
      partial[level].removeAll(keepingCapacity: true)
    }
  }

  /// The roots of the perfect subtrees over up to 256 hashes, largest first.
  static func perfectRoots(_ hashes: [TreeHash]) -> [TreeHash] {
    var roots: [TreeHash] = []
    var start = 0
    for bit in stride(from: 8, through: 0, by: -1) where hashes.count & (1 << bit) != 0 {
      roots.append(perfectRoot(hashes[start..<start + 1 << bit]))
      start += 1 << bit
    }
    return roots
  }

  /// The root over a power of two of hashes.
  static func perfectRoot(_ hashes: ArraySlice<TreeHash>) -> TreeHash {
    var level = Array(hashes)
    while level.count > 1 {
      for index in 0..<level.count / 2 {
        level[index] = .node(level[2 * index], level[2 * index + 1])
      }
      level.removeLast(level.count / 2)
    }
    return level[0]
  }
}

/// 256 neighbouring hashes of one level (C2SP tlog-tiles); level and position are formats.
struct Tile: Hashable, Sendable {
  let level: Int
  let position: Int64
  let hashes: [TreeHash]
}
