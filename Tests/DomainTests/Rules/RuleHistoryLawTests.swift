import TestSupport
import Testing

@testable import Domain

/// What holds of rules in any history of commands, tags merged and customers united under them.
struct RuleHistoryLawTests {
  @Test(arguments: UInt64(0)..<120)
  func `after any history with rules the events give the state again, and settling comes to an end`(
    seed: UInt64
  ) throws {
    var chance = Chance(seed: seed &+ 77)
    var commands = RandomCommands(seed: seed)
    var ledger = Shop()
    for _ in 1...90 {
      guard chance.happens(2, of: 5) else {
        _ = try? ledger.take(commands.next(for: ledger.state))
        continue
      }
      let command = Self.next(&chance, for: ledger.state)
      guard case .rule(.settle(let id, _, let settlings)) = command else {
        _ = try? ledger.take(command, reason: "lei")
        continue
      }
      // The engine asks for no rule that turns in a circle.
      guard let rule = ledger.state.rules[id], ledger.state.ruleOrder.cycles[id] == nil else {
        continue
      }
      func settle() throws -> [Event] {
        let now = settlings.map { Settling($0.customer, at: ledger.now) }
        return try ledger.take(
          .rule(.settle(id, version: rule.version, now)), by: .rule(id, version: rule.version)
        ).events
      }
      _ = try settle()
      // A tag of its set that it asked about may have left for its own.
      _ = try settle()
      #expect(try settle() == [])
    }
    #expect(ledger.state.faults == [])
    #expect(try ledger.replayed().firstDifference(to: ledger.state) == nil)
    #expect(try ledger.replayed() == ledger.state)
    #expect(try ledger.gathered().firstDifference(to: ledger.state) == nil)
    #expect(try ledger.gathered() == ledger.state)
  }

  @Test(arguments: UInt64(0)..<80)
  func `a change of rules is undone to what it was before, and undone again`(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    var commands = RandomCommands(seed: seed)
    var ledger = Shop()
    for step in 1...40 {
      if step % 2 == 0 { _ = try? ledger.take(commands.next(for: ledger.state)) }
      let before = ledger.state
      let command = Self.next(&chance, for: before)
      if case .rule(.remove) = command { continue }
      if case .rule(.settle) = command { continue }
      guard let decision = try? ledger.take(command, reason: "lei"), !decision.events.isEmpty
      else { continue }
      var trial = ledger
      try trial.take(.undo(trial.undo(of: (before.position + 1)...ledger.state.position)))
      for rule in before.rules.present {
        #expect(trial.state.rules[rule.id]?.definition == rule.definition, "\(command)")
        #expect(trial.state.rules[rule.id]?.isEnabled == rule.isEnabled, "\(command)")
      }
      #expect(trial.state.rules.present.count == before.rules.present.count)
      #expect(try trial.replayed() == trial.state)
    }
  }

  /// Filters that need no facts: tags, sources and chance are enough to say yes and no.
  private static func next(_ chance: inout Chance, for state: State) -> Command {
    func tag() -> TagID { TagID(Int32(chance.number(1...max(1, state.tags.count)))) }
    func rule() -> RuleID { RuleID(Int32(chance.number(1...max(1, state.rules.all.count)))) }
    func filter() -> String {
      chance.pick([
        "tag:#\(tag().rawValue)", "not tag:#\(tag().rawValue)", "random(50%, seed: 3)",
        "source = \"Loja\"", "tag:\"Status-*\" or random(30%, seed: 1)", "everyone",
      ])
    }
    func otherwise() -> Rule.Otherwise { chance.pick([.remove, .remove, .keep, .move(tag())]) }
    switch chance.number(0...9) {
    case 0..<2:
      return .rule(
        .create(
          RuleDraft(
            name: "r\(chance.number(1...9))", tag: tag(), filter: filter(),
            otherwise: otherwise(), isEnabled: chance.happens(2, of: 3))))
    case 2:
      return .rule(
        .revise(
          rule(), RuleChanges(tag: chance.happens(1, of: 3) ? tag() : nil, filter: filter())))
    case 3: return .rule(.enable(rule()))
    case 4: return .rule(chance.happens(1, of: 4) ? .remove(rule()) : .disable(rule()))
    default:
      let id = rule()
      let now = Timestamp(microseconds: 1_795_309_323_000_000)
      let all = (1...max(1, state.lastCustomer)).map { Settling(CustomerID($0), at: now) }
      return .rule(.settle(id, version: state.rules[id]?.version ?? 1, all))
    }
  }
}
