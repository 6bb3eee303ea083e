import Domain

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

extension State {
  /// Evolves by the events of one command, recorded a microsecond apart; returns the last time.
  @discardableResult
  mutating func evolve(_ events: [Event], from at: Timestamp) -> Timestamp {
    var time = at
    for event in events {
      evolve(event, at: time)
      time = Timestamp(microseconds: time.rawValue + 1)
    }
    return Timestamp(microseconds: time.rawValue - 1)
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
  }
}

extension Command {
  var isImport: Bool {
    if case .takeRows = self { true } else { false }
  }
}
