package import Domain
import EventLog
import Synchronization

/// What somebody has to be allowed before they are let in.
package enum Need: Hashable, Sendable {
  /// To be one of the team.
  case membership
  /// To hold a permission for at least some tags.
  case permission(Permission)
}

/// Who has been let in, and the state in which that was found out: what they read is read from it.
package struct Admission: Sendable {
  package let actor: Actor
  let powers: Powers
  let at: Timestamp
  let snapshot: Snapshot
  let authority: Authority

  package var state: State { snapshot.state }

  /// Asks of them, besides, a permission for at least some tags.
  package func require(_ permission: Permission) throws(Problem) {
    if powers.reach(permission) { return }
    // Refuses, and says who could give it.
    try authority.counting { () throws(Problem) in
      try state.authorise(powers, permission, for: .some, at: at)
    }
  }
}

extension Ledger {
  /// Says who a caller is and whether they may, in the state as it is now.
  ///
  /// - Throws: `callerUnknown`, `credentialRefused`, `assertionRefused`, `permissionMissing`.
  package func admit(_ caller: Caller, _ need: Need) throws(Problem) -> Admission {
    let snapshot = snapshot
    let time = moment
    let standing = try authority.counting { () throws(Problem) in
      try self.standing(of: caller, in: snapshot, at: time)
    }
    let admission = Admission(
      actor: standing.actor, powers: standing.powers, at: time, snapshot: snapshot,
      authority: authority)
    if case .permission(let permission) = need { try admission.require(permission) }
    if standing.actor.via == .token,
      let token = authority.noteUse(of: standing.actor, in: snapshot.state, at: time)
    {
      recordUse(of: token)
    }
    return admission
  }

  /// Found out once for all requests until the team changes: it is asked with each of them.
  private func standing(
    of caller: Caller, in snapshot: Snapshot, at time: Timestamp
  ) throws(Problem) -> Standing {
    let changed = snapshot.state.team.changed
    let known = standings.withLock { $0.standing(of: caller, teamOf: changed, at: time) }
    if let known { return known }
    let standing = try Standing(of: caller, in: snapshot.state, authority, at: time)
    standings.withLock { $0.note(standing, of: caller, teamOf: changed) }
    return standing
  }

  /// The language of an operator who calls; nil for whoever is none.
  package func language(of caller: Caller) -> String? {
    let snapshot = snapshot
    let standing = try? standing(of: caller, in: snapshot, at: moment)
    return standing?.actor.operator.flatMap { snapshot.state.team[$0]?.language }
  }

  /// The state, for a caller who may read that part of it.
  package func state(for caller: Caller, _ permission: Permission) throws(Problem) -> State {
    try admit(caller, .permission(permission)).state
  }

  /// Whether an actor holds a permission now, for at least some tags.
  package func holds(_ actor: Actor, _ permission: Permission) -> Bool {
    state.powers(of: actor, at: moment).reach(permission)
  }

  /// The time by which grants and tokens end: never before what has been recorded.
  package var moment: Timestamp { max(now(), log.lastAt) }

  /// Nobody waits for it; where it cannot be recorded, the next use on that day says so again after a
  /// restart.
  private func recordUse(of token: TokenID) {
    guard readOnlyReason == nil else { return }
    Task { _ = try? await submit(Order(.team(.noteUse(token)), by: .system)) }
  }
}
