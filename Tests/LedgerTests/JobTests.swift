import Domain
import EventLog
import Foundation
import Synchronization
import Testing

@testable import Ledger

/// Long work that is stopped, ended with its daemon or torn away from it, and then goes on.
@Suite struct JobTests {
  /// How a job is kept from getting to its end at once.
  enum Interruption: CaseIterable {
    case none
    /// Stopped and resumed, again and again.
    case stopped
    /// The daemon ends as it should, and another one begins.
    case closed
    /// The daemon is killed: what it leaves is what lies on the disk.
    case killed
  }

  private let limits: Limits = {
    var limits = Limits()
    limits.bulk = 100
    return limits
  }()

  /// Brings a job to its end through interruptions; the ledger is another one then.
  private func carryOn(
    _ job: Job, in ledger: Ledger, _ fixture: LedgerFixture, _ interruption: Interruption
  ) async throws -> (Job, Ledger, LedgerFixture) {
    var (ledger, fixture, interruptions) = (ledger, fixture, 0)
    while true {
      let state = try ledger.jobs.job(job.id)
      if state.state == .done || state.state == .failed { break }
      if interruption == .none || interruptions == 4 {
        if state.state == .stopped {
          _ = try ledger.resume(job.id, by: LedgerFixture.founder)
        }
        _ = try await ledger.finish(job)
        continue
      }
      // Until it has got on a little.
      let before = state.done
      if state.state == .stopped { _ = try ledger.resume(job.id, by: LedgerFixture.founder) }
      while try ledger.jobs.job(job.id).done == before,
        try ledger.jobs.job(job.id).state == .running
      {
        try await Task.sleep(for: .milliseconds(1))
      }
      interruptions += 1
      switch interruption {
      case .none: break
      case .stopped: _ = try await ledger.jobs.stop(job.id)
      case .closed:
        await ledger.close()
        ledger = try await fixture.open(limits: limits)
      case .killed:
        // A job that ends meanwhile takes its input away under the copy.
        guard let copy = try? fixture.copyOfRunning() else { continue }
        await ledger.close()
        fixture = copy
        ledger = try await fixture.open(limits: limits)
      }
    }
    return (try ledger.jobs.job(job.id), ledger, fixture)
  }

  @Test(arguments: Interruption.allCases)
  func `a tag for more customers than one command takes goes on where it was`(
    _ interruption: Interruption
  ) async throws {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open(limits: limits)
    let tag = try await ledger.createTag("VIP")
    let rows = (1...1050).map { "Cliente \($0),C\($0)\n" }.joined()
    try await ledger.take("name,ref\n" + rows, ImportRequest(kind: .customers, file: "c.csv"))
    let customers = (1...1050).map { CustomerID(Int32($0)) }
    await #expect(throws: Problem.bulkTooLarge(count: 1050, limit: 100)) {
      try await ledger.order(.apply(tag, to: customers, details: nil))
    }
    let started = try ledger.startBulk(
      .apply, tag: tag, customers: customers, details: ["lote": "1"],
      by: LedgerFixture.founder, reason: "campanha")
    let (job, last, lastFixture) = try await carryOn(started, in: ledger, fixture, interruption)
    #expect(job.state == .done)
    #expect(job.done == 1050)
    #expect(job.result["applied"] == .int(1050) && job.result["unchanged"] == .int(0))
    #expect(last.state.members(of: tag).count == 1050)
    #expect(last.state.position == 2 + 1050 + 1050, "each once")
    let events = try last.log.events(after: 1052, limit: 2000)
    #expect(events.allSatisfy { $0.reason == "campanha" && $0.actor.name == "operator:1" })
    #expect(Dictionary(grouping: events, by: \.command).values.allSatisfy { $0.count <= 100 })
    try await last.verifies()
    #expect(try last.jobs.job(job.id).recorded == [1053...2102])
    #expect(!last.canUndo(try last.jobs.job(job.id)))
    await #expect(throws: Problem.bulkTooLarge(count: 1050, limit: 500)) {
      try await last.undo(ofJob: job.id, by: LedgerFixture.founder)
    }
    await last.close()
    _ = lastFixture
  }

  /// Starts to give a tag to customers, one after the other until one was stopped on its way.
  private func stoppedOnItsWay(
    _ customers: [CustomerID], in ledger: Ledger
  ) async throws -> (Job, TagID) {
    for attempt in 1...100 {
      let tag = try await ledger.createTag("VIP \(attempt)")
      let job = try ledger.startBulk(
        .apply, tag: tag, customers: customers, details: nil, by: LedgerFixture.founder,
        reason: nil)
      while try ledger.jobs.job(job.id).done == 0 { await Task.yield() }
      let stopped = try await ledger.jobs.stop(job.id)
      if stopped.state == .stopped { return (stopped, tag) }
    }
    throw Problem.shuttingDown
  }

  @Test func `all that a job did is undone at once, but not what others did meanwhile`()
    async throws
  {
    let fixture = try LedgerFixture()
    var small = Limits()
    small.bulk = 10
    let isSlow = Atomic(false)
    // To look at the clock takes so long that there is time to stop the job.
    let ledger = try await fixture.open(limits: small) {
      if isSlow.load(ordering: .relaxed) { Thread.sleep(forTimeInterval: 0.01) }
      return .wallClock()
    }
    let other = try await ledger.createTag("Novo")
    for name in 1...45 { _ = try await ledger.register("Cliente \(name)") }
    let customers = (1...45).map { CustomerID(Int32($0)) }
    isSlow.store(true, ordering: .relaxed)
    let (job, tag) = try await stoppedOnItsWay(customers, in: ledger)
    isSlow.store(false, ordering: .relaxed)
    #expect((1..<45).contains(ledger.state.members(of: tag).count))
    try await ledger.order(.apply(tag, to: [customers[2]], details: ["lote": "7"]))
    try await ledger.order(.apply(other, to: [customers[3]], details: nil))
    _ = try ledger.resume(job.id, by: LedgerFixture.founder)
    #expect(try await ledger.finish(job).state == .done)
    #expect(ledger.state.members(of: tag).count == 45)

    #expect(ledger.canUndo(try ledger.jobs.job(job.id)))
    let undo = try #require(try await ledger.undo(ofJob: job.id, by: LedgerFixture.founder))
    #expect(undo.parts.count == 2)
    let receipt = try await ledger.order(.undo(undo))
    #expect(receipt.events.count == 44)
    #expect(
      receipt.left.map(\.subject) == [.membership(.init(tag: tag, customer: customers[2]))])
    #expect(Array(ledger.state.members(of: tag)) == [customers[2]])
    #expect(Array(ledger.state.members(of: other)) == [customers[3]])
    try await ledger.verifies()
    let redone = try await ledger.order(.undo(try await ledger.undo(of: receipt.command)))
    #expect(redone.events.count == 44 && redone.left.isEmpty)
    await ledger.close()
  }

  @Test func `a job can only be undone once it has ended, and has done anything`() async throws {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open(limits: limits)
    #expect(try await ledger.undo(ofJob: "x", by: LedgerFixture.founder) == nil)
    let tag = try await ledger.createTag("VIP")
    let ana = try await ledger.register("Ana")
    let idle = try ledger.startBulk(
      .remove, tag: tag, customers: [ana], details: nil, by: LedgerFixture.founder, reason: nil)
    _ = try await ledger.finish(idle)
    await #expect(throws: Problem.commandNotFound(idle.id)) {
      try await ledger.undo(ofJob: idle.id, by: LedgerFixture.founder)
    }
    let orders = try await ledger.take(
      "order,time,ref,amount\n1,2026-01-02,C1,10.00\n", ImportRequest(kind: .orders, file: "o.csv"))
    await #expect(throws: Problem.undoImpossible(.orderPlaced)) {
      try await ledger.undo(ofJob: orders.id, by: LedgerFixture.founder)
    }
    await ledger.close()
  }

  @Test func `a job that can only fail is refused before it begins`() async throws {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open(limits: limits)
    let tag = try await ledger.createTag("VIP")
    let ana = try await ledger.register("Ana")
    func start(_ kind: Job.Kind, _ customers: [CustomerID]) throws -> Job {
      try ledger.startBulk(
        kind, tag: tag, customers: customers, details: nil, by: LedgerFixture.founder,
        reason: nil)
    }
    #expect(throws: Problem.customerNotFound("2")) { try start(.apply, [ana, CustomerID(2)]) }
    try await ledger.order(.archiveTag(tag))
    #expect(throws: Problem.tagArchived(tag)) { try start(.apply, [ana]) }
    #expect(try await ledger.finish(start(.remove, [ana])).result["unchanged"] == .int(1))
    await ledger.close()
  }

  @Test(arguments: Interruption.allCases)
  func `an import goes on where it was, and tells of each row once`(
    _ interruption: Interruption
  ) async throws {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open(limits: limits)
    var rows = "time,ref,tag,action,operator\n"
    for row in 0..<6000 {
      let time = Timestamp(microseconds: 1_600_000_000_000_000 + Int64(row / 3) * 1_000_000)
      let action = row % 97 == 5 ? "talvez" : row % 7 < 4 ? "+" : "-"
      rows += "\(time.text),C\(row % 50),T\(row * 7 % 11),\(action),maria\n"
    }
    let upload = ledger.newUpload()
    try Data(rows.utf8).write(to: upload)
    var request = ImportRequest(kind: .history, file: "h.csv")
    request.createsTags = true
    request.createsCustomers = true
    let started = try ledger.startImport(request, upload: upload, by: LedgerFixture.founder)
    let (job, last, lastFixture) = try await carryOn(started, in: ledger, fixture, interruption)
    #expect(job.state == .done)
    #expect(job.problem == nil)
    let failures = try String(contentsOf: last.jobs.failures(of: job.id), encoding: .utf8)

    let plain = try LedgerFixture()
    let other = try await plain.open(limits: limits)
    let whole = try await other.take(rows, request)
    #expect(
      try failures == String(contentsOf: other.jobs.failures(of: whole.id), encoding: .utf8))
    #expect(failures.split(separator: "\n").count == 1 + 62)
    #expect(
      try await last.text(ExportRequest(kind: .history))
        == other.text(ExportRequest(kind: .history)))
    if interruption != .killed { #expect(job.result == whole.result) }
    try await last.verifies()
    let undo = try #require(try await last.undo(ofJob: job.id, by: LedgerFixture.founder))
    #expect(undo.parts == [2...last.state.position])
    try await last.order(.undo(undo))
    #expect(last.state.tags.allSatisfy { !$0.isListed && last.state.members(of: $0.id).isEmpty })
    try await last.verifies()
    await last.close()
    await other.close()
    _ = lastFixture
  }

  @Test func `a job that is done cannot be resumed, and keeps no personal fields`() async throws {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open()
    let job = try await ledger.take("ref\nC1\n", ImportRequest(kind: .customers, file: "c.csv"))
    #expect(job.state == .done)
    #expect(job.problem == nil)
    #expect(throws: Problem.jobNotResumable(job.id)) {
      try ledger.resume(job.id, by: LedgerFixture.founder)
    }
    #expect(throws: Problem.jobNotFound("x")) {
      try ledger.resume("x", by: LedgerFixture.founder)
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: fixture.directory + "/jobs")
    #expect(files.filter { $0.hasSuffix("input") } == [])
    await ledger.close()
  }

  @Test func `two verifications asked for at once are one`() async throws {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open()
    var shop = RandomShop(seed: 5, ledger)
    try await shop.work(100)
    let first = try ledger.startVerification(by: LedgerFixture.founder)
    let second = try ledger.startVerification(by: LedgerFixture.founder)
    let isEnded = try ledger.jobs.job(first.id).state != .running
    #expect(first.id == second.id || isEnded)
    #expect(try await ledger.finish(second).problem == nil)
    await ledger.close()
  }
}
