/// What a command leads to, not yet recorded: it has no number, no time and no hash.
package struct Event: Hashable, Sendable {
  package var type: EventType
  package var tag: TagID?
  package var customer: CustomerID?
  /// What the other fields do not say; nil where they say everything.
  package private(set) var content: EventContent?
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
    content = data.map(EventContent.values)
    self.personal = personal
    self.lookups = lookups
    self.occurred = occurred
    self.cause = cause
    self.reason = reason
  }
}

extension Event {
  /// An event that tells a fact.
  init(_ fact: ToldFact, of customer: CustomerID?, occurred: Timestamp?) {
    self.init(fact.fact.type, customer: customer, occurred: occurred)
    content = .fact(fact)
  }

  /// What the other fields do not say, as a value.
  package var data: JSON? {
    get { content?.data }
    set { content = newValue.map(EventContent.values) }
  }
}

/// What an event says beside its fields: values of any kind, or a fact, of which there are so many that
/// nothing is made of it on the way into the log but the bytes that stand there.
package enum EventContent: Hashable, Sendable {
  case values(JSON)
  case fact(ToldFact)

  package var data: JSON {
    switch self {
    case .values(let values): values
    case .fact(let fact): fact.data
    }
  }

  /// As it stands in the log (RFC 8785).
  package var canonical: String {
    switch self {
    case .values(let values): values.canonical
    case .fact(let fact): fact.canonical
    }
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
