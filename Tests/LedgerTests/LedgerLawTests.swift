import Domain
import EventLog
import Foundation
import Projections
import Testing

@testable import Ledger

/// Laws over seeded random histories, on real files.
@Suite struct LedgerLawTests {
  @Test(arguments: UInt64(0)..<RandomShop.seeds)
  func `what is served is what the log adds up to: live, reopened, rebuilt and verified`(
    _ seed: UInt64
  ) async throws {
    let fixture = try LedgerFixture()
    let clock = UnsteadyClock(seed: seed).now
    var ledger = try await fixture.open(now: clock)
    var shop = RandomShop(seed: seed, ledger, erases: true)
    try await shop.work(60)
    try await ledger.verifies()
    let early = ledger.state
    await ledger.close()

    ledger = try await fixture.open(now: clock)
    #expect(early.firstDifference(to: ledger.state) == nil, "reopened")
    shop = RandomShop(seed: seed + 1_000_000, ledger, erases: true)
    try await shop.work(60)
    let rebuilt = try await ledger.finish(ledger.startRebuild(by: LedgerFixture.founder))
    #expect(rebuilt.problem == nil)
    try await shop.work(20)
    try await ledger.verifies()
    try await ledger.findsEverybody()
    let live = ledger.state
    await ledger.close()

    try FileManager.default.removeItem(atPath: fixture.directory + "/views.db")
    ledger = try await fixture.open(now: clock)
    #expect(live.firstDifference(to: ledger.state) == nil, "reopened without views")
    try await ledger.verifies()
    await ledger.close()
  }

  @Test(arguments: UInt64(0)..<RandomShop.seeds)
  func `exports come back: into this ledger as nothing, into an empty one as the same`(
    _ seed: UInt64
  ) async throws {
    let (here, there) = (try LedgerFixture(), try LedgerFixture())
    let ledger = try await here.open(now: UnsteadyClock(seed: seed).now)
    var shop = RandomShop(seed: seed, ledger)
    try await shop.work(100)
    let copy = try await there.open()
    let position = ledger.state.position
    for kind in [ImportKind.customers, .history, .memberships] {
      let text = try await ledger.text(ExportRequest(kind: kind))
      var request = ImportRequest(kind: kind, file: "x.csv")
      request.createsTags = true
      request.createsCustomers = kind == .customers
      let job = try await ledger.take(text, request)
      #expect(job.problem == nil)
      #expect(job.result["refused"] == nil, "\(kind)")
      #expect(ledger.state.position == position, "\(kind)")
      try await copy.take(text, request)
    }
    for kind in ImportKind.allCases {
      let ours = try await ledger.text(ExportRequest(kind: kind)).split(separator: "\n")
      let theirs = try await copy.text(ExportRequest(kind: kind)).split(separator: "\n")
      #expect(ours.count == theirs.count)
      let different = zip(ours, theirs).first { $0 != $1 }
      #expect(different == nil, "\(kind)")
    }
    await ledger.close()
    await copy.close()
  }
}

extension Ledger {
  /// Expects that verification finds nothing.
  func verifies(_ location: SourceLocation = #_sourceLocation) async throws {
    let job = try await finish(startVerification(by: LedgerFixture.founder))
    #expect(job.problem == nil, sourceLocation: location)
    #expect(job.state == .done, sourceLocation: location)
  }

  /// Expects that each customer is found by what their sealed fields say, in state and views alike.
  func findsEverybody() async throws {
    let state = state
    await waitForViews()
    for number in 1..<(state.lastCustomer + 1) {
      let id = CustomerID(number)
      guard state.merged(id) == nil else { continue }
      let personal = try log.personal(of: id)
      let entry = try #require(try views.reader.customers([id]).first)
      #expect(entry.name == personal[.name])
      let phone = personal[.phone].map { log.lookupKey(.phone, $0) }
      let ref = personal[.ref].map { log.lookupKey(.ref, $0) }
      #expect(entry.phone == phone)
      #expect(entry.ref == ref)
      if let phone { #expect(state.customer(phone: phone) == id) }
      if let ref { #expect(state.customer(ref: ref) == id) }
    }
  }
}
