import Domain
import EventLog

/// What the writer has before it: the state, and the last time and id given.
struct Desk {
  /// What was recorded last.
  var before: Snapshot
  /// The same, and what has been decided since.
  var state: State
  var clock: RisingClock
  var ids: CommandIDGenerator
  var standings = Standings()
  var refusals = Refusals()
  /// What the last order leads to, before it is in the state: see `Log.append(_:meanwhile:)`.
  var unfolded: (events: [Event], at: Timestamp)?

  mutating func fold() {
    guard let (events, at) = unfolded else { return }
    unfolded = nil
    state.evolve(events, from: at, spread: onAllCores)
  }
}

/// Orders that have been decided and are not on the disk yet; they are recorded together.
struct Decided {
  /// As the orders leave it.
  var desk: Desk
  /// By what the orders are known again that are about to be recorded: the digests of their keys.
  private(set) var keys: Set<[UInt8]> = []
  private(set) var drafts: [Draft] = []
  /// How many events the drafts have.
  private(set) var events = 0
  /// The orders, each with what is to be answered once they are recorded.
  private(set) var answers: [(waiting: Writer.Waiting, result: Result<Receipt, Problem>)] = []
  /// How many of the answers came before anything was to be recorded, and hold whether or not it is.
  private var settled = 0

  /// - Parameter keys: the digests of the keys of orders that are just being recorded.
  init(desk: Desk, keys: Set<[UInt8]> = []) {
    self.desk = desk
    self.keys = keys
  }

  mutating func add(_ draft: Draft) {
    drafts.append(draft)
    events += draft.events.count
    if let key = draft.key { keys.insert(key.digest) }
  }

  mutating func answer(_ waiting: Writer.Waiting, _ result: Result<Receipt, Problem>) {
    if drafts.isEmpty { settled = answers.count + 1 }
    answers.append((waiting, result))
  }

  /// The orders on top of which these were decided are recorded.
  mutating func follow(_ group: Decided) {
    desk.before = group.desk.before
    keys.subtract(group.keys)
  }

  /// Answers with an error wherever something was to be recorded.
  mutating func fail(_ problem: Problem) {
    for index in answers.indices.dropFirst(settled) { answers[index].result = .failure(problem) }
  }
}
