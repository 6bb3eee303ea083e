import Domain
import EventLog
import Foundation
import Ledger
import Testing

/// One bit turns over in a file at rest.
@Suite struct DamageTests {
  /// A ledger at rest, and everything it said when all was well.
  private struct Original {
    let fixture: LedgerFixture
    let state: State
    let events: [RecordedEvent]
    let people: [PersonalFields]
  }

  /// - Parameter isClosed: whether the daemon had time to bring the WAL home.
  private func original(isClosed: Bool, orders: Int = 150) async throws -> Original {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open()
    var shop = RandomShop(seed: 7, ledger)
    try await shop.work(orders)
    // At once: a second later the WAL is brought home.
    let running = try fixture.copyOfRunning()
    let state = ledger.state
    let events = try ledger.log.events(after: 0, limit: .max / 2)
    let people = try ledger.people()
    await ledger.close()
    let copy = isClosed ? try fixture.copy() : running
    return Original(fixture: copy, state: state, events: events, people: people)
  }

  @Test(arguments: ["log.db", "log.db-wal"])
  func `a flipped bit is found at opening or by verifying, or changes no answer`(
    _ file: String
  ) async throws {
    let original = try await original(isClosed: file == "log.db")
    var random = SeededGenerator(seed: 42)
    var found = 0
    for _ in 0..<30 where try await isFound(original, file, &random) { found += 1 }
    // Much of a small log.db is room that nothing stands in yet.
    #expect(found > (file == "log.db" ? 5 : 0))
  }

  @Test func `of a long log also what is not verified at opening does no harm`() async throws {
    let original = try await original(isClosed: true, orders: 1400)
    try #require(original.events.count > 612)
    var options = LogOptions()
    options.verifiesWholeUpTo = 0
    options.verifiesNewest = 100
    var random = SeededGenerator(seed: 11)
    var found = 0
    for _ in 0..<25 where try await isFound(original, "log.db", &random, options) { found += 1 }
    #expect(found > 5)
  }

  /// Turns a bit over in a copy, and holds everything it then says against the original.
  private func isFound(
    _ original: Original, _ file: String, _ random: inout SeededGenerator,
    _ options: LogOptions = LogOptions()
  ) async throws -> Bool {
    let fixture = try original.fixture.copy()
    let place = try fixture.flip(file, &random)
    guard let ledger = try? await fixture.open(log: options) else { return true }
    let isFound = try await isFound(in: ledger, original, place)
    await ledger.close()
    return isFound
  }

  private func isFound(
    in ledger: Ledger, _ original: Original, _ place: String
  ) async throws -> Bool {
    for event in original.events {
      if let served = try? ledger.log.events(seqs: [event.seq]) {
        #expect(served == [event], "\(place): event \(event.seq) is another one now")
      }
    }
    if ledger.readOnlyReason != nil {
      await #expect(throws: Problem.self) { try await ledger.createTag("Status-Novo") }
      return true
    }
    let job = try await ledger.finish(ledger.startVerification(by: LedgerFixture.founder))
    if job.state == .failed { return true }
    #expect(original.state.firstDifference(to: ledger.state) == nil, "\(place)")
    #expect(try ledger.log.events(after: 0, limit: .max / 2) == original.events, "\(place)")
    #expect(try ledger.people() == original.people, "\(place)")
    return false
  }

  @Test func `a log with one bad event opens read-only, and tells what is before it`() async throws
  {
    let fixture = try LedgerFixture()
    var ledger = try await fixture.open()
    let vip = try await ledger.createTag("VIP")
    let ana = try await ledger.register("Ana", phone: "+5511961234567")
    try await ledger.order(.apply(vip, to: [ana], details: nil), reason: "a razão")
    let before = ledger.state
    try await ledger.order(.reviseTag(vip, TagChanges(criterion: "quem volta"), revision: nil))
    _ = try await ledger.createTag("Novo")
    await ledger.close()
    try fixture.replace("quem volta", with: "quem salta", in: "log.db")

    ledger = try await fixture.open()
    #expect(ledger.readOnlyReason?.contains("event 5") == true)
    #expect(before.firstDifference(to: ledger.state) == nil)
    await #expect(throws: Problem.readOnly(ledger.readOnlyReason!)) {
      try await ledger.createTag("Outra")
    }
    #expect(throws: Problem.readOnly(ledger.readOnlyReason!)) {
      try ledger.startRebuild(by: LedgerFixture.founder)
    }
    var filter = ChangeFilter()
    filter.customer = ana
    let changes = try await ledger.changes(filter, by: LedgerFixture.founder)
    #expect(changes.events.map(\.seq) == [4, 3])
    #expect(try ledger.profile(ana, by: LedgerFixture.founder).personal[.name] == "Ana")
    #expect(try ledger.customer(phone: "11 96123-4567") == ana)
    #expect(throws: Problem.self) { try ledger.log.events(seqs: [5]) }
    await ledger.close()

    try FileManager.default.removeItem(atPath: fixture.directory + "/views.db")
    ledger = try await fixture.open()
    #expect(ledger.readOnlyReason != nil)
    #expect(try await ledger.changes(filter, by: LedgerFixture.founder).events.count == 2)
    await ledger.close()
  }

  @Test func `views that cannot be read are built anew`() async throws {
    let fixture = try LedgerFixture()
    var ledger = try await fixture.open()
    var shop = RandomShop(seed: 3, ledger)
    try await shop.work(100)
    let state = ledger.state
    await ledger.close()
    let path = fixture.directory + "/views.db"
    let size = try Data(contentsOf: URL(fileURLWithPath: path)).count
    for offset in stride(from: 4096, to: size, by: 4096) {
      try fixture.overwrite("views.db", at: offset, with: [UInt8](repeating: 0xA5, count: 64))
    }
    ledger = try await fixture.open()
    #expect(state.firstDifference(to: ledger.state) == nil)
    try await ledger.verifies()
    await ledger.close()
  }

  @Test func `a founder's file that cannot be read makes nobody else the founder`() async throws {
    let fixture = try LedgerFixture()
    await (try fixture.open()).close()
    try Data("?".utf8).write(to: URL(fileURLWithPath: fixture.directory + "/founder"))
    await #expect(throws: Problem.self) { try await fixture.open() }
  }
}

extension Ledger {
  fileprivate func people() throws -> [PersonalFields] {
    try (1..<(state.lastCustomer + 1)).map { try log.personal(of: CustomerID($0)) }
  }
}

extension LedgerFixture {
  /// The files as they lie there now, in a directory of its own.
  func copy() throws -> LedgerFixture {
    let copy = try LedgerFixture()
    for file in try FileManager.default.contentsOfDirectory(atPath: directory) where file != "lock"
    {
      try FileManager.default.copyItem(
        atPath: directory + "/" + file, toPath: copy.directory + "/" + file)
    }
    return copy
  }

  /// The files as a kill would leave them, in a directory of its own; the views are left out.
  ///
  /// Things go on while it copies: what must not be ahead of the log is copied before it, what must
  /// not be behind it after it; and all again where the WAL was brought home meanwhile.
  func copyOfRunning() throws -> LedgerFixture {
    while true {
      let copy = try LedgerFixture()
      let database = URL(fileURLWithPath: directory + "/log.db")
      let before = try Data(contentsOf: database)
      // What is written aside to be renamed comes and goes; what has its name stays.
      let jobs = try FileManager.default.contentsOfDirectory(atPath: directory + "/jobs")
      try FileManager.default.createDirectory(
        atPath: copy.directory + "/jobs", withIntermediateDirectories: true)
      for file in jobs.filter({ !$0.hasPrefix(".") }).map({ "jobs/" + $0 }) + [
        "founder", "signing.key", "checkpoints", "head", "log.db", "log.db-wal", "key", "keys.db",
        "keys.db-wal",
      ] {
        try FileManager.default.copyItem(
          atPath: directory + "/" + file, toPath: copy.directory + "/" + file)
      }
      if try Data(contentsOf: database) == before { return copy }
    }
  }

  fileprivate func flip(_ file: String, _ random: inout SeededGenerator) throws -> String {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: directory + "/" + file))
    let offset = Int.random(in: 0..<bytes.count, using: &random)
    let bit = Int.random(in: 0..<8, using: &random)
    try overwrite(file, at: offset, with: [bytes[offset] ^ (1 << bit)])
    return "\(file), bit \(bit) of byte \(offset)"
  }

  fileprivate func overwrite(_ file: String, at offset: Int, with bytes: [UInt8]) throws {
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: directory + "/" + file))
    try handle.seek(toOffset: UInt64(offset))
    try handle.write(contentsOf: Data(bytes))
    try handle.close()
  }

  fileprivate func replace(_ text: String, with other: String, in file: String) throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: directory + "/" + file))
    let found = try #require(bytes.range(of: Data(text.utf8)))
    try overwrite(file, at: found.lowerBound, with: Array(other.utf8))
  }
}
