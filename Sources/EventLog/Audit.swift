internal import Dispatch
internal import Domain
internal import Glibc
internal import Proof
internal import Synchronization

/// Replays rows into a tree and compares everything on the way: leaves, times, tiles, heads.
///
/// Leaves are recomputed by all cores; the tree grows in order.
struct Audit {
  private var rows: RowReader
  private let readers: ReaderPool
  /// A head known from outside the database.
  private let known: TreeHead?
  /// The tree of everything replayed so far.
  private(set) var frontier: TreeFrontier
  /// The time and the command of the last row replayed.
  private(set) var lastAt = Timestamp(microseconds: 0)
  private(set) var lastCommand: CommandID?

  /// So many rows one core takes at a time, and one read transaction covers.
  static let sliceSize: Int64 = 8192
  private static let slicesAtOnce = 8
  /// So many rows are replayed at once.
  static let stride = sliceSize * Int64(slicesAtOnce)

  /// Starts after `start` events, a multiple of the tile width, with the tree as it is stored.
  init(
    _ rows: RowReader, _ readers: ReaderPool, known: TreeHead?, after start: Int64
  ) throws(Problem) {
    self.rows = rows
    self.readers = readers
    self.known = known
    let root: TreeHash?
    (frontier, root) = try readers.read { (reader) throws(Problem) in
      let tree = TreeSource(reader)
      let isBefore = known.map { $0.size <= start } ?? false
      return (try tree.frontier(size: start), isBefore ? try tree.root(0..<known!.size) : nil)
    }
    if let known, let root, root != known.root { throw .headDiffers(known) }
  }

  /// The same, with what later rows need to be read.
  func reading(_ rows: RowReader) -> Self {
    var audit = self
    audit.rows = rows
    return audit
  }

  /// Goes on with the rows up to `end`, at most `stride` of them; a single slice stays on this thread.
  ///
  /// - Parameter signed: The heads among them that have been signed, in order.
  /// - Returns: The events that hold sealed fields.
  mutating func replay(
    through end: Int64, signed: [TreeHead] = []
  ) throws(Problem) -> [RecordedEvent] {
    var signed = signed[...]
    var sealed: [RecordedEvent] = []
    for slice in try slices(frontier.size + 1, through: end) {
      try take(slice, &signed)
      sealed += slice.sealed
    }
    return sealed
  }

  /// Goes on with rows that somebody has read, which begin right behind the last.
  mutating func take(
    _ slice: AuditedSlice, _ signed: inout ArraySlice<TreeHead>
  ) throws(Problem) {
    guard slice.firstAt > lastAt.rawValue else {
      throw .logDamaged("the time of event \(frontier.size + 1) does not rise")
    }
    lastAt = Timestamp(microseconds: slice.lastAt)
    lastCommand = slice.lastCommand
    try grow(by: slice, &signed)
  }

  private mutating func grow(
    by slice: AuditedSlice, _ signed: inout ArraySlice<TreeHead>
  ) throws(Problem) {
    var tiles: [Tile] = []
    var next = 0
    while next < slice.leaves.count {
      if let (leaves, root) = slice.tile(at: next), !isMarked(within: leaves.count, signed) {
        frontier.append(tile: leaves, root: root) { tiles.append($0) }
        next += leaves.count
      } else {
        frontier.append(slice.leaves[next]) { tiles.append($0) }
        next += 1
      }
      try compare(&signed)
    }
    try readers.read { (reader) throws(Problem) in
      for tile in tiles {
        let stored = try reader.tileHashes(level: tile.level, position: tile.position)
        guard stored == tile.hashes else {
          throw .logDamaged("tile \(tile.level)/\(tile.position) is missing or differs")
        }
      }
    }
  }

  /// Whether a head has to be compared before so many more leaves.
  private func isMarked(within count: Int, _ signed: ArraySlice<TreeHead>) -> Bool {
    let inside = frontier.size + 1..<frontier.size + Int64(count)
    return known.map { inside.contains($0.size) } ?? false
      || signed.first.map { inside.contains($0.size) } ?? false
  }

  private func compare(_ signed: inout ArraySlice<TreeHead>) throws(Problem) {
    if let known, frontier.size == known.size, frontier.root != known.root {
      throw .headDiffers(known)
    }
    while let head = signed.first, head.size <= frontier.size {
      guard head.size == frontier.size, head.root == frontier.root else {
        throw .logDamaged("its first \(head.size) events are not those that have been signed")
      }
      signed.removeFirst()
    }
  }

  private func slices(_ first: Int64, through end: Int64) throws(Problem) -> [AuditedSlice] {
    guard first <= end else { return [] }
    let starts = Array(Swift.stride(from: first, through: end, by: Int(Self.sliceSize)))
    let found = Mutex([Result<AuditedSlice, Problem>?](repeating: nil, count: starts.count))
    let (rows, readers) = (rows, readers)
    DispatchQueue.concurrentPerform(iterations: starts.count) { index in
      let last = min(starts[index] + Self.sliceSize - 1, end)
      let slice = Result { () throws(Problem) in
        try readers.read { (reader) throws(Problem) in
          try AuditedSlice(starts[index]...last, rows, reader) { _ in }
        }
      }
      found.withLock { $0[index] = slice }
    }
    var slices: [AuditedSlice] = []
    for result in found.withLock({ $0 }) {
      if let result { slices.append(try result.get()) }
    }
    return slices
  }
}

/// What has been found in rows that follow one another.
package struct AuditedSlice: Sendable {
  fileprivate(set) var leaves: [TreeHash] = []
  fileprivate var firstAt: Int64 = 0
  fileprivate var lastAt: Int64 = 0
  fileprivate var lastCommand: CommandID?
  /// The events that hold sealed fields.
  private(set) var sealed: [RecordedEvent] = []
  /// The roots of the whole tiles, where the first row begins one: hashing them is much of the work, and
  /// done here by as many cores as there are slices.
  private var roots: [TreeHash] = []

  /// Reads rows and recomputes their leaves.
  ///
  /// - Parameter body: Sees each row too.
  init(
    _ range: ClosedRange<Int64>, _ rows: RowReader, _ reader: Reader,
    _ body: (borrowing Row) throws(Problem) -> Void
  ) throws(Problem) {
    leaves.reserveCapacity(range.count)
    try rows.verified(range, reader) { (row, leaf) throws(Problem) in
      guard row.at > lastAt || leaves.isEmpty else {
        throw .logDamaged("the time of event \(row.seq) does not rise")
      }
      if leaves.isEmpty { firstAt = row.at }
      lastAt = row.at
      leaves.append(leaf)
      let isSealed =
        (row.type == .customerRegistered || row.type == .customerRevised) && row.mayBeSealed
      if isSealed || row.seq == range.upperBound, let event = row.recorded {
        if isSealed { sealed.append(event) }
        lastCommand = event.command
      }
      try body(row)
    }
    let width = TreeFrontier.tileWidth
    guard range.lowerBound % Int64(width) == 1 else { return }
    roots = (0..<leaves.count / width).map { tile in
      TreeFrontier.perfectRoot(leaves[tile * width..<(tile + 1) * width])
    }
  }

  /// The leaves of the whole tile that begins there, and its root; nil where none does.
  fileprivate func tile(at place: Int) -> (leaves: [TreeHash], root: TreeHash)? {
    let width = TreeFrontier.tileWidth
    guard place % width == 0, place / width < roots.count else { return nil }
    return (Array(leaves[place..<place + width]), roots[place / width])
  }
}

extension Row {
  /// Whether digests of sealed fields may stand in the data, told without parsing it.
  fileprivate var mayBeSealed: Bool {
    withData { data in
      guard let data, var place = data.baseAddress else { return false }
      let end = place + data.count
      while let quote = memchr(place, 0x22, end - place) {
        if end - UnsafeRawPointer(quote) >= 8, memcmp(quote, "\"sealed\"", 8) == 0 { return true }
        place = UnsafeRawPointer(quote) + 1
      }
      return false
    }
  }
}

extension Problem {
  static func headDiffers(_ head: TreeHead) -> Self {
    .logDamaged("its first \(head.size) events are not those that were recorded")
  }
}
