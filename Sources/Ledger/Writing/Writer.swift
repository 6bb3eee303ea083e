import DequeModule
import Dispatch
import Domain
import EventLog
import Foundation
import Synchronization

/// The one writer: decides orders one after another and records them in groups.
///
/// While one group is being flushed to the disk the next one gathers, so that nobody waits for
/// company and a busy ledger still pays one flush for many commands. While the rows of a large one go in,
/// the facts that wait behind it are decided already, as if it were on the disk; should it not come to
/// that, they are decided once more.
final class Writer: Sendable {
  /// Orders of one group, so that the first of them is not kept waiting for thousands of others.
  private static let groupLimit = 512
  /// Events after which a group is recorded, so that large orders are not flushed all at once.
  private static let eventLimit = 20_000

  typealias Answer = @Sendable (Result<Receipt, Problem>) -> Void

  struct Waiting: Sendable {
    let order: Order
    let answer: Answer
  }

  private struct Queue {
    var waiting: Deque<Waiting> = []
    var isDraining = false
    var isClosed = false
    /// Groups answered so far.
    var groups = 0
    /// Whether the last group was one order by itself, as when one caller waits for each answer.
    var wasLone = true
  }

  let log: Log
  let authority: Authority
  let limits: Limits
  let now: @Sendable () -> Timestamp
  /// Called after each flush, before the callers are answered.
  private let recorded: @Sendable (Group) -> Void
  private let queue = Mutex(Queue())
  private let thread = DispatchQueue(label: "tagledger.writer", qos: .userInitiated)
  /// Held while a group is decided and recorded: that happens in one place at a time. It holds what has
  /// been decided of the next group.
  private let turn = Mutex<Decided?>(nil)
  /// Touched in turn alone.
  private let desk: Mutex<Desk>

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
          returning: self.turn.withLock { next in
            next.take().map(self.putBack)
            return self.takeOver(rebuilt, publish: publish)
          })
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
    turn.withLock { next in
      var group = next.take() ?? Decided(desk: desk.withLock { $0 })
      decide(into: &group) { $0.waiting.popFirst() }
      next = record(&group)
      for (waiting, result) in group.answers { waiting.answer(result) }
      let isComplete = next == nil
      return queue.withLock { queue in
        if !group.answers.isEmpty {
          queue.groups += 1
          queue.wasLone = group.answers.count == 1
        }
        queue.isDraining = !queue.waiting.isEmpty || !isComplete
        return queue.isDraining
      }
    }
  }

  /// Decides those who wait, as far as the group has room for them.
  private func decide(into group: inout Decided, _ next: (inout Queue) -> Waiting?) {
    // Whoever comes meanwhile belongs to the next group.
    var due = queue.withLock { $0.waiting.count }
    while due > 0, group.answers.count < Self.groupLimit, group.events < Self.eventLimit,
      let waiting = queue.withLock({ next(&$0) })
    {
      due -= 1
      decide(waiting, into: &group)
    }
  }

  /// Decides the facts that wait, on the state that a group leads to which is being recorded. Nothing but
  /// that state is asked for it; what other commands look for in the log may not be there yet.
  private func decideAhead(of group: Decided) -> Decided? {
    var next = Decided(desk: group.desk, keys: group.keys)
    decide(into: &next) { queue in
      guard case .recordFacts? = queue.waiting.first?.order.command else { return nil }
      return queue.waiting.popFirst()
    }
    return next.answers.isEmpty ? nil : next
  }

  /// Who was decided ahead of a group that came to nothing is decided once more.
  private func putBack(_ decided: Decided) {
    queue.withLock { $0.waiting.prepend(contentsOf: decided.answers.map(\.waiting)) }
  }

  /// Records what has been decided; returns what has been decided ahead meanwhile.
  private func record(_ group: inout Decided) -> Decided? {
    guard !group.drafts.isEmpty else {
      // Nothing has changed but what the writer knows: who its callers are, whom it has refused.
      desk.withLock { $0 = group.desk }
      return nil
    }
    let (before, drafts) = (group.desk.before, group.drafts)
    var next: Decided?
    do throws(Problem) {
      let appended = try log.append(drafts) { isBeside in
        group.desk.fold()
        if isBeside { next = decideAhead(of: group) }
      }
      let after = Snapshot(group.desk.state)
      group.desk.before = after
      next?.follow(group)
      desk.withLock { $0 = group.desk }
      recorded(Group(before: before, after: after, events: appended.events, drafts: drafts))
    } catch {
      // Nothing was recorded: the working copy is dropped, and what was decided on it with it.
      group.fail(error)
      next.take().map(putBack)
    }
    return next
  }
}
