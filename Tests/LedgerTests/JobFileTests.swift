import Domain
import EventLog
import Foundation
import Ledger
import Synchronization
import Testing

/// What lies in the directory of jobs, and what a kill, a full disk or a new origin leaves of it.
@Suite struct JobFileTests {
  @Test func `a job that runs as far as its files know has its input`() async throws {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open()
    let directory = fixture.directory + "/jobs/"
    let isOver = Atomic(false)
    async let watched = onThread {
      var (looks, orphans) = (0, 0)
      while !isOver.load(ordering: .relaxed) {
        let files = try FileManager.default.contentsOfDirectory(atPath: directory)
        // The newest: those before it have ended.
        let newest = files.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.max()
        guard let newest else { continue }
        let input = directory + newest.dropLast(5) + ".input"
        if FileManager.default.fileExists(atPath: input) { continue }
        let job = try JSON(
          parsing: Array(Data(contentsOf: URL(filePath: directory + newest))))
        orphans += job["state"]?.string == "running" ? 1 : 0
        looks += 1
      }
      return (looks, orphans)
    }
    defer { isOver.store(true, ordering: .relaxed) }
    for number in 0..<60 {
      _ = try await ledger.take("ref\nC\(number)\n", ImportRequest(kind: .customers, file: "c"))
    }
    isOver.store(true, ordering: .relaxed)
    let (looks, orphans) = try await watched
    #expect(looks > 0 && orphans == 0)
    await ledger.close()
  }

  @Test func `a job whose end cannot be written keeps what it needs to go on`() async throws {
    let fixture = try LedgerFixture()
    var small = Limits()
    small.bulk = 5
    var ledger = try await fixture.open(limits: small)
    let tag = try await ledger.createTag("VIP")
    for name in 1...300 { _ = try await ledger.register("Cliente \(name)") }
    let job = try ledger.startBulk(
      .apply, tag: tag, customers: (1...300).map { CustomerID(Int32($0)) }, details: nil,
      by: LedgerFixture.founder, reason: nil)
    try #require(try await ledger.jobs.stop(job.id).state == .stopped)
    let file = fixture.directory + "/jobs/" + job.id + ".json"
    let stopped = try Data(contentsOf: URL(filePath: file))
    // Nothing can be renamed over a directory that holds something.
    try FileManager.default.removeItem(atPath: file)
    try FileManager.default.createDirectory(
      atPath: file + "/x", withIntermediateDirectories: true)
    _ = try ledger.resume(job.id, by: LedgerFixture.founder)
    #expect(try await ledger.finish(job).state == .done)
    await ledger.close()
    try FileManager.default.removeItem(atPath: file)
    try stopped.write(to: URL(filePath: file))
    ledger = try await fixture.open(limits: small)
    _ = try ledger.resume(job.id, by: LedgerFixture.founder)
    #expect(try await ledger.finish(job).state == .done)
    #expect(ledger.state.members(of: tag).count == 300)
    await ledger.close()
  }

  @Test func `what no job needs is gone with the next start`() async throws {
    let fixture = try LedgerFixture()
    var ledger = try await fixture.open()
    let upload = ledger.newUpload()
    let done = try await ledger.take("ref\nC1\n", ImportRequest(kind: .customers, file: "c.csv"))
    let failed = try await ledger.take(
      "nome;ref\nAna\n", ImportRequest(kind: .orders, file: "o.csv"))
    #expect(failed.state == .failed)
    let directory = upload.deletingLastPathComponent()
    // As a kill leaves them: before a job took it over, before it was one, after it was done.
    let left = [
      upload.lastPathComponent, ".aside", "x.input", done.id + ".input", "torn.input",
    ]
    for file in left { try Data("name\n".utf8).write(to: directory.appending(path: file)) }
    // Of this one it cannot be said.
    try Data("{".utf8).write(to: directory.appending(path: "torn.json"))
    await ledger.close()
    ledger = try await fixture.open()
    let files = try FileManager.default.contentsOfDirectory(atPath: directory.path)
    #expect(
      files.filter { $0.hasSuffix("input") }.sorted() == [failed.id + ".input", "torn.input"])
    #expect(!files.contains(upload.lastPathComponent) && !files.contains(".aside"))
    await ledger.close()
  }

  @Test func `a log that goes on under a new origin has no jobs of the former one`() async throws {
    let fixture = try LedgerFixture()
    var ledger = try await fixture.open()
    let tag = try await ledger.createTag("VIP")
    await ledger.close()
    let copy = try LedgerFixture(at: fixture.directory + "-copy")
    try FileManager.default.copyItem(atPath: fixture.directory, toPath: copy.directory)
    ledger = try await fixture.open()
    _ = try await ledger.register("Eva")
    let lost = try await ledger.take(
      "name,phone\nAna,+5541988887777\nRui,12\n", ImportRequest(kind: .customers, file: "c.csv"))
    #expect(lost.result["refused"] == .int(1) && lost.result["customers_registered"] == .int(1))
    await ledger.close()
    // The copy is put in the place of the log, and all else stays where it was.
    for file in ["jobs", "head", "checkpoints"] {
      try FileManager.default.removeItem(atPath: copy.directory + "/" + file)
      try FileManager.default.copyItem(
        atPath: fixture.directory + "/" + file, toPath: copy.directory + "/" + file)
    }
    func files() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: copy.directory + "/jobs").sorted()
    }
    ledger = try await copy.open()
    #expect(ledger.readOnlyReason != nil)
    #expect(try files() == [lost.id + ".failures.csv", lost.id + ".json"], "it may be a mistake")
    await ledger.close()

    let now = Timestamp.wallClock()
    ledger = try await copy.open(log: LogOptions(continuing: .underNewOrigin(nil, at: now)))
    let bea = try await ledger.register("Bea")
    try await ledger.order(.apply(tag, to: [bea], details: nil))
    #expect(try await ledger.undo(ofJob: lost.id, by: LedgerFixture.founder) == nil)
    #expect(try files() == [])
    let own = try await ledger.take("ref\nC1\n", ImportRequest(kind: .customers, file: "d.csv"))
    await ledger.close()
    ledger = try await copy.open()
    #expect(ledger.jobs.all.map(\.id) == [own.id])
    #expect(try await ledger.undo(ofJob: own.id, by: LedgerFixture.founder) != nil)
    await ledger.close()
  }
}
