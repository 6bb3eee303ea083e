/// What every answer to a change carries.
package protocol Receipt: Codable, Hashable, Sendable {
  /// The first and the last `seq` of the events that the command made; nil when nothing changed,
  /// and in the preview of a dry run.
  var seq: [Int64]? { get }
  /// The UUIDv7 of the command, shared by its events.
  var command: String { get }
  /// Whether this only tells what would happen.
  var dryRun: Bool { get }
}

/// Something an operator may overrule: a name without a category, a word too general, too many tags.
package struct Warning: Codable, Hashable, Sendable {
  package var code: String
  package var detail: String

  package init(code: String, detail: String) {
    self.code = code
    self.detail = detail
  }
}

/// Answer to creating, changing, archiving and restoring one tag.
package struct TagReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  package var tag: TagDocument
  package var warnings: [Warning]

  package init(
    seq: [Int64]?, command: String, dryRun: Bool, tag: TagDocument, warnings: [Warning]
  ) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.tag = tag
    self.warnings = warnings
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case tag, warnings
  }
}

/// Answer to a starter set and to recolouring a category.
package struct TagsReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  /// The tags that were created or changed.
  package var tags: [TagDocument]
  /// Names of a starter set that were there already.
  package var skipped: [String]
  package var warnings: [Warning]

  package init(
    seq: [Int64]?, command: String, dryRun: Bool, tags: [TagDocument], skipped: [String] = [],
    warnings: [Warning] = []
  ) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.tags = tags
    self.skipped = skipped
    self.warnings = warnings
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case tags, skipped, warnings
  }
}

/// Answer to deleting a tag.
package struct DeleteReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  /// How many customers lost it.
  package var customers: Int

  package init(seq: [Int64]?, command: String, dryRun: Bool, customers: Int) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.customers = customers
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case customers
  }
}

/// Answer to merging two tags or two customers.
package struct MergeReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  package var source: Int32
  package var target: Int32
  /// How many memberships went over to the target.
  package var moved: Int
  /// How many the target had already.
  package var collapsed: Int
  /// How many customers lost another tag of the target's set.
  package var displaced: Int
  /// As a preview tells them, they are what a merge names to be sure that nothing has changed since.
  package var sourceRevision: Int64
  package var targetRevision: Int64

  package init(
    seq: [Int64]?, command: String, dryRun: Bool, source: Int32, target: Int32, moved: Int,
    collapsed: Int, displaced: Int, sourceRevision: Int64, targetRevision: Int64
  ) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.source = source
    self.target = target
    self.moved = moved
    self.collapsed = collapsed
    self.displaced = displaced
    self.sourceRevision = sourceRevision
    self.targetRevision = targetRevision
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case source, target, moved, collapsed, displaced
    case sourceRevision = "source_revision"
    case targetRevision = "target_revision"
  }
}

/// Answer to applying a tag to some customers, or taking it off them.
package struct MembershipReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  /// How many got the tag, or other details of it; 0 in an answer to a removal.
  package var applied: Int
  /// How many lost it; 0 in an answer to an application.
  package var removed: Int
  /// How many had it (or lacked it) already.
  package var unchanged: Int
  /// How many lost another tag of the same set.
  package var displaced: Int

  package init(
    seq: [Int64]?, command: String, dryRun: Bool, applied: Int, removed: Int, unchanged: Int,
    displaced: Int
  ) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.applied = applied
    self.removed = removed
    self.unchanged = unchanged
    self.displaced = displaced
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case applied, removed, unchanged, displaced
  }
}

/// Answer to registering and revising a customer.
package struct CustomerReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  package var customer: CustomerDocument

  package init(seq: [Int64]?, command: String, dryRun: Bool, customer: CustomerDocument) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.customer = customer
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case customer
  }
}
