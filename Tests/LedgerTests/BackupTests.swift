import Domain
import EventLog
import Foundation
import Ledger
import Proof
import TestSupport
import Testing

@Suite struct BackupTests {
  let fixture: LedgerFixture

  init() throws {
    fixture = try LedgerFixture()
  }

  private var backup: String { fixture.directory + "-backup" }

  @discardableResult
  private func back(
    up ledger: Ledger, to directory: String? = nil, keys: String? = nil
  ) async throws -> Job {
    let job = try ledger.startBackup(
      to: directory ?? backup, keys: keys, by: LedgerFixture.founder)
    let ended = try await ledger.finish(job)
    #expect(ended.problem == nil)
    return ended
  }

  /// Restores into a directory of its own, or where the fixture says.
  private func restore(
    to directory: String, from: String? = nil, continuing: Continuing = .asSigned,
    _ change: (inout Restore.Plan) -> Void = { _ in }
  ) async throws -> Restore.Report {
    var plan = Restore.Plan(from: from ?? backup)
    change(&plan)
    return try await Restore(plan, LedgerFixture.options(directory, continuing)).perform()
  }

  @Test func `a backup made under load restores with everything acknowledged before it began`()
    async throws
  {
    let ledger = try await fixture.open()
    let tag = try await ledger.createTag("VIP")
    let load = Task {
      var last: Int64 = 0
      for index in 0..<100_000 where !Task.isCancelled {
        let id = try await ledger.register("Cliente \(index)", phone: nil)
        last = try await ledger.order(.apply(tag, to: [id], details: nil)).seqs!.upperBound
      }
      return last
    }
    while ledger.state.position < 200 { try await Task.sleep(for: .milliseconds(1)) }
    let acknowledged = ledger.state
    let job = try await back(up: ledger)
    let during = ledger.state.position
    load.cancel()
    let last = try await load.value
    #expect(last >= during)
    let size = try #require(job.result["events"]?.int)
    #expect(size >= acknowledged.position)
    #expect(job.result["root"]?.string == (try ledger.log.head(atSize: size).root.hex))

    let other = try LedgerFixture()
    let report = try await restore(to: other.directory)
    #expect(report.events == size && report.erased == [] && report.aside == nil)
    #expect(report.opened > 0)
    let restored = try await other.open()
    #expect(restored.state.position == size)
    let names = try restored.log.personal(of: CustomerID(acknowledged.lastCustomer))
    #expect(names == (try ledger.log.personal(of: CustomerID(acknowledged.lastCustomer))))
    try await restored.verifies()
    await restored.close()
    await ledger.close()
    try FileManager.default.removeItem(atPath: backup)
  }

  @Test func `the parts hold what they should, readable by their owner only`() async throws {
    let ledger = try await fixture.open()
    _ = try await ledger.register("Ana", phone: "+5511961234567")
    let keys = backup + "-keys"
    try await back(up: ledger, keys: keys)
    let files = try FileManager.default.subpathsOfDirectory(atPath: backup).sorted()
    #expect(
      files == [
        "log", "log/checkpoints", "log/founder", "log/head", "log/log.db", "log/manifest.json",
      ])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: keys).sorted()
        == ["key", "keys.db", "manifest.json", "signing.key"])
    for path in files.map({ backup + "/" + $0 }) + [keys, keys + "/keys.db", keys + "/key"] {
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode! & 0o077 == 0, "\(path)")
    }
    #expect(throws: Problem.self) {
      try ledger.startBackup(to: backup, keys: nil, by: LedgerFixture.founder)
    }
    #expect(throws: Problem.self) {
      try ledger.startBackup(to: "somewhere", keys: nil, by: LedgerFixture.founder)
    }
    await ledger.close()
    for path in [backup, keys] { try FileManager.default.removeItem(atPath: path) }
  }

  @Test func `a restore that cannot put the ledger there aside leaves it as it was`() async throws {
    let ledger = try await fixture.open()
    _ = try await ledger.register("Ana")
    try await back(up: ledger)
    await ledger.close()
    // A path that ends in a slash can be renamed to none beneath itself.
    await #expect(throws: Problem.self) {
      _ = try await restore(to: fixture.directory + "/") { $0.replaces = true }
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: fixture.directory)
    #expect(!left.contains { $0.contains("restoring") })
    let again = try await fixture.open()
    #expect(again.state.position == 2)
    await again.close()
    try FileManager.default.removeItem(atPath: backup)
  }

  @Test func `a backup that has been touched is not restored`() async throws {
    let ledger = try await fixture.open()
    for index in 0..<20 { _ = try await ledger.register("Cliente \(index)") }
    try await back(up: ledger)
    await ledger.close()
    let other = try LedgerFixture()
    try FileManager.default.removeItem(atPath: other.directory)
    for file in ["log/log.db", "log/head", "keys/keys.db", "keys/key"] {
      let path = backup + "/" + file
      let sound = try Data(contentsOf: URL(fileURLWithPath: path))
      var bad = sound
      bad[bad.count / 2] ^= 1
      chmod(path, 0o600)
      try bad.write(to: URL(fileURLWithPath: path))
      await #expect(throws: Problem.self, "\(file)") {
        _ = try await restore(to: other.directory)
      }
      #expect(!FileManager.default.fileExists(atPath: other.directory), "\(file)")
      try sound.write(to: URL(fileURLWithPath: path))
    }
    #expect(try await restore(to: other.directory).events == 21)
    try FileManager.default.removeItem(atPath: backup)
  }

  @Test func `an old copy goes over a newer signed log only under a new origin`() async throws {
    var ledger = try await fixture.open(log: LogOptions(origin: "tagledger/test"))
    let ana = try await ledger.register("Ana")
    try await back(up: ledger)
    let rui = try await ledger.register("Rui")
    let receipt = try await ledger.erase(
      ana, by: LedgerFixture.founder, reason: "a pedido", dryRun: false)
    _ = try await ledger.finish(try #require(receipt.job))
    let newer = ledger.head
    await #expect(throws: Problem.self, "the daemon runs") {
      _ = try await restore(to: fixture.directory) { $0.replaces = true }
    }
    await ledger.close()
    for replaces in [false, true] {
      await #expect(throws: Problem.self) {
        _ = try await restore(to: fixture.directory) { $0.replaces = replaces }
      }
      ledger = try await fixture.open()
      #expect(ledger.head == newer, "nothing has been touched")
      #expect(ledger.readOnlyReason == nil)
      await ledger.close()
    }
    let report = try await restore(
      to: fixture.directory,
      continuing: .underNewOrigin("tagledger/new", at: Timestamp.wallClock())
    ) { $0.replaces = true }
    #expect(report.erased == [ana])
    let aside = try #require(report.aside)
    ledger = try await fixture.open()
    #expect(ledger.readOnlyReason == nil)
    #expect(ledger.origin == "tagledger/new")
    #expect(try ledger.profile(ana, by: LedgerFixture.founder).personal == [:])
    #expect(try ledger.log.isSealed(ana) == false)
    #expect(ledger.state.lastCustomer == rui.rawValue - 1)
    let continued = try #require(
      try ledger.log.events(after: 0, limit: 100).first { $0.type == .ledgerContinued })
    #expect(try continued.parsedData()["size"]?.int == newer.size)
    try await ledger.verifies()
    await ledger.close()
    #expect(FileManager.default.fileExists(atPath: aside + "/log.db"))
    for path in [aside, backup] { try FileManager.default.removeItem(atPath: path) }
  }

  /// A daemon that was started in between has made the directory, or has not.
  @Test(arguments: [false, true])
  func `a restore killed between its two renames is begun anew as if it had never been`(
    isMade: Bool
  ) async throws {
    var ledger = try await fixture.open()
    let ana = try await ledger.register("Ana")
    try await back(up: ledger)
    _ = try await ledger.register("Rui")
    let receipt = try await ledger.erase(
      ana, by: LedgerFixture.founder, reason: "a pedido", dryRun: false)
    _ = try await ledger.finish(try #require(receipt.job))
    let newer = ledger.head
    await ledger.close()
    // One that was put aside long ago is not what is taken back.
    let older = fixture.directory + ".replaced-2001-01-01T000000Z"
    let aside = fixture.directory + ".replaced-2026-11-22T101112Z"
    let draft = fixture.directory + ".restoring"
    try FileManager.default.moveItem(atPath: fixture.directory, toPath: aside)
    for path in [older, draft] + (isMade ? [fixture.directory] : []) {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }
    #expect(Restore.isUnfinished(in: fixture.directory))
    let held = try FileLock(aside + "/lock", for: "the ledger")
    await #expect(throws: Problem.self, "the other restore is not dead") {
      _ = try await restore(to: fixture.directory) { $0.replaces = true }
    }
    held.release()
    #expect(Restore.isUnfinished(in: fixture.directory))

    let problem = await #expect(throws: Problem.self) {
      _ = try await restore(to: fixture.directory) { $0.replaces = true }
    }
    let refused = try #require(problem)
    guard case .restoreRefused = refused else { throw refused }
    #expect(!FileManager.default.fileExists(atPath: draft))
    ledger = try await fixture.open()
    #expect(ledger.head == newer && ledger.readOnlyReason == nil)
    await ledger.close()
    let report = try await restore(
      to: fixture.directory, continuing: .underNewOrigin(nil, at: Timestamp.wallClock())
    ) { $0.replaces = true }
    #expect(report.erased == [ana])
    #expect(!FileManager.default.fileExists(atPath: draft))
    for path in [older, backup, try #require(report.aside)] {
      try FileManager.default.removeItem(atPath: path)
    }
  }

  @Test func `a list of erasures kept elsewhere is heeded on an empty machine`() async throws {
    let ledger = try await fixture.open()
    let ana = try await ledger.register("Ana")
    let rui = try await ledger.register("Rui")
    try await back(up: ledger)
    let receipt = try await ledger.erase(
      ana, by: LedgerFixture.founder, reason: "a pedido", dryRun: false)
    _ = try await ledger.finish(try #require(receipt.job))
    await ledger.close()
    let list = fixture.directory + "/" + ErasuresFile.name
    let other = try LedgerFixture()
    await #expect(throws: Problem.self) {
      _ = try await restore(to: other.directory) { $0.erasures = ["/nowhere"] }
    }
    let report = try await restore(to: other.directory) { $0.erasures = [list] }
    #expect(report.erased == [ana])
    let restored = try await other.open()
    #expect(try restored.profile(rui, by: LedgerFixture.founder).personal == [.name: "Rui"])
    #expect(try restored.profile(ana, by: LedgerFixture.founder).personal == [:])
    await restored.close()
    try FileManager.default.removeItem(atPath: backup)
  }

  @Test(.enabled(if: SmallDisk.isPossible, "skipped: no disk can be mounted here"))
  func `a full disk leaves no part of a backup behind`() async throws {
    let disk = try SmallDisk()
    let ledger = try await fixture.open()
    _ = try await ledger.register("Ana")
    disk.fill()
    let job = try ledger.startBackup(
      to: disk.path + "/backup", keys: disk.path + "/keys", by: LedgerFixture.founder)
    #expect(try await ledger.finish(job).problem == .storageFull)
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["ballast"])
    try disk.makeRoom()
    try await back(up: ledger, to: disk.path + "/backup", keys: disk.path + "/keys")
    await ledger.close()
  }

  @Test func `a backup made after an erasure holds nothing of the person`() async throws {
    let ledger = try await fixture.open()
    let id = try await ledger.order(
      .registerCustomer(ledger.draft(personal: ErasureTests.person, channel: nil))
    )
    .events[0].customer!
    let receipt = try await ledger.erase(
      id, by: LedgerFixture.founder, reason: "a pedido", dryRun: false)
    _ = try await ledger.finish(try #require(receipt.job))
    try await back(up: ledger)
    #expect(try ErasureTests.needles.found(in: backup) == [])
    let copy = try LogCopy(directory: backup + "/log")
    #expect(
      try copy.openFields(keys: backup + "/keys", keyFile: backup + "/keys/key") == 0)
    await ledger.close()
    try FileManager.default.removeItem(atPath: backup)
  }
}
