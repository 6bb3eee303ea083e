import Testing

@testable import Domain

/// Ways to come by more than one was given, each of them tried.
@Suite struct EscalationTests {
  private let owner = Caller.local(uid: 1000)
  private let maria = Caller.local(uid: 1001)

  /// Maria manages the team and applies tags, and nothing else.
  private func team() throws -> (PaperTeam, OperatorID) {
    var team = try PaperTeam()
    let maria = try team.add("Maria", uid: 1001)
    try team.take(
      .defineRole(RoleDraft(name: "people", texts: ["team:manage", "team:read", "tags:apply"])))
    try team.grant("people", to: maria)
    return (team, maria)
  }

  @Test func `nobody grants themselves or others what they do not hold`() throws {
    var (team, id) = try team()
    let other = try team.add("Rui", uid: 1002)
    for holder in [id, other] {
      for role in ["owner", "manager", "agent"] {
        #expect(throws: Problem.self) { try team.grant(role, to: holder, by: maria) }
      }
      #expect(throws: Problem.teamBeyondOwn(["tags:remove"])) {
        try team.take(
          .defineRole(RoleDraft(name: "x", texts: ["tags:apply", "tags:remove"])), by: maria)
      }
    }
    try team.grant("people", to: other, by: maria)
  }

  @Test func `a role one holds is not widened, and a wildcard needs a wildcard`() throws {
    var (team, _) = try team()
    #expect(throws: Problem.teamBeyondOwn(["tags:merge"])) {
      try team.take(
        .reviseRole(
          team.role("people"), name: nil,
          texts: ["team:manage", "team:read", "tags:apply", "tags:merge"], revision: nil),
        by: maria)
    }
    try team.take(
      .defineRole(RoleDraft(name: "all", texts: Permission.allCases.map(\.rawValue))))
    try team.grant("all", to: team.state.team.operator(named: "Maria")!.id)
    for wildcard in ["*", "tags:*"] {
      #expect(throws: Problem.self) {
        try team.take(.defineRole(RoleDraft(name: "w", texts: [wildcard])), by: maria)
      }
    }
    try team.take(.defineRole(RoleDraft(name: "w", texts: ["tags:merge"])), by: maria)
  }

  @Test func `what is held for a category or for a time is not handed out`() throws {
    var (team, id) = try team()
    try team.grant("agent", to: id, ["Status"])
    let until = Timestamp(microseconds: team.now.rawValue + 3_600_000_000)
    try team.grant("auditor", to: id, until: until)
    let rui = try team.add("Rui", uid: 1002)
    #expect(throws: Problem.self) { try team.grant("agent", to: rui, ["Status"], by: maria) }
    #expect(throws: Problem.self) { try team.grant("auditor", to: rui, until: until, by: maria) }
  }

  @Test func `nobody becomes somebody who holds more, by uid, by token or by restoring them`()
    throws
  {
    var (team, id) = try team()
    let boss = OperatorID(1)
    #expect(throws: Problem.self) {
      try team.take(.addIdentity(.subject("maria"), boss), by: maria)
    }
    #expect(throws: Problem.self) {
      try team.take(
        .issueToken(TokenDraft(holder: boss, digest: PaperTeam.digest(1), name: "t")), by: maria)
    }
    let rui = try team.add("Rui", uid: 1002)
    try team.grant("manager", to: rui)
    try team.take(.archiveOperator(rui))
    #expect(throws: Problem.self) { try team.take(.restoreOperator(rui), by: maria) }
    // Their own is not beyond their own.
    try team.take(
      .issueToken(TokenDraft(holder: id, digest: PaperTeam.digest(2), name: "t")), by: maria)
  }

  @Test func `the last owner stays, whoever asks and however`() throws {
    var team = try PaperTeam()
    for command in [
      TeamCommand.archiveOperator(OperatorID(1)), .removeIdentity(.uid(1000), OperatorID(1)),
      .revokeGrant(GrantID(1)),
    ] {
      #expect(throws: Problem.teamLastOwner) { try team.take(command) }
      #expect(throws: Problem.teamLastOwner) { try team.take(command, by: .system) }
    }
    for command in [
      TeamCommand.removeRole(.owner),
      .reviseRole(.owner, name: "x", texts: ["tags:read"], revision: nil),
    ] {
      #expect(throws: Problem.roleFixed(.owner)) { try team.take(command) }
    }
    let maria = try team.add("Maria", uid: 1001)
    try team.grant("owner", to: maria, ["Status"])
    #expect(throws: Problem.teamLastOwner) { try team.take(.archiveOperator(OperatorID(1))) }
    try team.grant("owner", to: maria)
    try team.take(.archiveOperator(OperatorID(1)))
    #expect(throws: Problem.callerUnknown(ask: ["Maria"])) {
      try team.take(.restoreOperator(OperatorID(1)))
    }
  }

  @Test func `an owner limited to a category manages nobody and opens nothing else`() throws {
    var team = try PaperTeam()
    let maria = try team.add("Maria", uid: 1001)
    try team.grant("owner", to: maria, ["Status"])
    let powers = team.state.team.powers(of: maria, at: team.now)
    for permission in Permission.allCases {
      #expect(
        powers.cover(permission, category: NameKey("Status"))
          == (permission.isReading || permission.isOfCategory), "\(permission)")
      #expect(powers.cover(permission, category: NameKey("VIP")) == permission.isReading)
      #expect(powers.cover(permission, category: nil) == permission.isReading)
    }
    #expect(throws: Problem.self) { try team.grant("agent", to: maria, by: self.maria) }
  }

  @Test func `a token opens nothing once it is over, elsewhere, or over another operator's socket`()
    throws
  {
    var (team, id) = try team()
    _ = try team.add("Rui", uid: 1002)
    let now = team.now
    let end = Timestamp(microseconds: now.rawValue + 60_000_000)
    try team.take(
      .issueToken(TokenDraft(holder: id, digest: PaperTeam.digest(1), name: "a", expires: end)))
    try team.take(
      .issueToken(TokenDraft(holder: id, digest: PaperTeam.digest(2), name: "b", uid: 33)))
    func fault(_ number: Int, uid: UInt32, at time: Timestamp? = nil) -> CredentialFault? {
      do throws(Problem) {
        _ = try team.state.identify(
          .token(PaperTeam.digest(number), uid: uid), at: time ?? team.now)
        return nil
      } catch {
        guard case .credentialRefused(let fault) = error else { return .malformed }
        return fault
      }
    }
    #expect(fault(1, uid: 1001) == nil)
    #expect(fault(1, uid: 0) == nil)
    #expect(fault(1, uid: Caller.nobodyUID) == nil)
    #expect(fault(1, uid: 1002) == .otherOperator)
    #expect(fault(1, uid: 1001, at: end) == .expired)
    #expect(fault(2, uid: 33) == nil)
    #expect(fault(2, uid: 0) == .otherUser)
    #expect(fault(3, uid: 33) == .unknown)
    try team.take(.revokeToken(TokenID(2)))
    #expect(fault(2, uid: 33) == .revoked)
    try team.take(.archiveOperator(id))
    #expect(fault(1, uid: 7) == .archived)
  }

  @Test func `a token that ends leaves nothing behind that does not`() throws {
    var team = try PaperTeam()
    let end = Timestamp(microseconds: team.now.rawValue + 3_600_000_000)
    let later = Timestamp(microseconds: end.rawValue + 1)
    let token = Caller.token(PaperTeam.digest(1), uid: 7)
    try team.take(
      .issueToken(
        TokenDraft(holder: OperatorID(1), digest: PaperTeam.digest(1), name: "a", expires: end)))
    for expires in [nil, later] {
      #expect(throws: Problem.tokenOutlasts(end)) {
        try team.take(
          .issueToken(
            TokenDraft(
              holder: OperatorID(1), digest: PaperTeam.digest(2), name: "b", expires: expires)),
          by: token)
      }
    }
    #expect(throws: Problem.tokenOutlasts(end)) {
      try team.take(.addIdentity(.uid(4), OperatorID(1)), by: token)
    }
    try team.take(
      .issueToken(
        TokenDraft(holder: OperatorID(1), digest: PaperTeam.digest(2), name: "b", expires: end)),
      by: token)
  }

  @Test func `nobody's uid and an unknown permission are never taken in`() throws {
    var team = try PaperTeam()
    #expect(throws: Problem.self) {
      try team.take(
        .registerOperator(OperatorDraft(name: "X", identities: [.uid(Caller.nobodyUID)])))
    }
    #expect(throws: Problem.permissionUnknown("tags:levitate")) {
      try team.take(.defineRole(RoleDraft(name: "x", texts: ["tags:levitate"])))
    }
    #expect(throws: Problem.callerUnknown(ask: ["Ana"])) {
      try team.state.identify(.local(uid: Caller.nobodyUID), at: team.now)
    }
    // One that stands in the log, from a later version, is kept and gives nothing.
    let role = Role(id: RoleID(9), name: "later", texts: ["tags:levitate", "tags:read"])
    #expect(role.permissions == PermissionSet(.tagsRead) && role.texts.count == 2)
  }
}
