/// Everything known of one person: the answer to what somebody may ask about themselves.
package struct CustomerReport: Codable, Hashable, Sendable {
  /// RFC 3339 in UTC.
  package var made: String
  /// The last event that it takes into account.
  package var position: Int64
  package var origin: String
  package var customer: CustomerDocument
  /// Customers who were merged into them, who are the same person.
  package var merged: [Int32]
  package var fields: [FieldHistory]
  /// Those they have and those they had.
  package var tags: [Tenure]
  /// Names of files that told of them.
  package var files: [String]
  /// Every event about them, as anybody may see it.
  package var events: [JSONValue]

  /// What one personal field has been.
  package struct FieldHistory: Codable, Hashable, Sendable {
    package var field: String
    package var values: [Value]

    package init(field: String, values: [Value]) {
      self.field = field
      self.values = values
    }
  }

  package struct Value: Codable, Hashable, Sendable {
    package var customer: Int32
    package var seq: Int64
    /// RFC 3339 in UTC.
    package var at: String
    package var actor: String
    /// Absent where the field was cleared.
    package var value: String?

    package init(customer: Int32, seq: Int64, at: String, actor: String, value: String?) {
      self.customer = customer
      self.seq = seq
      self.at = at
      self.actor = actor
      self.value = value
    }
  }

  package init(
    made: String, position: Int64, origin: String, customer: CustomerDocument, merged: [Int32],
    fields: [FieldHistory], tags: [Tenure], files: [String], events: [JSONValue]
  ) {
    self.made = made
    self.position = position
    self.origin = origin
    self.customer = customer
    self.merged = merged
    self.fields = fields
    self.tags = tags
    self.files = files
    self.events = events
  }
}

/// Body of `POST /v1/backups`.
package struct BackupDraft: Codable, Hashable, Sendable {
  /// An absolute path on the daemon's machine that is not there yet.
  package var directory: String
  /// Where the keys go instead of `keys` within it.
  package var keys: String?

  package init(directory: String, keys: String? = nil) {
    self.directory = directory
    self.keys = keys
  }
}
