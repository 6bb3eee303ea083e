import Domain

/// Who a caller is and what they may do, found out once for many orders.
struct Standing: Sendable {
  let actor: Actor
  let powers: Powers
  /// From when on it has to be found out again; nil while the team stays as it is.
  let ends: Timestamp?
}

/// The standings of those who have called since the team last changed.
struct Standings: Sendable {
  private static let limit = 1000
  private var known: [Caller: Standing] = [:]
  /// The place in the log of the team that they hold for.
  private var changed: Int64 = 0

  mutating func standing(
    of caller: Caller, in state: State, _ authority: Authority, at time: Timestamp
  ) throws(Problem) -> Standing {
    if state.team.changed != changed || known.count > Self.limit {
      known = [:]
      changed = state.team.changed
    }
    if let standing = known[caller], standing.ends.map({ time < $0 }) ?? true { return standing }
    let actor = try authority.identify(caller, in: state, at: time)
    let powers = state.powers(of: actor, at: time)
    var ends = powers.ends
    if actor.via == .token, let number = actor.credential,
      let expires = state.team[TokenID(Int32(number))]?.expires
    {
      ends = ends.map { min($0, expires) } ?? expires
    }
    let standing = Standing(actor: actor, powers: powers, ends: ends)
    known[caller] = standing
    return standing
  }
}
