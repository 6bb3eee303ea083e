import Domain
import GRDB
import Testing

@testable import Projections

struct ViewsComparisonTests {
  private let scratch: Scratch
  private let slices: [ViewsSlice]

  init() throws {
    scratch = try Scratch()
    slices = try History(seed: 9, commands: 200).slices(seed: 9, upTo: 50)
  }

  /// What is found after `sql` has meddled with one of two equal files; in parts of the other too.
  private func difference(after sql: String) throws -> String? {
    let one = try ViewsBuilder.build(slices, at: scratch.path("one.db"))
    let other = try ViewsBuilder.build(slices, at: scratch.path("other.db"))
    try DatabaseQueue(path: one.path).write { try $0.execute(sql: sql) }
    let found = try ViewsSnapshot(of: one.path).firstDifference(from: other)
    for count in 1...5 {
      let parts = try ViewsBuilder.build(
        slices, ViewsPart.parts(count, customers: 9), at: scratch.path("part.\(count)"))
      let snapshot = try ViewsSnapshot(of: one.path, connections: count)
      let inParts = try snapshot.firstDifference(from: parts)
      #expect((inParts == nil) == (found == nil), "in \(count) parts: \(inParts ?? "nothing")")
    }
    return found
  }

  @Test func `equal views have no difference`() throws {
    #expect(try difference(after: "SELECT 1") == nil)
  }

  @Test func `a changed value is named with its table, its key and both values`() throws {
    #expect(
      try difference(after: "UPDATE customer SET channel = 'x' WHERE id = 2")?
        .hasPrefix("customer id 2: channel is \"x\", should be ") == true)
    #expect(
      try difference(after: "UPDATE posting SET last = 9999 WHERE facet = 2 AND key = 1")?
        .hasPrefix("posting of tag 1 from seq 1: last is 9999, should be ") == true)
    #expect(
      try difference(after: "UPDATE position SET seq = 3")?
        .hasPrefix("position id 1: seq is 3, should be ") == true)
  }

  @Test func `a missing and a surplus row are named`() throws {
    let missing = try difference(
      after: "DELETE FROM customer WHERE id = (SELECT max(id) FROM customer)")
    #expect(missing?.hasPrefix("customer id ") == true && missing?.hasSuffix("is missing") == true)
    #expect(
      try difference(after: "INSERT INTO actor VALUES (999, 'uid:7')")
        == "actor id 999: is there, should not be")
  }

  @Test func `what concerns a customer is compared wherever its number lies`() throws {
    for key in [-1, 0, 1, 4, 7, 4_000_000_000, 5_000_000_000] {
      #expect(
        try difference(after: "INSERT INTO posting VALUES (1, \(key), 99999, 99999, 1, x'')")?
          .contains("posting of customer \(key) from seq 99999") == true)
    }
    let missing = try difference(
      after: "DELETE FROM posting WHERE facet = 1 AND key = (SELECT max(id) FROM customer)")
    #expect(missing?.contains("posting of customer ") == true)
    #expect(try difference(after: "INSERT INTO posting VALUES (0, 1, 1, 1, 1, x'')") != nil)
    #expect(try difference(after: "INSERT INTO posting VALUES (9, 1, 1, 1, 1, x'')") != nil)
  }

  @Test func `words that the index has lost are found`() throws {
    let found = try difference(
      after: """
        INSERT INTO words (words, rowid, text) SELECT 'delete', id, text FROM wording LIMIT 1
        """)
    #expect(found?.hasPrefix("words") == true)
  }

  @Test func `a dropped index is found`() throws {
    let found = try difference(after: "DROP INDEX customer_name")
    #expect(found?.hasPrefix("schema: ") == true && found?.contains("customer_name") == true)
  }
}
