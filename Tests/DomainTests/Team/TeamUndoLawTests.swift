import TestSupport
import Testing

@testable import Domain

/// What holds of undoing changes of the team, after any history of them.
@Suite struct TeamUndoLawTests {
  @Test(arguments: UInt64(0)..<150)
  func `undoing the last change gives the team as it was before, and undoing that as it was after`(
    seed: UInt64
  ) throws {
    var chance = Chance(seed: seed)
    var ledger = try Self.founded()
    var undone = 0
    for _ in 1...80 {
      let before = ledger.state
      let command = TeamLawTests.command(&chance, before.team, at: ledger.now)
      guard let decision = try? ledger.take(.team(command)), !decision.events.isEmpty else {
        continue
      }
      let after = ledger.state
      var trial = ledger
      // Undoing is refused where nobody would be left who may do everything.
      guard let first = try? trial.undoLast(since: before) else {
        #expect(trial.state == after)
        continue
      }
      #expect(trial.state.team.hasOwner)
      #expect(try trial.replayed() == trial.state)
      // A revoked token stays so, and a grant that has ended by itself does not come back.
      guard first.left.isEmpty else {
        #expect(first.left.allSatisfy { $0.why == .changed(nil) }, "\(command): \(first.left)")
        continue
      }
      guard !first.events.isEmpty else { continue }
      undone += 1
      #expect(
        trial.sight(of: before.team) == trial.sight(before.team, of: before.team, at: trial.now),
        "\(command)")
      let middle = trial.state
      guard let second = try? trial.undoLast(since: after), second.left.isEmpty else {
        #expect(trial.state == middle || trial.state.team.hasOwner)
        continue
      }
      #expect(
        trial.sight(of: after.team) == trial.sight(after.team, of: after.team, at: trial.now),
        "\(command)")
    }
    #expect(undone > 5)
  }

  @Test(arguments: UInt64(0)..<100)
  func `what others have changed since is left alone and told`(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    var ledger = try Self.founded()
    var taken: [ClosedRange<Int64>] = []
    for _ in 1...60 {
      let first = ledger.state.position + 1
      let command = TeamLawTests.command(&chance, ledger.state.team, at: ledger.now)
      guard let decision = try? ledger.take(.team(command)), !decision.events.isEmpty else {
        continue
      }
      taken.append(first...ledger.state.position)
    }
    for _ in 1...8 {
      guard let seqs = taken.isEmpty ? nil : chance.pick(taken) else { return }
      let undo = try ledger.undo(of: seqs)
      guard let decision = try? ledger.take(.undo(undo)) else { continue }
      #expect(ledger.state.team.hasOwner)
      #expect(try ledger.replayed() == ledger.state)
      let left = Set(decision.left.map(\.subject))
      for subject in undo.team.compactMap(\.subject) where undo.touched[.team(subject)] != nil {
        #expect(left.contains(.team(subject)))
      }
      for event in decision.events {
        // A role that comes back is a new one, and so are its grants.
        guard let subject = TeamChange(event.type, event.data)?.subject else { continue }
        #expect(undo.touched[.team(subject)] == nil)
      }
    }
  }

  private static func founded() throws -> Shop {
    var ledger = Shop()
    try ledger.take(.team(.found(Founding(name: "Ana", uid: 1000))))
    for number in 1...3 {
      try ledger.take(
        .team(
          .registerOperator(
            OperatorDraft(name: "Op \(number)", identities: [.uid(2000 + UInt32(number))]))))
    }
    return ledger
  }
}

extension Shop {
  /// Undoes the command whose events follow those of a state.
  fileprivate mutating func undoLast(since before: State) throws -> Decision {
    try take(.undo(undo(of: before.position + 1...state.position)))
  }

  /// What there is of the team now, as far as `other` knew of it.
  fileprivate func sight(of other: Team) -> [String] {
    sight(state.team, of: other, at: now)
  }

  /// A team without its numbers of roles and grants, without revisions: what it comes to at a moment.
  fileprivate func sight(_ team: Team, of other: Team, at time: Timestamp) -> [String] {
    var lines: [String] = []
    for known in other.operators {
      guard let found = team[known.id] else { continue }
      lines.append(
        "\(found.name) \(found.language) \(found.isArchived) \(found.uids.sorted()) "
          + "\(found.subjects.sorted())")
      for grant in team.grants where grant.holder == found.id && grant.holds(at: time) {
        guard let role = team[grant.role], !role.isRemoved else { continue }
        lines.append(
          "\(found.name) is \(role.name) in \(grant.categories ?? ["all"]) until "
            + "\(grant.until?.text ?? "-")")
      }
    }
    for role in team.roles where !role.isRemoved { lines.append("\(role.name) \(role.texts)") }
    for token in other.tokens { lines.append("token \(token.id) \(team[token.id]!.isRevoked)") }
    return lines.sorted()
  }
}
