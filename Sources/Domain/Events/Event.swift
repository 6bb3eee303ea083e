/// What a command leads to, not yet recorded: it has no number, no time and no hash.
package struct Event: Hashable, Sendable {
  package var type: EventType
  package var tag: TagID?
  package var customer: CustomerID?
  /// Canonical JSON with what the other fields do not say; nil where they say everything.
  package var data: JSON?
  /// Personal fields, in plain text. The log seals them and records only digests of the ciphertext.
  package var personal: PersonalFields?
  /// What becomes of the keys by which the customer is found; nil where the event does not touch them.
  package var lookups: LookupChanges?
  /// When it happened, if that is earlier than when it is recorded.
  package var occurred: Timestamp?
  /// The position, within the same command, of the event that made this one follow.
  package var cause: Int?
  /// The `seq` of an event of an earlier command that made this one follow, as an undo has it.
  package var origin: Int64?
  package var reason: String?

  package init(
    _ type: EventType, tag: TagID? = nil, customer: CustomerID? = nil, data: JSON? = nil,
    personal: PersonalFields? = nil, lookups: LookupChanges? = nil, occurred: Timestamp? = nil,
    cause: Int? = nil, reason: String? = nil
  ) {
    self.type = type
    self.tag = tag
    self.customer = customer
    self.data = data
    self.personal = personal
    self.lookups = lookups
    self.occurred = occurred
    self.cause = cause
    self.reason = reason
  }
}

/// One row of the log: an event with its place, its time and who caused it.
package struct RecordedEvent: Hashable, Sendable {
  /// Its place in the log: 1, 2, 3, … without gaps.
  package var seq: Int64
  /// When it was recorded; strictly increasing, even when the clock is not.
  package var at: Timestamp
  package var type: EventType
  package var actor: Actor
  package var tag: TagID?
  package var customer: CustomerID?
  package var command: CommandID
  /// The `seq` of the event that made this one follow.
  package var cause: Int64?
  package var occurred: Timestamp?
  package var reason: String?
  /// The canonical JSON as recorded: it stands verbatim in the public form.
  package var data: String?

  package init(
    seq: Int64, at: Timestamp, type: EventType, actor: Actor, tag: TagID? = nil,
    customer: CustomerID? = nil, command: CommandID, cause: Int64? = nil,
    occurred: Timestamp? = nil, reason: String? = nil, data: String? = nil
  ) {
    self.seq = seq
    self.at = at
    self.type = type
    self.actor = actor
    self.tag = tag
    self.customer = customer
    self.command = command
    self.cause = cause
    self.occurred = occurred
    self.reason = reason
    self.data = data
  }
}
