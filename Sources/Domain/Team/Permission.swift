/// One thing that somebody may do. The raw values are formats: they stand in roles, in the log and on the wire.
package enum Permission: String, CaseIterable, Hashable, Sendable {
  case tagsRead = "tags:read"
  case tagsCreate = "tags:create"
  case tagsRename = "tags:rename"
  case tagsRevise = "tags:revise"
  case tagsMerge = "tags:merge"
  case tagsArchive = "tags:archive"
  case tagsDelete = "tags:delete"
  case tagsApply = "tags:apply"
  case tagsRemove = "tags:remove"
  case customersRead = "customers:read"
  case customersWrite = "customers:write"
  case customersImport = "customers:import"
  case customersExport = "customers:export"
  case customersErase = "customers:erase"
  /// Recording what customers have done: orders, messages, enquiries, complaints.
  case factsWrite = "facts:write"
  case rulesRead = "rules:read"
  case rulesWrite = "rules:write"
  case segmentsRead = "segments:read"
  case segmentsWrite = "segments:write"
  case segmentsWork = "segments:work"
  case changesRead = "changes:read"
  case changesExport = "changes:export"
  case logRead = "log:read"
  case logVerify = "log:verify"
  case teamRead = "team:read"
  case teamManage = "team:manage"
  /// Jobs of others, rebuilding, webhooks, backups, limits.
  case serviceManage = "service:manage"

  /// What stands before the colon.
  package var resource: String {
    String(rawValue.prefix { $0 != ":" })
  }

  /// Whether it changes tags or who has them, so that a grant may limit it to categories.
  package var isOfCategory: Bool {
    resource == "tags" && self != .tagsRead
  }

  /// Whether it only looks, so that a grant limited to categories gives it whole.
  package var isReading: Bool {
    rawValue.hasSuffix(":read")
  }

  /// Whether refusing it is recorded: it concerns the team, the rules or erasing a person.
  package var isRecordedWhenRefused: Bool {
    self == .teamManage || self == .rulesWrite || self == .customersErase
  }
}
