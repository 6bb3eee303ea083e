import Domain

/// Who a caller is and what they may do, found out once for many orders.
struct Standing: Sendable {
  let actor: Actor
  let powers: Powers
  /// From when on it has to be found out again; nil while the team stays as it is.
  let ends: Timestamp?

  init(
    of caller: Caller, in state: State, _ authority: Authority, at time: Timestamp
  ) throws(Problem) {
    actor = try authority.identify(caller, in: state, at: time)
    powers = state.powers(of: actor, at: time)
    var ends = powers.ends
    if actor.via == .token, let number = actor.credential,
      let expires = state.team[TokenID(Int32(number))]?.expires
    {
      ends = ends.map { min($0, expires) } ?? expires
    }
    self.ends = ends
  }
}

/// The standings of those who have called since the team last changed.
///
/// Each call says of which team it asks, by the place in the log of that team's last change: what was
/// found out of one never holds for another.
struct Standings: Sendable {
  private static let limit = 1000
  private var known: [Caller: Standing] = [:]
  private var changed: Int64 = 0

  /// Nil where it has to be found out.
  func standing(of caller: Caller, teamOf changed: Int64, at time: Timestamp) -> Standing? {
    guard changed == self.changed, let standing = known[caller],
      standing.ends.map({ time < $0 }) ?? true
    else { return nil }
    return standing
  }

  mutating func note(_ standing: Standing, of caller: Caller, teamOf changed: Int64) {
    if changed != self.changed || known.count > Self.limit {
      known = [:]
      self.changed = changed
    }
    known[caller] = standing
  }
}
