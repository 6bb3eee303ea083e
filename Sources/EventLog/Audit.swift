internal import Domain

/// Replays rows into a tree and compares everything on the way: leaves, times, tiles, heads.
struct Audit {
  private let rows: RowReader
  /// A head known from outside the database.
  private let known: TreeHead?
  /// The tree of everything replayed so far.
  private(set) var frontier: TreeFrontier
  /// The time and the command of the last row replayed.
  private(set) var lastAt = Timestamp(microseconds: 0)
  private(set) var lastCommand: CommandID?

  /// Starts after `start` events, a multiple of the tile width, with the tree as it is stored.
  init(
    _ rows: RowReader, known: TreeHead?, after start: Int64, _ reader: Reader
  ) throws(Problem) {
    self.rows = rows
    self.known = known
    frontier = try TreeSource(reader).frontier(size: start)
    if let known, known.size <= start {
      let root = try TreeSource(reader).root(0..<known.size)
      guard root == known.root else { throw .headDiffers(known) }
    }
  }

  /// Goes on with the rows up to `end`; `body` sees each of them after it has been checked.
  mutating func replay(
    through end: Int64, _ reader: Reader, _ body: (borrowing Row) -> Void = { _ in }
  ) throws(Problem) {
    guard end > frontier.size else { return }
    var tiles: [Tile] = []
    // Copies, since a closure cannot hold on to `self` while it is being changed.
    var (time, command, tree) = (lastAt.rawValue, lastCommand, frontier)
    let known = known
    try rows.verified(tree.size + 1...end, reader) { (row, leaf) throws(Problem) in
      guard row.at > time else { throw .logDamaged("the time of event \(row.seq) does not rise") }
      time = row.at
      if row.seq == end { command = row.command }
      tree.append(leaf) { tiles.append($0) }
      if let known, tree.size == known.size, tree.root != known.root { throw .headDiffers(known) }
      body(row)
    }
    for tile in tiles {
      guard try reader.tileHashes(level: tile.level, position: tile.position) == tile.hashes else {
        throw .logDamaged("tile \(tile.level)/\(tile.position) is missing or differs")
      }
    }
    (lastAt, lastCommand, frontier) = (Timestamp(microseconds: time), command, tree)
  }
}

extension Problem {
  static func headDiffers(_ head: TreeHead) -> Self {
    .logDamaged("its first \(head.size) events are not those of the head file")
  }
}
