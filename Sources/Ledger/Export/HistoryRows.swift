import Domain
import EventLog

/// When each customer got and lost each tag, in the order in which it was recorded.
///
/// It is told under the names of today: of a tag or a customer that was merged into another, as
/// the other's. Somebody has a tag as long as one of those who are that customer now has one of
/// those that are that tag now; so a merge by itself is no change. Tags that were deleted have no
/// name any more under which they could be imported; the change log tells of them.
struct HistoryRows: ExportRows {
  static let columns: [ImportField] = [
    .time, .operator, .name, .phone, .ref, .tag, .action,
  ]

  /// Events per piece.
  private static let slice: Int64 = 4096

  private let log: Log
  private let language: ExportLanguage
  private let end: Int64
  /// The state up to where the log has been read.
  private var past = State()
  private var turns: HistoryTurns
  private var people = PeopleCache()

  init(_ export: Export) {
    log = export.ledger.log
    language = export.request.language
    end = export.state.position
    turns = HistoryTurns(now: export.state, only: export.request.tag)
  }

  mutating func next() throws(Problem) -> [[String]]? {
    guard past.position < end else { return nil }
    var turns = turns
    try Replay(log: log, cores: 1, isWatched: true).fold(
      &past, through: min(end, past.position + Self.slice)
    ) { step, before in turns.take(step, before: before) }
    if past.position == end { turns.settle(past) }
    let found = turns.found
    turns.found = []
    self.turns = turns
    try people.learn(Set(found.map(\.pair.customer)), log, through: end)
    return found.map { turn in
      [turn.time.text, turn.operator] + people.cells(of: turn.pair.customer)
        + [turns.name(of: turn.pair.tag), language.action(isApplied: turn.isApplied)]
    }
  }
}

/// Finds out which events are turns in the history of a customer and a tag as they are now.
struct HistoryTurns: Sendable {
  struct Turn: Sendable {
    let pair: Membership
    var time: Timestamp
    let `operator`: String
    let isApplied: Bool
  }

  /// What has been found and not yet been taken away.
  var found: [Turn] = []
  private let now: State
  private let only: TagID?
  private let merged: Merged
  /// Memberships of a customer just merged into another, until it is clear which of them moved.
  private var uncertain: [Turn] = []
  /// The last time told of a pair of several tags or customers, whose times need not rise.
  private var told: [Membership: Timestamp] = [:]

  init(now: State, only: TagID?) {
    self.now = now
    self.only = only
    merged = Merged(now)
  }

  func name(of tag: TagID) -> String { now.tag(tag)?.name.text ?? "" }

  mutating func take(_ step: Replay.Step, before: State) {
    let source = step.data?["source"]
    let isMove = step.type == .tagApplied && source?["customer"] != nil
    if !isMove { settle(before) }
    switch step.type {
    case .tagApplied, .tagRemoved:
      guard !isMove, let membership = step.membership, let turn = turn(membership, step),
        isTurn(membership, of: turn, before)
      else { return }
      tell(turn)
    case .customerMerged:
      guard let customer = step.customer else { return }
      for tag in before.tags(of: customer) {
        guard let turn = turn(Membership(tag: tag, customer: customer), step) else { continue }
        uncertain.append(turn)
      }
    default:
      return
    }
  }

  /// Tells of memberships that ended when their customer was merged into another.
  mutating func settle(_ state: State) {
    for turn in uncertain where !has(turn.pair, in: state) { tell(turn) }
    uncertain = []
  }

  private mutating func tell(_ turn: Turn) {
    var turn = turn
    if merged.isWhole(turn.pair) {
      turn.time = max(turn.time, told[turn.pair] ?? turn.time)
      told[turn.pair] = turn.time
    }
    found.append(turn)
  }

  /// The event in the names of today; nil where its tag has been deleted or is not asked for.
  private func turn(_ membership: Membership, _ step: Replay.Step) -> Turn? {
    guard let tag = try? now.current(membership.tag).id, only == nil || only == tag,
      let customer = try? now.current(membership.customer)
    else { return nil }
    return Turn(
      pair: Membership(tag: tag, customer: customer), time: step.occurred ?? step.at,
      operator: step.data?["source"]?["operator"]?.string ?? step.actor ?? "",
      isApplied: step.type == .tagApplied)
  }

  private func isTurn(_ membership: Membership, of turn: Turn, _ before: State) -> Bool {
    !merged.isWhole(turn.pair) || !has(turn.pair, in: before, except: membership)
  }

  private func has(_ pair: Membership, in state: State, except: Membership? = nil) -> Bool {
    merged.parts(of: pair).contains { part in
      part != except && state.members(of: part.tag).contains(part.customer)
    }
  }
}

extension Replay.Step {
  fileprivate var membership: Membership? {
    guard let tag, let customer else { return nil }
    return Membership(tag: tag, customer: customer)
  }
}
