import Dispatch
import Domain
import EventLog
import Foundation
import Synchronization

/// The one writer: decides orders one after another and records them in groups.
///
/// While one group is being flushed to the disk the next one gathers, so that nobody waits for
/// company and a busy ledger still pays one flush for many commands.
final class Writer: Sendable {
  /// Orders of one group, so that the first of them is not kept waiting for thousands of others.
  private static let groupLimit = 512
  /// Events after which a group is recorded, so that large orders are not flushed all at once.
  private static let eventLimit = 20_000

  typealias Answer = @Sendable (Result<Receipt, Problem>) -> Void

  private struct Waiting: Sendable {
    let order: Order
    let answer: Answer
  }

  private struct Queue {
    var waiting: [Waiting] = []
    var isDraining = false
    var isClosed = false
    /// Groups answered so far.
    var groups = 0
    /// Whether the last group was one order by itself, as when one caller waits for each answer.
    var wasLone = true

    /// Nearly always that is all who wait, and nobody has to be copied.
    mutating func take(_ limit: Int) -> [Waiting] {
      var group: [Waiting] = []
      swap(&group, &waiting)
      if group.count > limit {
        waiting = Array(group[limit...])
        group.removeLast(waiting.count)
      }
      return group
    }
  }

  private let log: Log
  private let authority: Authority
  private let limits: Limits
  private let now: @Sendable () -> Timestamp
  /// Called after each flush, before the callers are answered.
  private let recorded: @Sendable (Group) -> Void
  private let queue = Mutex(Queue())
  private let thread = DispatchQueue(label: "tagledger.writer", qos: .userInitiated)
  /// Held while a group is decided and recorded: that happens in one place at a time.
  private let turn = Mutex(())
  /// Touched in turn alone.
  private let desk: Mutex<Desk>

  /// What the writer has before it: the state, and the last time and id given.
  private struct Desk {
    /// What was recorded last.
    var before: Snapshot
    /// The same, and what has been decided since.
    var state: State
    var clock: RisingClock
    var ids: CommandIDGenerator
    /// The keys of the orders that are about to be recorded.
    var keys: Set<RequestKey> = []
    var standings = Standings()
    var refusals = Refusals()
    /// What the last order leads to, before it is in the state: see `Log.append(_:while:)`.
    var unfolded: (events: [Event], at: Timestamp)?

    mutating func fold() {
      guard let (events, at) = unfolded else { return }
      unfolded = nil
      state.evolve(events, from: at, spread: onAllCores)
    }
  }

  /// Orders flushed together: what was recorded, and the state before and after it.
  struct Group: Sendable {
    let before: Snapshot
    let after: Snapshot
    let events: [RecordedEvent]
    let drafts: [Draft]
  }

  init(
    log: Log, state: State, authority: Authority, limits: Limits,
    now: @escaping @Sendable () -> Timestamp, recorded: @escaping @Sendable (Group) -> Void
  ) {
    self.log = log
    self.authority = authority
    self.limits = limits
    self.now = now
    self.recorded = recorded
    desk = Mutex(
      Desk(
        before: Snapshot(state), state: state, clock: RisingClock(after: log.lastAt),
        ids: CommandIDGenerator(after: log.lastCommand)))
  }

  func submit(_ order: Order) async throws(Problem) -> Receipt {
    let result: Result<Receipt, Problem> = await withCheckedContinuation { done in
      let answer: Answer = { done.resume(returning: $0) }
      let waiting = Waiting(order: order, answer: answer)
      let (isClosed, starts, isLone) = queue.withLock { queue in
        if queue.isClosed { return (true, false, false) }
        queue.waiting.append(waiting)
        defer { queue.isDraining = true }
        return (false, !queue.isDraining, queue.wasLone)
      }
      if isClosed { answer(.failure(.shuttingDown)) }
      if starts { start(with: order, isLone: isLone) }
    }
    return try result.get()
  }

  /// Takes orders one behind another, for a thread that does not wait here.
  ///
  /// - Parameter answered: called once for each order, in their order.
  func submit(_ orders: [Order], answered: @escaping Answer) {
    let (isClosed, starts) = queue.withLock { queue in
      if queue.isClosed { return (true, false) }
      queue.waiting += orders.map { Waiting(order: $0, answer: answered) }
      defer { queue.isDraining = true }
      return (false, !queue.isDraining)
    }
    if isClosed { for _ in orders { answered(.failure(.shuttingDown)) } }
    if starts { thread.async { self.drain() } }
  }

  /// Records the first group where it was asked for if it is a lone small order: handing it to another
  /// thread and back takes as long as half a flush. Whatever has gathered meanwhile is not its burden.
  ///
  /// Among many callers it is better to wake the thread: until it is awake, others have come, and one
  /// flush does for all of them.
  private func start(with order: Order, isLone: Bool) {
    guard isLone, Self.recordsInPlace, order.command.isSmall else {
      return thread.async { self.drain() }
    }
    if drainGroup() { thread.async { self.drain() } }
  }

  /// A thread that waits for the disk serves nobody else, so there must be others.
  private static let recordsInPlace = ProcessInfo.processInfo.activeProcessorCount > 1

  /// A writer that is busy and whose groups stay the same is stuck.
  var progress: (groups: Int, isBusy: Bool) {
    queue.withLock { ($0.groups, $0.isDraining) }
  }

  /// Refuses new orders and returns when those taken are answered.
  func close() async {
    queue.withLock { $0.isClosed = true }
    await withCheckedContinuation { done in
      thread.async {
        // Whoever was taken a moment ago may not have had the thread woken for them yet.
        self.drain()
        done.resume()
      }
    }
  }

  /// Takes a state built anew from the log in place of the one that decides.
  ///
  /// Between two groups: what has been recorded since it was built is folded in first.
  ///
  /// - Parameter publish: called with the complete state before the next group is decided.
  func replaceState(
    with rebuilt: State, publish: @escaping @Sendable (Snapshot) -> Void
  ) async throws(Problem) {
    let result: Result<Void, Problem> = await withCheckedContinuation { done in
      thread.async {
        done.resume(
          returning: self.turn.withLock { _ in self.takeOver(rebuilt, publish: publish) })
      }
    }
    try result.get()
  }

  private func takeOver(
    _ rebuilt: State, publish: (Snapshot) -> Void
  ) -> Result<Void, Problem> {
    var state = rebuilt
    do throws(Problem) {
      let end = desk.withLock { $0.state.position }
      try Replay(log: log, opensFields: true).fold(&state, through: end)
      let complete = Snapshot(state)
      desk.withLock { desk in
        desk.before = complete
        desk.state = complete.state
      }
      publish(complete)
      return .success(())
    } catch {
      return .failure(error)
    }
  }

  // MARK: In turn

  private func drain() {
    while drainGroup() {}
  }

  /// Records one group; false when nobody waits any more.
  private func drainGroup() -> Bool {
    turn.withLock { _ in
      let group = queue.withLock { $0.take(Self.groupLimit) }
      record(group)
      return queue.withLock { queue in
        if !group.isEmpty {
          queue.groups += 1
          queue.wasLone = group.count == 1
        }
        queue.isDraining = !queue.waiting.isEmpty
        return queue.isDraining
      }
    }
  }

  private func record(_ group: [Waiting]) {
    var next = 0
    while next < group.count { recordSome(group, from: &next) }
  }

  /// Decides, records and answers the first orders of those that wait.
  private func recordSome(_ group: [Waiting], from next: inout Int) {
    var desk = desk.withLock { $0 }
    desk.keys = []
    let before = desk.before
    var drafts: [Draft] = []
    var events = 0
    var answers: [(Answer, Result<Receipt, Problem>)] = []
    answers.reserveCapacity(group.count - next)
    // Answers that came before anything was to be recorded, and hold whether or not it is.
    var settled = 0
    while events < Self.eventLimit, next < group.count {
      if drafts.isEmpty { settled = answers.count }
      desk.fold()
      do throws(Problem) {
        let receipt = try decide(group[next].order, &desk, &drafts)
        if receipt.seqs != nil { events += receipt.events.count }
        answers.append((group[next].answer, .success(receipt)))
      } catch {
        answers.append((group[next].answer, .failure(error)))
      }
      next += 1
    }
    if drafts.isEmpty {
      // Nothing has changed but what the writer knows: who its callers are, whom it has refused.
      self.desk.withLock { $0 = desk }
    } else {
      do throws(Problem) {
        let appended = try log.append(drafts) { desk.fold() }
        let after = Snapshot(desk.state)
        desk.before = after
        self.desk.withLock { $0 = desk }
        recorded(
          Group(before: before, after: after, events: appended.events, drafts: drafts))
      } catch {
        // Nothing was recorded: the working copy is dropped, and what was decided on it with it.
        for index in answers.indices.dropFirst(settled) { answers[index].1 = .failure(error) }
      }
    }
    for (answer, result) in answers { answer(result) }
  }

  /// Decides one order on the working copy, and evolves the copy by what follows.
  private func decide(
    _ order: Order, _ desk: inout Desk, _ drafts: inout [Draft]
  ) throws(Problem) -> Receipt {
    let now = now()
    let id = desk.ids.next(now: now)
    var clock = desk.clock
    let at = clock.next(now: now)
    let standing = try standing(of: order.caller, &desk, at: at)
    let decision: Decision
    do throws(Problem) {
      try desk.state.authorise(order.command, with: standing.powers, at: at)
      if let known = try replayed(order, desk) { return known }
      decision = try decide(
        order, by: standing, desk.state, before: desk.before, drafts, at: at)
    } catch {
      note(error, of: order, by: standing.actor, id: id, at: at, &desk, &drafts)
      throw error
    }
    let first = desk.state.position + 1
    if order.dryRun {
      var preview = desk.state
      preview.evolve(decision.events, from: at, spread: onAllCores)
      return Receipt(id, seqs: nil, decision, preview: preview)
    }
    guard !decision.events.isEmpty else { return Receipt(id, seqs: nil, decision, preview: nil) }
    // Here only this order is refused; the append would refuse all of its group.
    try log.checkSize(of: decision.events, by: standing.actor)
    if let key = order.key { desk.keys.insert(key) }
    drafts.append(
      Draft(
        command: id, actor: standing.actor, at: at, events: decision.events, key: order.key,
        unchanged: decision.unchanged))
    desk.unfolded = (decision.events, at)
    let rest = Int64(decision.events.count - 1)
    desk.clock = RisingClock(after: Timestamp(microseconds: at.rawValue + rest))
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
  private func replayed(_ order: Order, _ desk: Desk) throws(Problem) -> Receipt? {
    guard let key = order.key, !order.dryRun else { return nil }
    if desk.keys.contains(where: { $0.digest == key.digest }) { throw .requestRunning }
    return try log.replayed(key)
  }

  /// Decides what its caller may order, and authorises the events, since a command may reach further
  /// than it says. The command was authorised before, so that nobody learns anything by asking.
  private func decide(
    _ order: Order, by standing: Standing, _ state: State, before: Snapshot, _ drafts: [Draft],
    at: Timestamp
  ) throws(Problem) -> Decision {
    for expectation in order.expectations { try state.check(expectation) }
    let command = try log.informed(order.command, in: state, before: before, drafts)
    let decision = try state.decide(
      command, reason: order.reason, limits: limits, at: at, spread: onAllCores)
    try state.authorise(
      decision.events, by: standing.actor, with: standing.powers,
      isImport: order.command.isImport, at: at)
    return decision
  }

  /// Counts a refusal, and records it beside the other orders of the group where that is due.
  private func note(
    _ problem: Problem, of order: Order, by actor: Actor, id: CommandID, at: Timestamp,
    _ desk: inout Desk, _ drafts: inout [Draft]
  ) {
    authority.count(problem)
    guard let event = desk.refusals.event(of: problem, to: actor, order.command, at: at) else {
      return
    }
    drafts.append(Draft(command: id, actor: actor, at: at, events: [event]))
    desk.clock = RisingClock(after: desk.state.evolve([event], from: at))
  }
}
