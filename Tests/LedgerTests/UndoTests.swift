import Domain
import EventLog
import Foundation
import Testing

@testable import Ledger

@Suite struct UndoTests {
  let fixture: LedgerFixture

  init() throws {
    fixture = try LedgerFixture()
  }

  @Test(arguments: [false, true])
  func `after a history import is undone, the corrected file comes in as if it were the first`(
    asJob: Bool
  ) async throws {
    let ledger = try await fixture.open()
    let tag = try await ledger.createTag("VIP")
    for name in ["Ana", "Bia", "Caio"] { _ = try await ledger.register(name) }
    try await ledger.order(.apply(tag, to: [CustomerID(3)], details: nil))
    // The second gets the tag and loses it, and the third, who had it by hand, was told of before that.
    let file = """
      id,tag,time,action
      1,VIP,03/02/2026,+
      2,VIP,03/02/2026,+
      2,VIP,04/02/2026,-
      3,VIP,03/02/2026,-
      """
    var request = ImportRequest(kind: .history, file: "h.csv")
    request.options["dates"] = "mdy"
    let wrong = try await ledger.take(file, request)
    #expect(wrong.result["applied"] == .int(2) && wrong.result["removed"] == .int(1))
    #expect(wrong.result["unchanged"] == .int(1))
    let undo =
      asJob
      ? try #require(try await ledger.undo(ofJob: wrong.id, by: LedgerFixture.founder))
      : try await ledger.undo(of: try ledger.command(of: ledger.log.size))
    #expect(
      try await ledger.order(.undo(undo)).events.map(\.type) == [.tagRemoved, .historyReopened])
    #expect(Array(ledger.state.members(of: tag)) == [CustomerID(3)])
    request.options["dates"] = "dmy"
    let right = try await ledger.take(file, request)
    #expect(right.result["applied"] == .int(2) && right.result["removed"] == .int(1))
    #expect(right.result["unchanged"] == .int(1))
    #expect(try await ledger.take(file, request).result["unchanged"] == .int(4))
    try await ledger.verifies()
    await ledger.close()
  }

  @Test func `why goes back beyond a job that was undone, for whomever it concerned`() async throws
  {
    var limits = Limits()
    limits.bulk = 10
    let ledger = try await fixture.open(limits: limits)
    let tag = try await ledger.createTag("VIP")
    for name in 1...30 { _ = try await ledger.register("Cliente \(name)") }
    let customers = (1...30).map { CustomerID($0) }
    var given: [Int64] = []
    for customer in customers {
      try await ledger.order(.apply(tag, to: [customer], details: nil))
      given.append(ledger.log.size)
    }
    let first = ledger.log.size + 1
    let job = try ledger.startBulk(
      .remove, tag: tag, customers: customers, details: nil, by: LedgerFixture.founder, reason: nil)
    _ = try await ledger.finish(job)
    try await ledger.order(
      .undo(try #require(try await ledger.undo(ofJob: job.id, by: LedgerFixture.founder))))
    for index in [0, 9, 10, 29] {
      let why = try await ledger.why(
        customers[index], tag, in: ledger.state, by: LedgerFixture.founder)
      #expect(why.isHeld && why.chain.map(\.type) == [.tagApplied, .tagRemoved, .tagApplied])
      #expect(why.chain.allSatisfy { $0.customer == customers[index] })
      #expect(why.chain.dropFirst().map(\.seq) == [first + Int64(index), given[index]])
    }
    await ledger.close()
  }

  @Test func `that a job is under way is told to those who may see it`() async throws {
    let ledger = try await fixture.open()
    try await ledger.order(
      .team(.registerOperator(OperatorDraft(name: "Rui", identities: [.uid(2002)]))))
    let (end, ends) = AsyncStream.makeStream(of: Void.self)
    let founder = LedgerFixture.founder
    let job = Job(
      id: "j1", kind: .apply, caller: founder, actor: .local(uid: 1000), started: ledger.now(),
      unit: "customers", total: 1, parameters: .object([:]))
    try ledger.jobs.start(job) { _ in for await _ in end {} }
    #expect(try await ledger.undo(ofJob: job.id, by: .local(uid: 2002)) == nil)
    await #expect(throws: Problem.jobInTheWay(job.id, kind: "apply")) {
      try await ledger.undo(ofJob: job.id, by: founder)
    }
    ends.finish()
    _ = try await ledger.finish(job)
    await ledger.close()
  }
}
