/// Answer of `GET /v1/status`.
package struct Status: Codable, Hashable, Sendable {
  package var origin: String
  package var version: String
  /// The `seq` of the last event.
  package var position: Int64
  /// The Merkle root over all events up to `position`, in hex.
  package var root: String
  package var tags: Int
  package var archivedTags: Int
  package var customers: Int
  package var memberships: Int
  package var readOnly: Bool
  /// Why the ledger takes no commands.
  package var reason: String?
  /// How far the views have read.
  package var viewsPosition: Int64
  /// Jobs that are running.
  package var jobs: Int
  package var dataDirectory: String
  /// The uid of the user who may do everything, beside root.
  package var founder: UInt32
  /// Seconds since the daemon was ready.
  package var uptime: Int64
  package var advice: [Warning]

  package init(
    origin: String, version: String, position: Int64, root: String, tags: Int, archivedTags: Int,
    customers: Int, memberships: Int, readOnly: Bool, reason: String?, viewsPosition: Int64,
    jobs: Int, dataDirectory: String, founder: UInt32, uptime: Int64, advice: [Warning]
  ) {
    self.origin = origin
    self.version = version
    self.position = position
    self.root = root
    self.tags = tags
    self.archivedTags = archivedTags
    self.customers = customers
    self.memberships = memberships
    self.readOnly = readOnly
    self.reason = reason
    self.viewsPosition = viewsPosition
    self.jobs = jobs
    self.dataDirectory = dataDirectory
    self.founder = founder
    self.uptime = uptime
    self.advice = advice
  }

  package enum CodingKeys: String, CodingKey {
    case origin, version, position, root, tags
    case archivedTags = "archived_tags"
    case customers, memberships
    case readOnly = "read_only"
    case reason
    case viewsPosition = "views_position"
    case jobs
    case dataDirectory = "data_directory"
    case founder, uptime, advice
  }
}
