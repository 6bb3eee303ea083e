/// A customer as they are known.
package struct CustomerDocument: Codable, Hashable, Sendable {
  package var id: Int32
  package var name: String?
  /// E.164.
  package var phone: String?
  package var notes: String?
  package var attributes: [String]
  package var needs: [String]
  /// Their id in another system.
  package var ref: String?
  /// Where they came from.
  package var channel: String?
  package var tags: [Reference]?
  /// What follows from their orders and messages; nil where nothing is known of them.
  package var figures: FiguresDocument?
  /// In a list that is sorted by a figure: that figure as an export writes it, money in whole units,
  /// shares in per cent; nil where they lack it.
  package var figure: String?
  package var mergedInto: Int32?
  /// RFC 3339 in UTC.
  package var registered: String?
  /// When the person behind the number was erased; RFC 3339 in UTC.
  package var erased: String?
  /// The `seq` of the last change to the customer themselves; the `ETag` of the resource.
  package var revision: Int64

  package init(
    id: Int32, name: String? = nil, phone: String? = nil, notes: String? = nil,
    attributes: [String] = [], needs: [String] = [], ref: String? = nil, channel: String? = nil,
    tags: [Reference]? = nil, mergedInto: Int32? = nil, registered: String? = nil,
    erased: String? = nil, revision: Int64
  ) {
    self.id = id
    self.name = name
    self.phone = phone
    self.notes = notes
    self.attributes = attributes
    self.needs = needs
    self.ref = ref
    self.channel = channel
    self.tags = tags
    self.mergedInto = mergedInto
    self.registered = registered
    self.erased = erased
    self.revision = revision
  }

  package enum CodingKeys: String, CodingKey {
    case id, name, phone, notes, attributes, needs, ref, channel, tags, figures, figure
    case mergedInto = "merged_into"
    case registered, erased, revision
  }
}

/// Body of `POST /v1/customers` and `PATCH /v1/customers/{id}`.
///
/// A field that is absent stays as it is; an empty text or list clears it.
package struct CustomerDraft: Codable, Hashable, Sendable {
  package var name: String?
  package var phone: String?
  package var notes: String?
  package var attributes: [String]?
  package var needs: [String]?
  package var ref: String?
  package var channel: String?
  package var reason: String?
  package var dryRun: Bool?

  package init(
    name: String? = nil, phone: String? = nil, notes: String? = nil, attributes: [String]? = nil,
    needs: [String]? = nil, ref: String? = nil, channel: String? = nil, reason: String? = nil,
    dryRun: Bool? = nil
  ) {
    self.name = name
    self.phone = phone
    self.notes = notes
    self.attributes = attributes
    self.needs = needs
    self.ref = ref
    self.channel = channel
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case name, phone, notes, attributes, needs, ref, channel, reason
    case dryRun = "dry_run"
  }
}

/// Body of `POST /v1/customers/{id}/merge`.
package struct CustomerMergeDraft: Codable, Hashable, Sendable {
  package var into: Int32
  package var reason: String?
  package var dryRun: Bool?

  package init(into: Int32, reason: String? = nil, dryRun: Bool? = nil) {
    self.into = into
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case into, reason
    case dryRun = "dry_run"
  }
}
