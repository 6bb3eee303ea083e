import TestSupport
import Testing

@testable import Domain

/// What holds for any history of the team.
@Suite struct TeamLawTests {
  @Test(arguments: UInt64(0)..<150)
  func `permission as decided is permission as replayed, and an owner always remains`(
    seed: UInt64
  ) throws {
    var chance = Chance(seed: seed)
    var team = try PaperTeam()
    for number in 1...3 { _ = try team.add("Op \(number)", uid: 2000 + UInt32(number)) }
    var decided: [(time: Timestamp, seen: [Powers])] = []
    for _ in 1...60 {
      let before = team.state
      do throws(Problem) {
        try team.take(
          .team(Self.command(&chance, team.state.team, at: team.now)), by: Self.caller(&chance))
      } catch {
        #expect(team.state == before)
      }
      #expect(team.state.team.hasOwner)
      decided.append((team.now, Self.powers(team.state, at: team.now)))
    }
    var replayed = State()
    var position = 0
    for (time, seen) in decided {
      while position < team.events.count, team.events[position].1 < time {
        let (event, at) = team.events[position]
        let data = try event.data.map { try JSON(parsing: $0.canonical) }
        #expect(replayed.fits(event.type, tag: nil, customer: nil, data: data))
        replayed.evolve(
          event.type, tag: nil, customer: nil, at: at, occurred: nil, data: data, lookups: nil)
        position += 1
      }
      #expect(Self.powers(replayed, at: time) == seen)
    }
    #expect(replayed.firstDifference(to: team.state) == nil && replayed == team.state)
  }

  private static func powers(_ state: State, at time: Timestamp) -> [Powers] {
    state.team.operators.map { state.team.powers(of: $0.id, at: time) }
  }

  private static func caller(_ chance: inout Chance) -> Caller {
    switch chance.number(below: 6) {
    case 0: .local(uid: 2001)
    case 1: .token(PaperTeam.digest(chance.number(below: 4)), uid: 9)
    case 2: .system
    default: .local(uid: 1000)
    }
  }

  /// Some command on a team; many are refused.
  static func command(
    _ chance: inout Chance, _ found: Team, at now: Timestamp
  ) -> TeamCommand {
    func id(_ chance: inout Chance, _ count: Int) -> Int32 {
      Int32(chance.number(below: count + 1) + 1)
    }
    let holder = OperatorID(id(&chance, found.operators.count))
    let role = RoleID(id(&chance, found.roles.count))
    let texts = [["tags:apply", "tags:read"], ["*"], ["tags:*", "team:manage"], ["team:manage"]]
    let text = texts[chance.number(below: 4)]
    let end = Timestamp(microseconds: now.rawValue + 5_000_000)
    switch chance.number(below: 11) {
    case 0: return .archiveOperator(holder)
    case 1: return .restoreOperator(holder)
    case 2: return .addIdentity(.subject("s\(chance.number(below: 5))"), holder)
    case 3: return .removeIdentity(.uid(2000 + UInt32(chance.number(below: 4))), holder)
    case 4:
      return .issueToken(
        TokenDraft(
          holder: holder, digest: PaperTeam.digest(found.tokens.count), name: "t",
          expires: chance.happens(1, of: 2) ? end : nil))
    case 5: return .revokeToken(TokenID(id(&chance, found.tokens.count)))
    case 6: return .defineRole(RoleDraft(name: "r\(chance.number(below: 9))", texts: text))
    case 7: return .reviseRole(role, name: nil, texts: text, revision: nil)
    case 8: return chance.happens(1, of: 4) ? .removeRole(role) : .noteUse(TokenID(1))
    case 9: return .revokeGrant(GrantID(id(&chance, found.grants.count)))
    default:
      return .grantRole(
        GrantDraft(
          role, to: holder, categories: chance.happens(1, of: 3) ? ["Status"] : nil,
          until: chance.happens(1, of: 3) ? end : nil))
    }
  }
}

extension Chance {
  fileprivate mutating func number(below count: Int) -> Int {
    number(0...count - 1)
  }
}
