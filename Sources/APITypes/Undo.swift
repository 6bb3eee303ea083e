/// Answer to an undo.
package struct UndoReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  /// The command that has been undone.
  package var undone: String
  /// How many events of each type undo it.
  package var events: [String: Int]
  /// How much is not set back.
  package var leftAlone: Int
  /// The first of what is not set back.
  package var left: [LeftAlone]

  package init(
    seq: [Int64]?, command: String, dryRun: Bool, undone: String, events: [String: Int],
    leftAlone: Int, left: [LeftAlone]
  ) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.undone = undone
    self.events = events
    self.leftAlone = leftAlone
    self.left = left
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case undone, events
    case leftAlone = "left_alone"
    case left
  }
}

/// Something that an undo leaves as it is, and why.
package struct LeftAlone: Codable, Hashable, Sendable {
  package enum Why: String, Codable, Sendable {
    case changed
    case nameTaken = "name_taken"
    case keyTaken = "key_taken"
    case setHeld = "set_held"
    case tagInUse = "tag_in_use"
    case tagArchived = "tag_archived"
    case registered
    case erased
    case ruleRemoved = "rule_removed"
  }

  package var tag: Reference?
  package var customer: Reference?
  package var why: Why
  /// The last event that has changed it, and by whom.
  package var seq: Int64?
  package var by: String?
  /// In the language of `Accept-Language`.
  package var sentence: String

  package init(
    tag: Reference?, customer: Reference?, why: Why, seq: Int64? = nil, by: String? = nil,
    sentence: String
  ) {
    self.tag = tag
    self.customer = customer
    self.why = why
    self.seq = seq
    self.by = by
    self.sentence = sentence
  }
}
