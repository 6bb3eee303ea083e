package import Domain

/// What one batch of the log hands to the views.
package struct ViewsBatch: Sendable {
  /// The events, in the order of the log and without gaps.
  package var events: [RecordedEvent]
  /// The state right before the first of them, which may be without facts: a merge or a deletion concerns
  /// all who had the tag.
  package let before: Snapshot
  /// What the customer events among them say for the directory, by their seq.
  package var directory: [Int64: DirectoryFields]

  package init(events: [RecordedEvent], before: Snapshot, directory: [Int64: DirectoryFields] = [:])
  {
    self.events = events
    self.before = before
    self.directory = directory
  }
}

/// What one customer event says for the directory, from its sealed fields.
package struct DirectoryFields: Hashable, Sendable {
  /// Nil where the event does not touch the name; empty where it is cleared.
  package var name: String?
  package var lookups: LookupChanges

  package init(name: String? = nil, lookups: LookupChanges = LookupChanges()) {
    self.name = name
    self.lookups = lookups
  }
}
