import Domain
import EventLog

extension Writer {
  /// Decides one order on the working copy of a group, and adds to the group what follows.
  func decide(_ waiting: Waiting, into group: inout Decided) {
    group.desk.fold()
    do throws(Problem) {
      group.answer(waiting, .success(try decide(waiting.order, into: &group)))
    } catch {
      group.answer(waiting, .failure(error))
    }
  }

  private func decide(
    _ order: Order, into group: inout Decided
  ) throws(Problem) -> Receipt {
    let now = now()
    let id = group.desk.ids.next(now: now)
    var clock = group.desk.clock
    let at = clock.next(now: now)
    let standing = try standing(of: order.caller, &group.desk, at: at)
    let decision: Decision
    do throws(Problem) {
      try group.desk.state.authorise(order.command, with: standing.powers, at: at)
      if let known = try replayed(order, group) { return known }
      decision = try decide(order, by: standing, in: group, at: at)
    } catch {
      note(error, of: order, by: standing.actor, id: id, at: at, &group)
      throw error
    }
    let first = group.desk.state.position + 1
    if order.dryRun {
      var preview = group.desk.state
      preview.evolve(decision.events, from: at, spread: onAllCores)
      return Receipt(id, seqs: nil, decision, preview: preview)
    }
    guard !decision.events.isEmpty else { return Receipt(id, seqs: nil, decision, preview: nil) }
    // Here only this order is refused; the append would refuse all of its group.
    try log.checkSize(of: decision.events, by: standing.actor)
    group.add(
      Draft(
        command: id, actor: standing.actor, at: at, events: decision.events, key: order.key,
        unchanged: decision.unchanged))
    group.desk.unfolded = (decision.events, at)
    let rest = Int64(decision.events.count - 1)
    group.desk.clock = RisingClock(after: Timestamp(microseconds: at.rawValue + rest))
    return Receipt(id, seqs: first...first + rest, decision, preview: nil)
  }

  private func standing(
    of caller: Caller, _ desk: inout Desk, at time: Timestamp
  ) throws(Problem) -> Standing {
    let changed = desk.state.team.changed
    if let known = desk.standings.standing(of: caller, teamOf: changed, at: time) { return known }
    do throws(Problem) {
      let standing = try Standing(of: caller, in: desk.state, authority, at: time)
      desk.standings.note(standing, of: caller, teamOf: changed)
      return standing
    } catch {
      authority.count(error)
      throw error
    }
  }

  /// What became of an order that has been carried out before; nil where it has not.
  private func replayed(_ order: Order, _ group: Decided) throws(Problem) -> Receipt? {
    guard let key = order.key, !order.dryRun else { return nil }
    if group.keys.contains(key.digest) { throw .requestRunning }
    return try log.replayed(key)
  }

  /// Decides what its caller may order, and authorises the events, since a command may reach further
  /// than it says. The command was authorised before, so that nobody learns anything by asking.
  private func decide(
    _ order: Order, by standing: Standing, in group: Decided, at: Timestamp
  ) throws(Problem) -> Decision {
    for expectation in order.expectations { try group.desk.state.check(expectation) }
    let command = try log.informed(
      order.command, in: group.desk.state, before: group.desk.before, group.drafts)
    let decision = try group.desk.state.decide(
      command, reason: order.reason, limits: limits, at: at, spread: onAllCores)
    try group.desk.state.authorise(
      decision.events, by: standing.actor, with: standing.powers,
      isImport: order.command.isImport, at: at)
    return decision
  }

  /// Counts a refusal, and records it beside the other orders of the group where that is due.
  private func note(
    _ problem: Problem, of order: Order, by actor: Actor, id: CommandID, at: Timestamp,
    _ group: inout Decided
  ) {
    authority.count(problem)
    guard let event = group.desk.refusals.event(of: problem, to: actor, order.command, at: at)
    else { return }
    group.add(Draft(command: id, actor: actor, at: at, events: [event]))
    group.desk.clock = RisingClock(after: group.desk.state.evolve([event], from: at))
  }
}
