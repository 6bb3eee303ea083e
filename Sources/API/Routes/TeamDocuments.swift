import APITypes
import Domain
import Ledger

extension TeamDocument: Writable {}
extension Me: Writable {}
extension Verdict: Writable {}
extension TeamReceipt: Writable {}
extension OperatorDocument: Writable {}
extension RoleDocument: Writable {}

extension OperatorDocument {
  init(_ found: Operator) {
    self.init(
      id: found.id.rawValue, name: found.name, kind: found.kind.rawValue,
      language: found.language, uids: found.uids, subjects: found.subjects,
      archived: found.isArchived, revision: found.revision)
  }
}

extension RoleDocument {
  init(_ role: Role) {
    self.init(
      id: role.id.rawValue, name: role.name, permissions: role.texts, removed: role.isRemoved,
      revision: role.revision)
  }
}

extension GrantDocument {
  init(_ grant: Grant, in team: Team, at time: Timestamp) {
    let holder = team[grant.holder]
    let role = team[grant.role]
    self.init(
      id: grant.id.rawValue, operator: grant.holder.rawValue, operatorName: holder?.name ?? "",
      role: grant.role.rawValue, roleName: role?.name ?? "", categories: grant.categories,
      until: grant.until?.text,
      active: grant.holds(at: time) && role?.isRemoved == false && holder?.isArchived == false)
  }
}

extension TokenDocument {
  /// - Parameter used: when it was last used, as exactly as is known.
  init(_ token: Token, in team: Team, used: Timestamp?) {
    self.init(
      id: token.id.rawValue, operator: token.holder.rawValue,
      operatorName: team[token.holder]?.name ?? "", name: token.name, issued: token.issued.text,
      expires: token.expires?.text, uid: token.uid, lastUsed: used?.text,
      revoked: token.isRevoked)
  }
}

extension TeamDocument {
  /// The team as a state has it.
  ///
  /// - Parameters:
  ///   - time: the moment at which grants hold or have ended.
  ///   - used: when a token was last used; the state itself knows the day.
  init(_ state: State, at time: Timestamp, used: (Token) -> Timestamp? = \.used) {
    let team = state.team
    self.init(
      operators: team.operators.map(OperatorDocument.init),
      roles: team.roles.map(RoleDocument.init),
      grants: team.grants.map { GrantDocument($0, in: team, at: time) },
      tokens: team.tokens.map { TokenDocument($0, in: team, used: used($0)) },
      position: state.position)
  }
}
