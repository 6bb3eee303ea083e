import Domain
import GRDB
import Testing

@testable import Projections

struct PostingTests {
  /// An empty `posting` table in memory.
  private func database() throws -> DatabaseQueue {
    let queue = try DatabaseQueue()
    try queue.write { db in
      try db.execute(sql: String(decoding: PackageResources.posting_sql, as: UTF8.self))
    }
    return queue
  }

  private func rows(_ queue: DatabaseQueue) throws -> [Row] {
    try queue.read { try Row.fetchAll($0, sql: "SELECT * FROM posting") }
  }

  /// Ascending seqs with both small and large gaps.
  private func seqs(_ count: Int, _ random: inout Seeded) -> [Int64] {
    var seq: Int64 = 0
    return (0..<count).map { _ in
      seq += Int64.random(in: 1...(Bool.random(using: &random) ? 3 : 70_000), using: &random)
      return seq
    }
  }

  private func write(
    _ entries: ArraySlice<(key: Int32, seq: Int64)>, to queue: DatabaseQueue, isNew: Bool = false
  ) throws {
    try queue.write { db in
      var writer = try PostingWriter(db)
      defer { writer.free() }
      var run = PostingRun(.customer, known: isNew ? -1 : nil)
      for entry in entries { run.add(entry.key, entry.seq) }
      try run.flush(into: &writer)
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func `the rows are the same however the entries were split into batches`(seed: UInt64) throws {
    var random = Seeded(seed)
    let keys = [1, 5, 400, 1_000_000].randomElement(using: &random)!
    let entries = seqs(Int.random(in: 1...5_000, using: &random), &random).map {
      (key: Int32.random(in: 1...Int32(keys), using: &random), seq: $0)
    }
    let whole = try database()
    try write(entries[...], to: whole, isNew: true)

    let split = try database()
    var start = 0
    while start < entries.count {
      let end = min(start + Int.random(in: 1...2_000, using: &random), entries.count)
      try write(entries[start..<end], to: split)
      start = end
    }
    #expect(try rows(whole) == rows(split))
  }

  @Test(arguments: UInt64(0)..<20)
  func `a list is read from anywhere in both directions`(seed: UInt64) throws {
    var random = Seeded(seed)
    let all = seqs(Int.random(in: 1...1_600, using: &random), &random)
    let queue = try database()
    try write(all.map { (7, $0) }[...], to: queue)
    try queue.read { db in
      for order in [ReadingOrder.newest, .oldest] {
        let ranks = all.map(order.rank).sorted()
        let cursor = try PostingCursor(db, .customer, 7, order)
        var rank = order.rank(order == .oldest ? 0 : all.last! + 1)
        while true {
          let found = try cursor.seek(rank)
          #expect(found == ranks.first { $0 >= rank })
          guard let found else { break }
          let leap: Int64 = [1, 3, 100_000, 10_000_000].randomElement(using: &random)!
          rank = found + Int64.random(in: 1...leap, using: &random)
        }
      }
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `lists combine as sets do`(seed: UInt64) throws {
    var random = Seeded(seed)
    let queue = try database()
    var sets: [Set<Int64>] = []
    var entries: [(key: Int32, seq: Int64)] = []
    for key in 0..<4 {
      let share = Double.random(in: 0.05...0.95, using: &random)
      let range: ClosedRange<Int64> = 1...3_000
      let set = Set(range.filter { _ in Double.random(in: 0..<1, using: &random) < share })
      sets.append(set)
      entries += set.map { (Int32(key), $0) }
    }
    entries.sort { $0.seq < $1.seq }
    try write(entries[...], to: queue)
    let expected = sets[0].union(sets[1]).intersection(sets[2]).intersection(sets[3])
      .filter { (100...2_900).contains($0) }
    try queue.read { db in
      for order in [ReadingOrder.newest, .oldest] {
        let lists = try (0..<4).map { try PostingCursor(db, .customer, $0, order) }
        let cursor = IntersectionCursor([
          UnionCursor([lists[0], lists[1]]), lists[2], lists[3], RangeCursor(100...2_900, order),
        ])
        var found: [Int64] = []
        var rank = order.rank(order == .oldest ? 1 : 3_000)
        while let next = try cursor.seek(rank) {
          found.append(order.seq(next))
          rank = next + 1
        }
        #expect(found == expected.sorted(by: order == .oldest ? (<) : (>)))
      }
    }
  }

  @Test func `seqs far apart keep their distance`() throws {
    let far: [Int64] = [1, 2, 1 << 20, 1 << 31]
    let queue = try database()
    try write(far.map { (1, $0) }[...], to: queue)
    try write([(1, 1 << 62)], to: queue)
    try queue.read { db in
      let cursor = try PostingCursor(db, .customer, 1, .oldest)
      var found: [Int64] = []
      while let next = try cursor.seek((found.last ?? 0) + 1) { found.append(next) }
      #expect(found == far + [1 << 62])
    }
  }
}
