import Domain
import EventLog
import Foundation
import Synchronization
import Testing

@testable import Ledger

/// The engine on a ledger on a disk.
struct RuleEngineTests {
  let fixture: LedgerFixture

  init() throws {
    fixture = try LedgerFixture()
  }

  /// A clock that is set by hand.
  private final class Clock: Sendable {
    private let value: Mutex<Int64>

    init(_ text: String) throws {
      value = Mutex(try Timestamp(parsing: text).rawValue)
    }

    func now() -> Timestamp { Timestamp(microseconds: value.withLock { $0 }) }

    func pass(days: Double) {
      value.withLock { $0 += Int64(days * 86_400_000_000) }
    }
  }

  private func rule(
    _ ledger: Ledger, _ tag: TagID, _ filter: String, otherwise: Rule.Otherwise = .remove
  ) async throws -> RuleID {
    let draft = RuleDraft(
      name: "regra \(tag.rawValue)", tag: tag, filter: filter, otherwise: otherwise,
      isEnabled: true)
    let receipt = try await ledger.order(.rule(.create(draft)), reason: "teste")
    return RuleID(Int32(receipt.events[0].data!["rule"]!.int!))
  }

  @discardableResult
  private func place(
    _ order: String, of customer: CustomerID, in ledger: Ledger, _ occurred: Timestamp? = nil
  ) async throws -> Int64 {
    let fact = FactDraft(
      .orderPlaced(order: order, amount: 100, lines: []), of: .id(customer), occurred: occurred)
    return try await ledger.order(.recordFacts([fact], FactPolicy())).seqs!.lowerBound
  }

  /// Until what the clock has brought is done; the engine looks at it four times a second.
  private func until(_ isSo: () -> Bool) async throws {
    let end = Date.now.addingTimeInterval(60)
    while !isSo() {
      guard Date.now < end else { throw Problem.storageFailed("waited for a minute") }
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  @Test func `a fact changes a tag, by the rule, and with the fact as its cause`() async throws {
    let ledger = try await fixture.open()
    let (tag, ana) = (try await ledger.createTag("Cliente"), try await ledger.register("Ana"))
    let id = try await rule(ledger, tag, "orders >= 1")
    let seq = try await place("p1", of: ana, in: ledger)
    await ledger.waitForRules()
    #expect(ledger.state.members(of: tag).contains(ana))
    let event = try ledger.log.events(seqs: [ledger.log.size])[0]
    #expect(event.type == .tagApplied && event.cause == seq)
    #expect(event.actor == .rule(id, version: 1))
    let why = try await ledger.why(ana, tag, in: ledger.state, by: LedgerFixture.founder)
    #expect(why.chain.map(\.seq) == [event.seq, seq])
    #expect(why.turns.last?.turn.why == .rule(id, version: 1))
    await ledger.close()
  }

  @Test func `a rule that is switched on decides about everybody, and one that changes, again`()
    async throws
  {
    let ledger = try await fixture.open()
    let tag = try await ledger.createTag("Cliente")
    var customers: [CustomerID] = []
    for number in 0..<40 { customers.append(try await ledger.register("C\(number)")) }
    for (number, customer) in customers.enumerated() {
      for order in 0..<number % 4 { try await place("p\(order)", of: customer, in: ledger) }
    }
    let id = try await rule(ledger, tag, "orders >= 2")
    await ledger.waitForRules()
    #expect(ledger.state.members(of: tag).count == 20)
    try await ledger.order(.rule(.revise(id, RuleChanges(filter: "orders >= 3"))), reason: "mais")
    await ledger.waitForRules()
    #expect(ledger.state.members(of: tag).count == 10)
    try await ledger.order(.rule(.disable(id)), reason: "pausa")
    try await place("p9", of: customers[2], in: ledger)
    await ledger.waitForRules()
    #expect(ledger.state.members(of: tag).count == 10)
    await ledger.close()
  }

  @Test func `time alone changes a tag, at its moment`() async throws {
    let clock = try Clock("2026-03-01")
    let ledger = try await fixture.open(now: clock.now)
    let (tag, ana) = (try await ledger.createTag("Risco"), try await ledger.register("Ana"))
    _ = try await rule(ledger, tag, "days_since_order > 90")
    let seq = try await place("p1", of: ana, in: ledger)
    await ledger.waitForRules()
    clock.pass(days: 89)
    try await Task.sleep(for: .milliseconds(600))
    #expect(!ledger.state.members(of: tag).contains(ana))
    clock.pass(days: 5)
    try await until { ledger.state.members(of: tag).contains(ana) }
    let event = try ledger.log.events(seqs: [ledger.log.size])[0]
    let placed = try ledger.log.events(seqs: [seq])[0].at
    let days = Double(try #require(event.occurred).rawValue - placed.rawValue) / 86_400_000_000
    #expect(days >= 90 && days < 90.001)
    #expect(event.cause == nil)
    try await place("p2", of: ana, in: ledger)
    await ledger.waitForRules()
    #expect(!ledger.state.members(of: tag).contains(ana))
    await ledger.close()
  }

  @Test func `after weeks offline everything is caught up with in its order`() async throws {
    let clock = try Clock("2026-02-20")
    var ledger = try await fixture.open(now: clock.now)
    let tag = try await ledger.createTag("Novo")
    let late = try await ledger.createTag("Sumido")
    var customers: [CustomerID] = []
    for number in 0..<12 { customers.append(try await ledger.register("C\(number)")) }
    _ = try await rule(ledger, tag, "first_order_within(10d)")
    _ = try await rule(ledger, late, "days_since_order > 12 and not tag:\"Novo\"")
    for (number, customer) in customers.enumerated() {
      clock.pass(days: 0.3)
      try await place("p\(number)", of: customer, in: ledger)
    }
    await ledger.waitForRules()
    #expect(ledger.state.members(of: tag).count == 12)
    await ledger.close()
    clock.pass(days: 40)
    ledger = try await fixture.open(now: clock.now)
    try await until { ledger.state.members(of: late).count == 12 }
    #expect(ledger.state.members(of: tag).count == 0)
    let events = try ledger.log.events(after: ledger.log.size - 24, limit: 24)
    #expect(events.allSatisfy { $0.actor.via == .rule && $0.occurred != nil })
    #expect(events.compactMap(\.occurred) == events.compactMap(\.occurred).sorted())
    let kept = ledger.log.size
    await ledger.close()
    // Nothing is done twice.
    ledger = try await fixture.open(now: clock.now)
    await ledger.waitForRules()
    #expect(ledger.log.size == kept)
    await ledger.close()
  }

  @Test func `rules that ask about each other's tags settle in their order`() async throws {
    let ledger = try await fixture.open()
    let ana = try await ledger.register("Ana")
    var tags: [TagID] = []
    for name in ["Um", "Dois", "Três"] { tags.append(try await ledger.createTag(name)) }
    // Written the other way round.
    _ = try await rule(ledger, tags[2], "tag:\"Dois\"")
    _ = try await rule(ledger, tags[1], "tag:\"Um\"")
    _ = try await rule(ledger, tags[0], "orders >= 1")
    try await place("p1", of: ana, in: ledger)
    await ledger.waitForRules()
    for tag in tags { #expect(ledger.state.members(of: tag).contains(ana)) }
    await ledger.close()
  }

  @Test func `a late fact is told with the time from which it made the difference`() async throws {
    let clock = try Clock("2026-03-29")
    let ledger = try await fixture.open(now: clock.now)
    let (tag, ana) = (try await ledger.createTag("Cliente"), try await ledger.register("Ana"))
    _ = try await rule(ledger, tag, "orders(last 30d) >= 2")
    await ledger.waitForRules()
    let first = try Timestamp(parsing: "2026-03-10")
    let second = try Timestamp(parsing: "2026-03-20")
    try await place("p2", of: ana, in: ledger, second)
    try await place("p1", of: ana, in: ledger, first)
    await ledger.waitForRules()
    #expect(ledger.state.members(of: tag).contains(ana))
    let event = try ledger.log.events(seqs: [ledger.log.size])[0]
    #expect(event.occurred == second)
    await ledger.close()
  }

  @Test func `a ledger that is replayed, verified or looked at in the past runs no rule`()
    async throws
  {
    let ledger = try await fixture.open()
    let (tag, ana) = (try await ledger.createTag("Cliente"), try await ledger.register("Ana"))
    _ = try await rule(ledger, tag, "orders >= 1")
    try await place("p1", of: ana, in: ledger)
    await ledger.waitForRules()
    let size = ledger.log.size
    let past = try await ledger.state(asOf: .seq(size - 1))
    #expect(!past.members(of: tag).contains(ana))
    #expect(try await ledger.state(asOf: .seq(size)).members(of: tag).contains(ana))
    var rebuilt = State()
    try Replay(log: ledger.log).fold(&rebuilt, through: size)
    #expect(rebuilt.rules == ledger.state.rules)
    #expect(ledger.log.size == size)
    await ledger.close()
  }
}
