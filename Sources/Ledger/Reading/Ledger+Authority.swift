package import Domain
import EventLog

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
  let snapshot: Snapshot

  package var state: State { snapshot.state }
}

extension Ledger {
  /// Says who a caller is and whether they may, in the state as it is now.
  ///
  /// - Throws: `callerUnknown`, `credentialRefused`, `assertionRefused`, `permissionMissing`.
  package func admit(_ caller: Caller, _ need: Need) throws(Problem) -> Admission {
    let snapshot = snapshot
    let time = moment
    do throws(Problem) {
      let actor = try authority.identify(caller, in: snapshot.state, at: time)
      if case .permission(let permission) = need {
        try snapshot.state.authorise(actor, permission, at: time)
      }
      if let token = authority.noteUse(of: actor, in: snapshot.state, at: time) {
        recordUse(of: token)
      }
      return Admission(actor: actor, snapshot: snapshot)
    } catch {
      authority.count(error)
      throw error
    }
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
