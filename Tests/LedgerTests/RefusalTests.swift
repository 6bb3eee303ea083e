import Domain
import EventLog
import Ledger
import Synchronization
import Testing

struct RefusalTests {
  @Test func `a dry run that is refused is recorded, and what follows from it counted`()
    async throws
  {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open()
    try await ledger.order(
      .team(.registerOperator(OperatorDraft(name: "Rui", identities: [.uid(2002)]))))
    let customer = try await ledger.register("Ana")
    for dryRun in [true, true, false] {
      await #expect(throws: Problem.self) {
        try await ledger.erase(
          customer, by: .local(uid: 2002), reason: "a pedido", dryRun: dryRun)
      }
    }
    let refusals = try ledger.log.events(seqs: 1..<ledger.log.size + 1)
      .filter { $0.type == .commandRefused }
    #expect(refusals.count == 1)
    #expect(try refusals.first?.parsedData()["command"] == "customer.erase")
    await ledger.close()
  }

  @Test func `refusals between two records are counted, also when nothing else is recorded`()
    async throws
  {
    let clock = Mutex(Timestamp(microseconds: 1_795_000_000_000_000))
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open(now: { clock.withLock { $0 } })
    try await ledger.order(
      .team(.registerOperator(OperatorDraft(name: "Rui", identities: [.uid(2002)]))))
    func isRefused() async -> Bool {
      do throws(Problem) {
        _ = try await ledger.submit(
          Order(.team(.archiveOperator(OperatorID(1))), by: .local(uid: 2002)))
        return false
      } catch {
        return true
      }
    }
    for _ in 0..<4 { #expect(await isRefused()) }
    clock.withLock { $0 = Timestamp(microseconds: $0.rawValue + 601_000_000) }
    #expect(await isRefused())
    let refusals = try ledger.log.events(seqs: 1..<ledger.log.size + 1)
      .filter { $0.type == .commandRefused }
    let times = try refusals.map { try $0.parsedData()["times"]?.int }
    #expect(times == [1, 4])
    await ledger.close()
  }
}
