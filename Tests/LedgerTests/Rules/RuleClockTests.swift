import Domain
import EventLog
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Ledger

/// Rules on a machine whose clock is set while they run: back by days, forward by weeks.
struct RuleClockTests {
  @Test(arguments: UInt64(0)..<6)
  func `a clock that is stepped back and forward makes no rule miss a moment or act twice`(
    seed: UInt64
  ) async throws {
    var world = try await SteppedWorld(seed: seed)
    for _ in 0..<80 { try await world.step() }
    try await world.end()
  }
}

/// A ledger with rules and a clock set by hand, and beside it what the rules should have done, found out
/// by asking the filters at every moment at which anything may change.
private struct SteppedWorld {
  private final class Clock: Sendable {
    private let value: Mutex<Int64>

    init(_ time: Timestamp) { value = Mutex(time.rawValue) }

    func now() -> Timestamp { Timestamp(microseconds: value.withLock { $0 }) }
    func set(_ time: Int64) { value.withLock { $0 = time } }
  }

  /// A tag that came or went.
  private struct Transition: Hashable, CustomStringConvertible {
    let tag: TagID
    let customer: CustomerID
    let isGain: Bool
    /// The moment that time brought; nil where a fact did.
    let moment: Timestamp?

    var description: String {
      "tag \(tag.rawValue) of \(customer.rawValue) \(isGain ? "+" : "−") \(moment?.text ?? "")"
    }
  }

  private static let hour: Int64 = 3_600_000_000
  private static let filters = [
    "orders(last 3d) >= 2", "days_since_order > 2", "unpaid_for > 5h", "first_order_within(4d)",
    "messages_from(last 36h) >= 1",
  ]
  /// The lengths of time that the filters name.
  private static let lengths: [Int64] = [72, 48, 5, 96, 36].map { $0 * hour }

  private var chance: Chance
  private let fixture: LedgerFixture
  private let clock: Clock
  private var ledger: Ledger
  private var tags: [TagID] = []
  private var customers: [CustomerID] = []
  private var orders = 0
  /// The latest moment that the rules have seen; they are never led back behind it.
  private var horizon: Timestamp
  /// Whom the model has given each tag.
  private var held: Set<Membership> = []
  private var expected: [Transition] = []
  /// The times of all facts.
  private var times: Set<Int64> = []

  init(seed: UInt64) async throws {
    chance = Chance(seed: seed)
    fixture = try LedgerFixture()
    // A day before the clocks change in Europe, or before a 29 February.
    horizon = try Timestamp(
      parsing: chance.happens(1, of: 2) ? "2028-02-26T09:11:13" : "2026-10-24T09:11:13")
    clock = Clock(horizon)
    ledger = try await fixture.open(now: clock.now)
    for name in ["Um", "Dois", "Três", "Quatro", "Cinco"] {
      tags.append(try await ledger.createTag(name))
    }
    for name in ["Ana", "Rui", "Zé", "Bia"] { customers.append(try await ledger.register(name)) }
    for (tag, filter) in zip(tags, Self.filters) {
      let draft = RuleDraft(
        name: "regra \(tag.rawValue)", tag: tag, filter: filter, otherwise: .remove,
        isEnabled: true)
      try await ledger.order(.rule(.create(draft)), reason: "relógio")
    }
    await ledger.waitForRules()
    horizon = ledger.moment
  }

  // MARK: Steps

  mutating func step() async throws {
    switch chance.number(0...9) {
    case 0...3: try await fact()
    // The clock goes on, as it does; or somebody puts it right after it was set back.
    case 4: try await set(to: clock.now().rawValue + span(hours: 1...30))
    case 5: try await set(to: horizon.rawValue + span(hours: 1...60))
    // It is far ahead, as after a dead battery.
    case 6: try await set(to: horizon.rawValue + span(hours: 48...300))
    // It is put back: by minutes, or by more than a rule's whole span.
    case 7: try await set(to: clock.now().rawValue - span(hours: 0...2))
    case 8: try await set(to: clock.now().rawValue - span(hours: 24...200))
    default: try await restart()
    }
    await compare()
  }

  /// Never whole hours, so that no two moments meet by accident.
  private mutating func span(hours: ClosedRange<Int>) -> Int64 {
    Int64(chance.number(hours)) * Self.hour + Int64(chance.number(61...3540)) * 1_000_003
  }

  private mutating func fact() async throws {
    orders += 1
    let customer = chance.pick(customers)
    let facts: [Fact] = [
      .orderPlaced(order: "p\(orders)", amount: 100, lines: []),
      .orderPlaced(order: "p\(orders)", amount: 100, lines: []),
      .orderPaid(order: "p\(chance.number(1...orders))"),
      .orderCancelled(order: "p\(chance.number(1...orders))"), .messageReceived(id: "m\(orders)"),
    ]
    let isLate = chance.happens(1, of: 4)
    let occurred = isLate ? horizon.rawValue - span(hours: 1...90) : nil
    let draft = FactDraft(
      chance.pick(facts), of: .id(customer), occurred: occurred.map(Timestamp.init(microseconds:)))
    let receipt = try await ledger.order(.recordFacts([draft], FactPolicy()))
    await ledger.waitForRules()
    guard let seq = receipt.seqs?.lowerBound else { return }
    let event = try ledger.log.events(seqs: [seq])[0]
    times.insert((event.occurred ?? event.at).rawValue)
    // What the rules did since has its own numbers and moments, but changes no fact.
    horizon = max(horizon, event.at)
    look(at: horizon, byTime: false)
  }

  /// Sets the clock, and gives the engine something to wake up by; what it then sees is the new time,
  /// or the old one where that was later.
  private mutating func set(to time: Int64) async throws {
    clock.set(time)
    try await wake()
  }

  private mutating func restart() async throws {
    await ledger.close()
    ledger = try await fixture.open(now: clock.now)
    try await wake()
  }

  private mutating func wake() async throws {
    orders += 1
    let spend = Fact.spendRecorded(id: "s\(orders)", channel: "Loja", amount: 1)
    let receipt = try await ledger.order(.recordFacts([FactDraft(spend, of: nil)], FactPolicy()))
    await ledger.waitForRules()
    let event = try ledger.log.events(seqs: [receipt.seqs!.lowerBound])[0]
    let end = max(horizon, event.at)
    var moments: Set<Int64> = []
    for time in times {
      for length in Self.lengths {
        for more: Int64 in [0, 1] { moments.insert(time + length + more) }
      }
    }
    for moment in moments.sorted() where moment > horizon.rawValue && moment <= end.rawValue {
      look(at: Timestamp(microseconds: moment), byTime: true)
    }
    horizon = end
  }

  // MARK: What should be

  /// Asks every filter of every customer, and notes what comes and goes.
  private mutating func look(at moment: Timestamp, byTime: Bool) {
    let state = ledger.state
    for (tag, rule) in zip(tags, state.rules.all) {
      for customer in customers {
        let pair = Membership(tag: tag, customer: customer)
        let holds = rule.filter!.matches(customer, in: state, at: moment)
        guard holds != held.contains(pair) else { continue }
        if holds { held.insert(pair) } else { held.remove(pair) }
        expected.append(
          Transition(
            tag: tag, customer: customer, isGain: holds, moment: byTime ? moment : nil))
      }
    }
  }

  private func compare() async {
    for tag in tags {
      let members = Array(ledger.state.members(of: tag))
      let model = customers.filter { held.contains(Membership(tag: tag, customer: $0)) }
      #expect(members == model, "tag \(tag.rawValue) at \(horizon.text)")
    }
  }

  /// Everything that the rules have ever done is what they should have done, each once and in its order.
  mutating func end() async throws {
    // Time catches up with whatever was set back.
    try await set(to: horizon.rawValue + 400 * Self.hour + 777)
    await compare()
    let log = try ledger.log.events(after: 0, limit: Int(ledger.log.size))
    let done = log.filter { $0.actor.via == .rule }
    #expect(log.map(\.at) == log.map(\.at).sorted())
    for tag in tags {
      for customer in customers {
        let events = done.filter { $0.tag == tag && $0.customer == customer }
        let wanted = expected.filter { $0.tag == tag && $0.customer == customer }
        #expect(
          events.map { $0.type == .tagApplied } == wanted.map(\.isGain),
          "tag \(tag.rawValue) of \(customer.rawValue): \(wanted)")
        for (event, transition) in zip(events, wanted) {
          guard let moment = transition.moment else { continue }
          #expect(event.occurred == moment && event.cause == nil, "\(transition)")
        }
      }
    }
    #expect(done.count == expected.count && done.count > 20, "\(expected)")
    try await ledger.verifies()
    await ledger.close()
  }
}
