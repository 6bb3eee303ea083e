import Domain

/// Refused commands on the team, the rules and erasing, on their way into the log.
///
/// Each actor, command and reason is recorded once in ten minutes; what comes in between is counted
/// and told by the next record. So nobody fills the log by being refused. A dry run that is refused
/// counts like any other: a client asks for one first, and then has nothing to send.
struct Refusals: Sendable {
  private static let interval: Int64 = 600_000_000
  private static let limit = 4096

  struct Key: Hashable, Sendable {
    let actor: String
    let command: String
    let code: String
  }

  private struct Tally: Sendable {
    var recorded: Timestamp
    var since = 0
  }

  private var tallies: [Key: Tally] = [:]

  /// The event that tells of a refusal; nil where it is none to record, or is only counted.
  mutating func event(
    of problem: Problem, to actor: Actor, _ command: Command, at time: Timestamp
  ) -> Event? {
    guard let permission = problem.refusedPermission,
      let name = command.name(refusedFor: permission)
    else { return nil }
    let key = Key(actor: actor.name, command: name, code: problem.code)
    if let tally = tallies[key], time.rawValue < tally.recorded.rawValue + Self.interval {
      tallies[key]!.since += 1
      return nil
    }
    let times = (tallies[key]?.since ?? 0) + 1
    if tallies.count >= Self.limit { tallies = [:] }
    tallies[key] = Tally(recorded: time)
    return Event(
      .commandRefused,
      data: [
        "command": .string(name), "code": .string(problem.code),
        "permission": .string(permission.rawValue), "times": .int(Int64(times)),
      ])
  }
}

extension Command {
  /// The name under which a refusal is recorded; nil for commands whose refusals are only counted.
  ///
  /// Undoing what was done to the team or the rules is a change of them, too.
  func name(refusedFor permission: Permission) -> String? {
    switch self {
    case .team(let command): command.name
    case .rule(let command): command.name
    case .eraseCustomer: "customer.erase"
    case .undo where permission == .teamManage || permission == .rulesWrite: "command.undo"
    default: nil
    }
  }
}

extension Problem {
  /// The permission without which a command was refused; nil where it was refused for another reason.
  fileprivate var refusedPermission: Permission? {
    switch self {
    case .permissionMissing(let missing): missing.permission
    case .teamBeyondOwn, .teamLastOwner, .tokenOutlasts: .teamManage
    default: nil
    }
  }
}
