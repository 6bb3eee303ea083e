import Domain
import EventLog
import Foundation
import Ledger
import Testing

/// What the past is said to have been, held against what it was.
@Suite struct PastTests {
  @Test(arguments: UInt64(0)..<RandomShop.seeds)
  func `a state as of a moment is the one that decided and answered then`(
    _ seed: UInt64
  ) async throws {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open(now: UnsteadyClock(seed: seed).now)
    var shop = RandomShop(seed: seed, ledger)
    var then: [State] = [ledger.state]
    for _ in 0..<12 {
      try await shop.work(8)
      then.append(ledger.state)
    }
    for state in then {
      let moment = Moment.seq(state.position)
      let whole = try await ledger.state(asOf: moment, lookups: true)
      #expect(state.firstDifference(to: whole) == nil)
      for tag in state.tags {
        let part = try await ledger.members(of: tag.id, asOf: state.position)
        #expect(part.position == state.position)
        #expect(part.tag(tag.id) == tag)
        let id = (try? state.current(tag.id).id) ?? tag.id
        #expect(part.members(of: id) == state.members(of: id))
        let members = Array(state.members(of: id))
        let own = try await ledger.tenures(
          of: members, in: id, part, through: state.position, by: LedgerFixture.founder)
        let all = try await ledger.tenures(
          of: members, through: state.position, by: LedgerFixture.founder)
        #expect(own == all.map { $0.last { $0.tag == id && $0.until == nil } })
        #expect(!own.contains(nil))
      }
    }
    await ledger.close()
  }

  @Test func `a time means the last event recorded at it or before it`() async throws {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open()
    _ = try await ledger.createTag("VIP")
    _ = try await ledger.createTag("Novo")
    let events = try ledger.log.events(after: 0, limit: 10)
    let (first, second) = (events[1].at, events[2].at)
    #expect(try ledger.instant(.time(first)) == Instant(seq: 2, at: first))
    #expect(
      try ledger.instant(.time(Timestamp(microseconds: second.rawValue - 1)))
        == Instant(seq: 2, at: first))
    #expect(try ledger.instant(.time(second)) == Instant(seq: 3, at: second))
    #expect(
      try ledger.instant(.time(Timestamp(microseconds: first.rawValue - 1)))
        == Instant(seq: 1, at: events[0].at))
    #expect(
      try ledger.instant(.time(Timestamp(microseconds: events[0].at.rawValue - 1)))
        == Instant(seq: 0, at: nil))
    #expect(try await ledger.state(asOf: .seq(0)) == State())
    #expect(throws: Problem.seqNotFound(4)) { try ledger.instant(.seq(4)) }
    await ledger.close()
  }

  @Test func `those who ask for the same moment at once share the answer`() async throws {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open()
    let tag = try await ledger.createTag("VIP")
    let ana = try await ledger.register("Ana")
    let before = ledger.state
    try await ledger.order(.apply(tag, to: [ana], details: nil))
    let found = try await withThrowingTaskGroup(of: State.self) { group in
      for _ in 0..<20 {
        group.addTask { try await ledger.state(asOf: .seq(before.position), lookups: true) }
      }
      return try await group.reduce(into: [State]()) { $0.append($1) }
    }
    #expect(found.count == 20)
    #expect(found.allSatisfy { $0.firstDifference(to: before) == nil })
    await ledger.close()
  }
}
