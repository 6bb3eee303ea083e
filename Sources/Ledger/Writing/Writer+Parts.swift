import Domain
import EventLog

extension Command {
  /// Whether it is decided and recorded in no more time than one flush takes.
  var isSmall: Bool {
    switch self {
    case .apply(_, let customers, _), .remove(_, let customers): customers.count <= 16
    case .recordFacts(let facts, _): facts.count <= 16
    case .createTag, .reviseTag, .registerCustomer, .reviseCustomer: true
    default: false
    }
  }
}

extension Receipt {
  init(
    _ command: CommandID, seqs: ClosedRange<Int64>?, _ decision: Decision, preview: State?
  ) {
    self.init(
      command: command, seqs: seqs, events: decision.events, unchanged: decision.unchanged,
      refusals: decision.refusals, left: decision.left,
      shown: preview.map(Snapshot.init), isReplay: false)
    superseded = decision.superseded
  }
}

extension Command {
  var isImport: Bool {
    if case .takeRows = self { true } else { false }
  }
}

extension Log {
  /// Events of one command from which on it pays to fold them on another core.
  private static let large = 4096

  /// Appends drafts, and has the last of them folded into the state, where they are many at the same
  /// time: neither needs the other, and the fold is no shorter than the append.
  func append(_ drafts: [Draft], while fold: () -> Void) throws(Problem) -> Appended {
    guard let last = drafts.last, last.events.count >= Self.large else {
      fold()
      return try append(drafts)
    }
    return try atOnce(fold) { () throws(Problem) in try append(drafts) }
  }
}
