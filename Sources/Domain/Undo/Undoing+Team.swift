/// Something of the team that a command has changed.
package enum TeamSubject: Hashable, Sendable {
  case `operator`(OperatorID)
  case identity(Identity, OperatorID)
  case role(RoleID)
  case grant(GrantID)
  case token(TokenID)
}

extension TeamChange {
  /// What it touches; nil where that is nothing that could be set back.
  var subject: TeamSubject? {
    switch self {
    case .founded, .tokenUsed: nil
    case .operatorRegistered(let id, _, _, _), .operatorRevised(let id, _, _),
      .operatorArchived(let id), .operatorRestored(let id):
      .operator(id)
    case .identityAdded(let identity, let id), .identityRemoved(let identity, let id):
      .identity(identity, id)
    case .tokenIssued(let id, _), .tokenRevoked(let id, _): .token(id)
    case .roleDefined(let id, _), .roleRevised(let id, _, _), .roleRemoved(let id, _): .role(id)
    case .roleGranted(let id, _), .grantRevoked(let id, _, _): .grant(id)
    }
  }
}

extension Undoing {
  /// Sets the team back, the last change first.
  ///
  /// Numbers are never used again: a role that was removed and a grant that was revoked come back
  /// under new ones, an operator who was registered is archived, and a token that was revoked stays
  /// so. Whether the undoer may hand out what comes back is for the authoriser to say.
  mutating func undoTeam() throws(Problem) {
    var roles: [RoleID: RoleID] = [:]
    // Roles first, since grants of them come back.
    let changes = undo.team.reversed()
    for case .roleRemoved(let id, _) in changes { try redefine(id, &roles) }
    for change in changes {
      if case .roleRemoved = change { continue }
      guard let subject = change.subject else { continue }
      if let touch = undo.touched[.team(subject)] {
        leave(.team(subject), .changed(touch))
      } else if let inverse = inverse(of: change, roles) {
        try record(inverse.event())
      } else {
        leave(.team(subject), .changed(nil))
      }
    }
  }

  private mutating func redefine(_ id: RoleID, _ roles: inout [RoleID: RoleID]) throws(Problem) {
    guard let role = before.team[id], state.team.role(named: role.name) == nil else {
      return leave(.team(.role(id)), .changed(undo.touched[.team(.role(id))]))
    }
    let new = RoleID(Int32(state.team.roles.count + 1))
    roles[id] = new
    try record(TeamChange.roleDefined(new, RoleDraft(name: role.name, texts: role.texts)).event())
    // Who held it by a grant that has not been revoked since holds it again.
    for grant in state.team.grants where grant.role == id && grant.holds(at: at) {
      let draft = GrantDraft(
        new, to: grant.holder, categories: grant.categories, until: grant.until)
      try record(
        TeamChange.roleGranted(GrantID(Int32(state.team.grants.count + 1)), draft).event())
    }
  }

  /// What takes a change back; nil where that is not possible, or it is so already.
  private func inverse(of change: TeamChange, _ roles: [RoleID: RoleID]) -> TeamChange? {
    let team = state.team
    switch change {
    case .founded, .tokenUsed, .roleRemoved, .tokenRevoked: return nil
    case .operatorRegistered(let id, _, _, _), .operatorRestored(let id):
      return team[id]?.isArchived == false ? .operatorArchived(id) : nil
    case .operatorArchived(let id):
      return team[id]?.isArchived == true ? .operatorRestored(id) : nil
    case .operatorRevised(let id, let name, let language):
      if let name, team.operator(named: name.from).map({ $0.id != id }) ?? false { return nil }
      return .operatorRevised(id, name: name?.back, language: language?.back)
    case .identityAdded(let identity, let id):
      return team.holder(of: identity) == id ? .identityRemoved(identity, id) : nil
    case .identityRemoved(let identity, let id):
      return team.holder(of: identity) == nil ? .identityAdded(identity, id) : nil
    case .tokenIssued(let id, let draft):
      return team[id]?.isRevoked == false ? .tokenRevoked(id, draft.holder) : nil
    case .roleDefined(let id, let draft):
      return team[id]?.isRemoved == false ? .roleRemoved(id, name: draft.name) : nil
    case .roleRevised(let id, let name, let texts):
      if let name, team.role(named: name.from).map({ $0.id != id }) ?? false { return nil }
      return .roleRevised(id, name: name?.back, texts: texts?.back)
    case .roleGranted(let id, let draft):
      return team[id]?.isRevoked == false ? .grantRevoked(id, draft.holder, draft.role) : nil
    case .grantRevoked(let id, let holder, let role):
      guard let grant = team[id], grant.until.map({ at < $0 }) ?? true,
        team[roles[role] ?? role]?.isRemoved == false
      else { return nil }
      return .roleGranted(
        GrantID(Int32(team.grants.count + 1)),
        GrantDraft(
          roles[role] ?? role, to: holder, categories: grant.categories, until: grant.until))
    }
  }
}

extension TeamChange.Change {
  fileprivate var back: Self { Self(from: to, to: from) }
}

extension Team {
  fileprivate func holder(of identity: Identity) -> OperatorID? {
    switch identity {
    case .uid(let uid): holder(ofUID: uid)
    case .subject(let subject): holder(ofSubject: subject)
    }
  }
}
