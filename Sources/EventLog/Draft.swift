package import Domain
package import Proof

/// The events of one command, about to be recorded.
package struct Draft: Sendable {
  package var command: CommandID
  package var actor: Actor
  /// When the first event is recorded. Each event of the batch is given `max(at, last + 1 µs)`.
  package var at: Timestamp
  package var events: [Event]
  /// By what its request is known again; recorded together with the events, where there are any.
  package var key: RequestKey?
  /// What was already as asked; kept beside the key.
  package var unchanged: Int

  package init(
    command: CommandID, actor: Actor, at: Timestamp, events: [Event], key: RequestKey? = nil,
    unchanged: Int = 0
  ) {
    self.command = command
    self.actor = actor
    self.at = at
    self.events = events
    self.key = key
    self.unchanged = unchanged
  }
}

/// What an append has made durable.
package struct Appended: Sendable {
  /// The number of the first event; the next number when there were no events.
  package let first: Int64
  /// All events of the batch, in order.
  package let events: [RecordedEvent]
  /// For each draft, where its events lie in `events`.
  package let ranges: [Range<Int>]
  /// The head of the log after the batch.
  package let head: TreeHead

  /// The first and last number of a draft's events; nil when it had none.
  package func seqs(ofDraft index: Int) -> ClosedRange<Int64>? {
    let range = ranges[index]
    return range.isEmpty
      ? nil : first + Int64(range.lowerBound)...first + Int64(range.upperBound) - 1
  }
}
