package import Domain
import EventLog
import Projections

/// Why a customer has a tag, or does not have it.
package struct Explanation: Sendable {
  package let customer: CustomerID
  package let tag: TagID
  package let isHeld: Bool
  /// From the event by which the customer got it last, back to the one that it all began with.
  package let chain: [RecordedEvent]
  /// Every time it was got and lost, in order.
  package let turns: [Turn]

  package struct Turn: Sendable {
    package let isGain: Bool
    package let turn: Tenure.Turn
    package let event: RecordedEvent
    /// What made it follow, where that was another event.
    package let cause: RecordedEvent?
  }
}

extension Ledger {
  /// Follows the causes of a customer's tag back to the command, file or merge that it came from.
  ///
  /// - Parameter state: the ledger as it is, or as it was at a moment.
  package func why(
    _ customer: CustomerID, _ tag: TagID, in state: State, by caller: Caller
  ) async throws(Problem) -> Explanation {
    let customer = try state.current(customer)
    guard let found = state.tag(tag) else { throw .tagNotFound("\(tag.rawValue)") }
    // Of a deleted tag can be told how it was lost.
    let tag = (try? state.current(found.id))?.id ?? found.id
    var tracer = Tracer(ledger: self, end: state.position, caller: caller)
    let tenures = try await tracer.tenures(of: customer).filter { $0.tag == tag }
    var chain: [RecordedEvent] = []
    if let last = tenures.last {
      chain = try await tracer.chain(of: last.since, tag, customer)
    }
    var turns: [Explanation.Turn] = []
    for tenure in tenures {
      turns.append(try tracer.turn(tenure.since, isGain: true))
      if let until = tenure.until { turns.append(try tracer.turn(until, isGain: false)) }
    }
    return Explanation(
      customer: customer, tag: tag, isHeld: state.members(of: tag).contains(customer),
      chain: chain, turns: turns)
  }
}

/// Goes back from one event to the one before it in the order of causes.
private struct Tracer {
  let ledger: Ledger
  let end: Int64
  let caller: Caller
  private var known: [CustomerID: [Tenure]] = [:]

  init(ledger: Ledger, end: Int64, caller: Caller) {
    self.ledger = ledger
    self.end = end
    self.caller = caller
  }

  mutating func tenures(of customer: CustomerID) async throws(Problem) -> [Tenure] {
    if let tenures = known[customer] { return tenures }
    let tenures = try await ledger.tenures(of: [customer], through: end, by: caller)[0]
    known[customer] = tenures
    return tenures
  }

  /// Each step goes to an earlier event, so it comes to an end.
  mutating func chain(
    of turn: Tenure.Turn, _ tag: TagID, _ customer: CustomerID
  ) async throws(Problem) -> [RecordedEvent] {
    var events: [RecordedEvent] = []
    var next: (turn: Tenure.Turn, tag: TagID, customer: CustomerID)? = (turn, tag, customer)
    while let (turn, tag, customer) = next {
      let event = try event(turn.seq)
      events.append(event)
      next = nil
      switch turn.why {
      case .merge(let source, _):
        if let earlier = try await last(source, customer, endedIn: turn.seq...turn.seq) {
          next = (earlier.since, source, customer)
        }
      case .customerMerge(let source, _):
        guard let cause = event.cause else { break }
        events.append(try self.event(cause))
        if let earlier = try await last(tag, source, endedIn: cause...cause) {
          next = (earlier.since, tag, source)
        }
      case .undo(_, let first):
        guard let first else { break }
        // Of a job or a bulk command, that event may be about somebody else.
        let earlier = try await tenure(of: tag, customer, before: first)
        events.append(try self.event(earlier?.until?.seq ?? first))
        if let earlier { next = (earlier.since, tag, customer) }
      case .rule:
        if let cause = event.cause { events.append(try self.event(cause)) }
      case .hand, .imported, .deletion, .set:
        break
      }
    }
    return events
  }

  /// The tenure that one of these events ended.
  private mutating func last(
    _ tag: TagID, _ customer: CustomerID, endedIn seqs: ClosedRange<Int64>
  ) async throws(Problem) -> Tenure? {
    try await tenures(of: customer).last { tenure in
      tenure.tag == tag && tenure.until.map { seqs.contains($0.seq) } == true
    }
  }

  /// The tenure that was under way before an event, and has ended since.
  private mutating func tenure(
    of tag: TagID, _ customer: CustomerID, before seq: Int64
  ) async throws(Problem) -> Tenure? {
    try await tenures(of: customer).last { tenure in
      tenure.tag == tag && tenure.since.seq < seq && tenure.until.map { $0.seq >= seq } == true
    }
  }

  func turn(_ turn: Tenure.Turn, isGain: Bool) throws(Problem) -> Explanation.Turn {
    let event = try event(turn.seq)
    return Explanation.Turn(
      isGain: isGain, turn: turn, event: event, cause: try event.cause.map(self.event))
  }

  private func event(_ seq: Int64) throws(Problem) -> RecordedEvent {
    try ledger.log.events(seqs: CollectionOfOne(seq))[0]
  }
}
