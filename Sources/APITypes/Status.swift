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
  /// What others check the ledger's signatures with: `name+id+key` (C2SP signed-note).
  package var verifierKey: String
  /// How many events the last checkpoint covers; absent where none can be trusted.
  package var signed: Int64?
  package var scrub: Scrub
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

  /// How far the daemon has looked through the log by itself.
  package struct Scrub: Codable, Hashable, Sendable {
    /// The events looked at in this pass.
    package var position: Int64
    /// How often the end has been reached.
    package var passes: Int64
    /// When it last was; absent before the first time.
    package var finished: String?

    package init(position: Int64, passes: Int64, finished: String?) {
      self.position = position
      self.passes = passes
      self.finished = finished
    }
  }

  package init(
    origin: String, version: String, position: Int64, root: String, tags: Int, archivedTags: Int,
    customers: Int, memberships: Int, verifierKey: String, signed: Int64?, scrub: Scrub,
    readOnly: Bool, reason: String?, viewsPosition: Int64, jobs: Int, dataDirectory: String,
    founder: UInt32, uptime: Int64, advice: [Warning]
  ) {
    self.origin = origin
    self.version = version
    self.position = position
    self.root = root
    self.tags = tags
    self.archivedTags = archivedTags
    self.customers = customers
    self.memberships = memberships
    self.verifierKey = verifierKey
    self.signed = signed
    self.scrub = scrub
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
    case verifierKey = "verifier_key"
    case signed, scrub
    case readOnly = "read_only"
    case reason
    case viewsPosition = "views_position"
    case jobs
    case dataDirectory = "data_directory"
    case founder, uptime, advice
  }
}
