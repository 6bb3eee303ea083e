import Domain
import EventLog
import Ledger
import Synchronization
import Testing

struct RefusalTests {
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
