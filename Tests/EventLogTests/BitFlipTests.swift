import Domain
import EventLog
import Foundation
import Proof
import TestSupport
import Testing

/// One flipped bit anywhere: found when the log is opened or verified, or of no effect on any reading.
struct BitFlipTests {
  /// Everything that can be read from a log.
  struct Reading: Equatable {
    var events: [RecordedEvent]
    var head: TreeHead
    var origin: String
    var personal: [PersonalFields]
    var heads: [TreeHead]
    var proof: [TreeHash]

    init(_ log: Log) throws {
      events = try log.everything()
      head = log.head
      origin = log.origin
      personal = try (1...3).map { try log.personal(of: CustomerID($0)) }
      heads = try [1, 256, 300].map { try log.head(atSize: $0) }
      proof = try log.inclusionProof(of: 5, inSize: log.size)
    }
  }

  /// A log of several commands as it lies on disk, in the middle of its life.
  struct Victim {
    let directory: TemporaryDirectory
    let reading: Reading

    /// - Parameter isHome: Whether the WAL has been brought home; else the rows lie in it.
    init(isHome: Bool) throws {
      let original = try TemporaryDirectory()
      let log = try open(original)
      for round in 0..<6 {
        var events = applications(60, of: Int32(round + 1))
        events.append(
          Event(.tagCreated, tag: TagID(9), data: ["name": "Produto-Sofá"], reason: "início"))
        if round < 3 {
          events.append(
            Event(
              .customerRegistered, customer: CustomerID(Int32(round + 1)),
              personal: [.name: "Bea", .phone: "+554198888777\(round)"]))
        }
        _ = try log.append([
          draft(events, by: round == 4 ? .system : ana, id: UInt64(round + 1))
        ])
      }
      if isHome { log.close() }
      reading = try Reading(isHome ? open(original) : log)
      directory = try original.copy()
    }

    /// Flips one bit of a file, and says what follows; nil when that is as it should be.
    func flip(_ file: String, bit: Int) throws -> String? {
      let copy = try directory.copy()
      try? FileManager.default.removeItem(atPath: copy.file("log.db-shm"))
      try? FileManager.default.removeItem(atPath: copy.file("keys.db-shm"))
      var bytes = try copy.bytes(file)
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      try copy.write(bytes, to: file)
      do {
        let log = try open(copy, origin: nil)
        defer { log.close() }
        if log.damage != nil { return nil }
        try log.verify()
        return try Reading(log) == reading ? nil : "bit \(bit) of \(file) changes what is read"
      } catch is Problem {
        return nil
      }
    }
  }

  @Test(arguments: ["log.db", "keys.db", "key", "head"])
  func `in a file at rest`(_ file: String) throws {
    try flipSome(of: file, in: Victim(isHome: true), count: 60)
  }

  @Test(arguments: ["log.db", "log.db-wal", "keys.db", "keys.db-wal"])
  func `in a file or WAL after a crash`(_ file: String) throws {
    try flipSome(of: file, in: Victim(isHome: false), count: 60)
  }

  /// Where a flip does most: page headers, cell pointers and the start of frames.
  @Test func `at the head of each page and frame`() throws {
    let home = try Victim(isHome: true)
    for page in 0..<(try home.directory.bytes("log.db").count / 4096) {
      for byte in page == 0 ? [18, 28, 60, 100, 101, 103, 108, 111] : [0, 1, 3, 5, 8, 9, 11, 13] {
        let found = try home.flip("log.db", bit: (page * 4096 + byte) * 8 + page % 8)
        #expect(found == nil)
      }
    }
  }

  private func flipSome(of file: String, in victim: Victim, count: Int) throws {
    let bits = try victim.directory.bytes(file).count * 8
    // A WAL that housekeeping has brought home in the meantime has nothing to flip.
    guard bits > 0 else { return }
    var generator = SplitMix(seed: UInt64(bits))
    for _ in 0..<count {
      let found = try victim.flip(file, bit: Int.random(in: 0..<bits, using: &generator))
      #expect(found == nil)
    }
  }
}
