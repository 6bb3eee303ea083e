/// A tag as it stands.
package struct TagDocument: Codable, Hashable, Sendable {
  package var id: Int32
  package var name: String
  /// What stands before the first `-` of the name.
  package var category: String?
  /// `#rrggbb`.
  package var color: String
  /// The place in the palette of twenty, when the colour is one of them.
  package var palette: Int?
  /// When the tag applies, in words.
  package var criterion: String?
  package var followUp: String?
  /// The set of which a customer holds one tag at a time.
  package var set: String?
  /// The last day of a campaign, `YYYY-MM-DD`.
  package var ends: String?
  package var archived: Bool
  /// The tag that this one was merged into; such a tag is listed nowhere any more.
  package var mergedInto: Int32?
  /// Names of tags merged into this one, under which it is still found.
  package var aliases: [String]
  /// How many customers have it.
  package var customers: Int
  /// How often it has been used; absent where it never was.
  package var use: TagUseReport?
  /// The `seq` of the last change to the tag itself; the `ETag` of the resource.
  package var revision: Int64

  package init(
    id: Int32, name: String, category: String? = nil, color: String, palette: Int? = nil,
    criterion: String? = nil, followUp: String? = nil, set: String? = nil, ends: String? = nil,
    archived: Bool = false, mergedInto: Int32? = nil, aliases: [String] = [], customers: Int = 0,
    use: TagUseReport? = nil, revision: Int64
  ) {
    self.id = id
    self.name = name
    self.category = category
    self.color = color
    self.palette = palette
    self.criterion = criterion
    self.followUp = followUp
    self.set = set
    self.ends = ends
    self.archived = archived
    self.mergedInto = mergedInto
    self.aliases = aliases
    self.customers = customers
    self.use = use
    self.revision = revision
  }

  package enum CodingKeys: String, CodingKey {
    case id, name, category, color, palette, criterion
    case followUp = "follow_up"
    case set, ends, archived
    case mergedInto = "merged_into"
    case aliases, customers, use, revision
  }
}

/// How often a tag has been used in filters and exports: recorded in aggregate, at most once a day.
package struct TagUseReport: Codable, Hashable, Sendable {
  package var filters: Int64
  package var exports: Int64
  /// When a use was last recorded; RFC 3339 in UTC.
  package var last: String

  package init(filters: Int64, exports: Int64, last: String) {
    self.filters = filters
    self.exports = exports
    self.last = last
  }
}

/// Body of `POST /v1/tags` and, with every field optional, of `PATCH /v1/tags/{id}`.
///
/// A field that is absent takes its default or stays as it is; an empty text clears it.
package struct TagDraft: Codable, Hashable, Sendable {
  package var name: String?
  /// `#rrggbb`, or `0` to `19` for a colour of the palette; absent: one at random.
  package var color: String?
  package var criterion: String?
  package var followUp: String?
  package var set: String?
  package var ends: String?
  package var reason: String?
  package var dryRun: Bool?

  package init(
    name: String? = nil, color: String? = nil, criterion: String? = nil, followUp: String? = nil,
    set: String? = nil, ends: String? = nil, reason: String? = nil, dryRun: Bool? = nil
  ) {
    self.name = name
    self.color = color
    self.criterion = criterion
    self.followUp = followUp
    self.set = set
    self.ends = ends
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case name, color, criterion
    case followUp = "follow_up"
    case set, ends, reason
    case dryRun = "dry_run"
  }
}

/// Body of `POST /v1/tags/{id}/archive`, `/restore` and of `POST /v1/starter-sets/{language}`.
package struct ReasonDraft: Codable, Hashable, Sendable {
  package var reason: String?
  package var dryRun: Bool?

  package init(reason: String? = nil, dryRun: Bool? = nil) {
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case reason
    case dryRun = "dry_run"
  }
}

/// Body of `POST /v1/categories/{name}/recolor`.
package struct RecolorDraft: Codable, Hashable, Sendable {
  package var color: String
  package var reason: String?
  package var dryRun: Bool?

  package init(color: String, reason: String? = nil, dryRun: Bool? = nil) {
    self.color = color
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case color, reason
    case dryRun = "dry_run"
  }
}

/// Body of `POST /v1/tags/{id}/merge`.
package struct TagMergeDraft: Codable, Hashable, Sendable {
  /// What becomes of the merged tag's name.
  package enum Name: String, Codable, Sendable {
    case alias
    case released
  }

  package var into: Int32
  package var name: Name?
  /// When given, the merge is refused if the tag that goes has changed since.
  package var sourceRevision: Int64?
  /// When given, the merge is refused if the tag that stays has changed since.
  package var targetRevision: Int64?
  package var reason: String?
  package var dryRun: Bool?

  package init(
    into: Int32, name: Name? = nil, sourceRevision: Int64? = nil, targetRevision: Int64? = nil,
    reason: String? = nil, dryRun: Bool? = nil
  ) {
    self.into = into
    self.name = name
    self.sourceRevision = sourceRevision
    self.targetRevision = targetRevision
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case into, name
    case sourceRevision = "source_revision"
    case targetRevision = "target_revision"
    case reason
    case dryRun = "dry_run"
  }
}
