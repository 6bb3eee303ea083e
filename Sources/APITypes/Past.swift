/// A moment as it was found in the log.
package struct PastMoment: Codable, Hashable, Sendable {
  /// The last event that counts; 0 before the first.
  package var seq: Int64
  /// When that was recorded.
  package var time: String?

  package init(seq: Int64, time: String? = nil) {
    self.seq = seq
    self.time = time
  }
}

/// Answer to `GET /v1/customers/{id}/tags/{tag}/why`.
package struct Explanation: Codable, Hashable, Sendable {
  package var customer: Reference
  package var tag: Reference
  /// Whether the customer has the tag.
  package var held: Bool
  /// In the language of `Accept-Language`.
  package var sentence: String
  /// From the event by which they got it last, back to the one that it all began with.
  package var chain: [Change]
  /// Every time it was got and lost, in order.
  package var turns: [Turn]

  package struct Turn: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Sendable {
      case gained
      case lost
    }

    package var kind: Kind
    package var why: Why
    package var change: Change
    /// What made it follow, where that was another event.
    package var cause: Change?

    package init(kind: Kind, why: Why, change: Change, cause: Change?) {
      self.kind = kind
      self.why = why
      self.change = change
      self.cause = cause
    }
  }

  package init(
    customer: Reference, tag: Reference, held: Bool, sentence: String, chain: [Change],
    turns: [Turn]
  ) {
    self.customer = customer
    self.tag = tag
    self.held = held
    self.sentence = sentence
    self.chain = chain
    self.turns = turns
  }
}

/// What a tag has become between two moments.
package struct TagDifference: Codable, Hashable, Sendable {
  package var tag: Reference
  /// Such as `created`, `renamed`, `merged`.
  package var changes: [String]
  package var before: [String: JSONValue]
  package var after: [String: JSONValue]
  /// How many customers have it who did not.
  package var gained: Int
  package var lost: Int
  /// The first of them.
  package var gainedCustomers: [Reference]
  package var lostCustomers: [Reference]

  package init(
    tag: Reference, changes: [String], before: [String: JSONValue], after: [String: JSONValue],
    gained: Int, lost: Int, gainedCustomers: [Reference], lostCustomers: [Reference]
  ) {
    self.tag = tag
    self.changes = changes
    self.before = before
    self.after = after
    self.gained = gained
    self.lost = lost
    self.gainedCustomers = gainedCustomers
    self.lostCustomers = lostCustomers
  }

  package enum CodingKeys: String, CodingKey {
    case tag, changes, before, after, gained, lost
    case gainedCustomers = "gained_customers"
    case lostCustomers = "lost_customers"
  }
}

/// What a customer has become between two moments.
package struct CustomerDifference: Codable, Hashable, Sendable {
  package var customer: Reference
  /// Of `registered`, `revised`, `merged`, `unmerged`.
  package var changes: [String]
  package var mergedInto: Int32?
  package var gained: [Reference]
  package var lost: [Reference]

  package init(
    customer: Reference, changes: [String], mergedInto: Int32?, gained: [Reference],
    lost: [Reference]
  ) {
    self.customer = customer
    self.changes = changes
    self.mergedInto = mergedInto
    self.gained = gained
    self.lost = lost
  }

  package enum CodingKeys: String, CodingKey {
    case customer, changes
    case mergedInto = "merged_into"
    case gained, lost
  }
}
