/// Body of `POST /v1/tags/{id}/apply` and `/remove`.
package struct MembershipDraft: Codable, Hashable, Sendable {
  /// Those who are named; absent where a filter says who.
  package var customers: [Int32]?
  /// Everybody who matches it when the command is taken.
  package var filter: String?
  /// Belongs to the application (a tracking number, an estimate); only for `apply`.
  package var details: [String: String]?
  package var reason: String?
  package var dryRun: Bool?

  package init(
    customers: [Int32]? = nil, filter: String? = nil, details: [String: String]? = nil,
    reason: String? = nil, dryRun: Bool? = nil
  ) {
    self.customers = customers
    self.filter = filter
    self.details = details
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case customers, filter, details, reason
    case dryRun = "dry_run"
  }
}

/// One customer's one tag, from when to when.
package struct Tenure: Codable, Hashable, Sendable {
  package var tag: Reference
  package var customer: Reference
  /// RFC 3339 in UTC; when it happened, which for an import is earlier than when it was recorded.
  package var since: String
  package var sinceSeq: Int64
  /// Nil while the customer has the tag.
  package var until: String?
  package var untilSeq: Int64?
  /// The actor who applied it.
  package var by: String
  package var endedBy: String?
  package var why: Why
  package var details: [String: String]?

  package init(
    tag: Reference, customer: Reference, since: String, sinceSeq: Int64, until: String? = nil,
    untilSeq: Int64? = nil, by: String, endedBy: String? = nil, why: Why,
    details: [String: String]? = nil
  ) {
    self.tag = tag
    self.customer = customer
    self.since = since
    self.sinceSeq = sinceSeq
    self.until = until
    self.untilSeq = untilSeq
    self.by = by
    self.endedBy = endedBy
    self.why = why
    self.details = details
  }

  package enum CodingKeys: String, CodingKey {
    case tag, customer, since
    case sinceSeq = "since_seq"
    case until
    case untilSeq = "until_seq"
    case by
    case endedBy = "ended_by"
    case why, details
  }
}

/// Why a customer has a tag.
package struct Why: Codable, Hashable, Sendable {
  package enum Kind: String, Codable, Sendable {
    case hand
    case `import`
    /// A rule, in one of its versions.
    case rule
    /// The tag it was has been merged into this one.
    case tagMerge = "tag_merge"
    /// The customer who had it has been merged into this one.
    case customerMerge = "customer_merge"
    /// A command has been undone.
    case undo
    /// Another tag of the same set has come; only of what is lost.
    case set
    /// The tag has been deleted; only of what is lost.
    case deletion
  }

  package var kind: Kind
  /// The imported file.
  package var file: String?
  /// Whom the imported file names.
  package var `operator`: String?
  package var reason: String?
  package var rule: Int32?
  package var version: Int64?

  package init(
    kind: Kind, file: String? = nil, operator: String? = nil, reason: String? = nil
  ) {
    self.kind = kind
    self.file = file
    self.operator = `operator`
    self.reason = reason
  }
}
