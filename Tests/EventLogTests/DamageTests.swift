import Domain
import EventLog
import Foundation
import GRDB
import Proof
import TestSupport
import Testing

struct DamageTests {
  let directory: TemporaryDirectory
  let log: Log
  let events: [RecordedEvent]

  init() throws {
    directory = try TemporaryDirectory()
    log = try open(directory)
    events = try log.append([draft(applications(300))]).events
  }

  @Test(arguments: [
    "UPDATE event SET at = 0", "DELETE FROM event WHERE seq = 300", "UPDATE actor SET name = 'x'",
    "DELETE FROM actor", "UPDATE tile SET level = 3", "DELETE FROM tile",
    "UPDATE origin SET name = 'x'", "DELETE FROM origin",
    "UPDATE event_type SET name = 'x' WHERE id = 1",
    "DELETE FROM event_type",
    "UPDATE sealed SET box = NULL",
  ])
  func `the database itself refuses to change the log`(_ sql: String) throws {
    _ = try log.append([
      draft([Event(.customerRegistered, customer: CustomerID(1), personal: [.name: "Bea"])])
    ])
    log.close()
    let queue = try DatabaseQueue(path: directory.file("log.db"))
    #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
    try queue.close()
    try open(directory).verify()
  }

  @Test func `a copy taken while the ledger runs holds every receipt`() throws {
    for round in 0..<20 {
      let receipt = try log.append([draft(applications(7), id: UInt64(round + 2))])
      let copy = try open(directory.copy())
      #expect(copy.damage == nil)
      #expect(copy.head == receipt.head)
      #expect(try copy.events(seqs: receipt.events.map(\.seq)) == receipt.events)
      copy.close()
    }
  }

  @Test func `a WAL cut short anywhere is found at the start, never served as the whole`() throws {
    var all = events
    for round in 0..<10 {
      all += try log.append([draft(applications(5), id: UInt64(round + 2))]).events
    }
    let crashed = try directory.copy()
    let wal = try crashed.bytes("log.db-wal")
    var found = 0
    for count in stride(from: 0, to: wal.count, by: 4099) {
      let copy = try crashed.copy()
      try copy.write(Array(wal.prefix(count)), to: "log.db-wal")
      try? FileManager.default.removeItem(atPath: copy.file("log.db-shm"))
      if Self.isFoundDamaged(copy) {
        found += 1
      } else {
        // The cut was behind what counts, or the WAL had been brought home.
        #expect(try open(copy).everything() == all, "cut at \(count) of \(wal.count)")
      }
    }
    #expect(found > 0 || wal.isEmpty)
  }

  @Test func `a log rolled back to an older copy is read but not appended to`() throws {
    let old = try directory.copy()
    _ = try log.append([draft(applications(1), id: 2)])
    try old.write(directory.bytes("head"), to: "head")
    let opened = try open(old)
    let damage = try #require(opened.damage, "the loss was not noticed")
    #expect(try opened.everything() == events)
    #expect(throws: damage) { try opened.append([draft(applications(1), id: 3)]) }
    opened.close()
    #expect(try old.bytes("head") == directory.bytes("head"), "the evidence is kept")
    #expect(try open(old).damage != nil)
  }

  @Test func `an event changed together with its leaf differs from the tree`() throws {
    log.close()
    for seq in [3, 299] {
      let copy = try directory.copy()
      var other = events[seq - 1]
      other.customer = CustomerID(77)
      let queue = try DatabaseQueue(path: copy.file("log.db"))
      let trigger = try queue.read {
        try String.fetchOne(
          $0, sql: "SELECT sql FROM sqlite_schema WHERE name = 'event_refuses_update'")!
      }
      try queue.write { db in
        try db.execute(sql: "DROP TRIGGER event_refuses_update")
        try db.execute(
          sql: "UPDATE event SET customer = 77, leaf = ? WHERE seq = ?",
          arguments: [Data(log.leaf(other).bytes), seq])
        try db.execute(sql: trigger)
      }
      try queue.close()
      #expect(Self.isFoundDamaged(copy))
    }
  }

  @Test func `a missing, foreign, altered or older head is told apart`() throws {
    log.close()
    let missing = try directory.copy()
    try FileManager.default.removeItem(atPath: missing.file("head"))
    #expect(Self.isFoundDamaged(missing))

    let foreign = try directory.copy()
    let other = try TemporaryDirectory()
    let otherLog = try open(other)
    _ = try otherLog.append([draft(applications(200, of: 4))])
    otherLog.close()
    try foreign.write(other.bytes("head"), to: "head")
    #expect(Self.isFoundDamaged(foreign))

    // One slot lost is a write cut short; the other one still tells the head before.
    for slot in 0..<2 {
      let torn = try directory.copy()
      var bytes = try directory.bytes("head")
      bytes[slot * 512 + 60] ^= 4
      try torn.write(bytes, to: "head")
      let opened = try open(torn)
      #expect(opened.damage == nil)
      #expect(opened.size == 300)
    }
    let empty = try directory.copy()
    try empty.write([UInt8](repeating: 0, count: 1024), to: "head")
    #expect(Self.isFoundDamaged(empty))
  }

  @Test func `an origin is fixed at the first start`() throws {
    log.close()
    #expect(throws: Problem.self) { try open(directory, origin: "tagledger/other") }
    #expect(try open(directory, origin: nil).origin == "tagledger/test")
  }

  @Test func `a file of a later version is refused`() throws {
    log.close()
    let queue = try DatabaseQueue(path: directory.file("log.db"))
    try queue.write { try $0.execute(sql: "PRAGMA user_version = 99") }
    try queue.close()
    #expect(throws: Problem.self) { try open(directory) }
  }

  /// Whether opening, or else verifying, says that something is wrong.
  static func isFoundDamaged(_ directory: TemporaryDirectory) -> Bool {
    do {
      let log = try open(directory, origin: nil)
      defer { log.close() }
      if log.damage != nil { return true }
      try log.verify()
      return false
    } catch {
      return true
    }
  }
}
