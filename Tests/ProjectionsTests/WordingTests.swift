import Domain
import GRDB
import Testing

@testable import Projections

struct WordingTests {
  private func database() throws -> DatabaseQueue {
    let queue = try DatabaseQueue()
    try queue.write { db in
      for sql in [PackageResources.wording_sql, PackageResources.words_sql] {
        try db.execute(sql: String(decoding: sql, as: UTF8.self))
      }
    }
    return queue
  }

  /// Adds texts as a writer does that begins behind the event before them.
  private func write(
    _ entries: ArraySlice<(text: String, seq: Int64)>, behind position: Int64,
    to queue: DatabaseQueue
  ) throws -> [Int32?] {
    try queue.write { db in
      var writer = try WordingWriter(db, position: position)
      var numbers: [Int32?] = []
      for entry in entries {
        let text = Array(entry.text.utf8)
        numbers.append(
          try text.withUnsafeBufferPointer { (bytes) throws(Problem) in
            try writer.number(of: bytes, in: entry.seq)
          })
      }
      try writer.indexNew()
      return numbers
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `a text has one number in each stretch of the log, however its events came in`(
    seed: UInt64
  ) throws {
    var random = Seeded(seed)
    var seq: Int64 = 0
    let entries = (0..<400).map { _ in
      seq += Int64.random(in: 0...(seed % 2 == 0 ? 3_000 : 30), using: &random)
      return (text: "Vitória \(Int.random(in: 0..<40, using: &random))", seq: max(seq, 1))
    }
    let whole = try database()
    let numbers = try write(entries[...], behind: 0, to: whole)

    let split = try database()
    var (start, pieces): (Int, [Int32?]) = (0, [])
    while start < entries.count {
      let end = min(start + Int.random(in: 1...60, using: &random), entries.count)
      let position = start == 0 ? 0 : entries[start - 1].seq
      pieces += try write(entries[start..<end], behind: position, to: split)
      start = end
    }
    #expect(pieces == numbers)
    let rows = "SELECT id, first, text FROM wording"
    #expect(
      try whole.read { try Row.fetchAll($0, sql: rows) }
        == split.read { try Row.fetchAll($0, sql: rows) })

    // Nil where a text is new in its stretch; then it has the next number.
    var expected: [String: Int32] = [:]
    for (entry, number) in zip(entries, numbers) {
      let stretch = "\((entry.seq - 1) / 262_144) \(entry.text)"
      #expect(number == expected[stretch])
      if number == nil { expected[stretch] = Int32(expected.count + 1) }
    }
    for queue in [whole, split] {
      let found = try queue.read {
        try Int32.fetchAll($0, sql: "SELECT rowid FROM words WHERE words MATCH 'vitoria'")
      }
      #expect(found.sorted() == expected.values.sorted())
    }
  }
}
