/// Work that takes longer than a request.
package struct Job: Codable, Hashable, Sendable, Identifiable {
  package enum Kind: String, Codable, Sendable, CaseIterable {
    case apply
    case remove
    case importCustomers = "import_customers"
    case importMemberships = "import_memberships"
    case importHistory = "import_history"
    case importOrders = "import_orders"
    case rebuild
    case verify
    case erase
    case backup
  }

  package enum State: String, Codable, Sendable, CaseIterable {
    case running
    case stopped
    case done
    case failed
  }

  package var id: String
  package var kind: Kind
  package var state: State
  package var done: Int64
  /// Nil while it is not known.
  package var total: Int64?
  /// What is counted: `rows`, `events`, `customers`.
  package var unit: String
  package var actor: String
  /// Whether this only tells what would happen.
  package var dryRun: Bool
  /// Whether an undo of its id can set back what it has done.
  package var undoable: Bool?
  /// RFC 3339 in UTC.
  package var started: String
  package var finished: String?
  /// Figures by name, as the kind of job has them: `applied`, `unchanged`, `refused`, …
  package var result: [String: JSONValue]
  package var problem: ProblemDocument?

  package init(
    id: String, kind: Kind, state: State, done: Int64, total: Int64?, unit: String, actor: String,
    dryRun: Bool = false, undoable: Bool? = nil, started: String, finished: String? = nil,
    result: [String: JSONValue] = [:],
    problem: ProblemDocument? = nil
  ) {
    self.id = id
    self.kind = kind
    self.state = state
    self.done = done
    self.total = total
    self.unit = unit
    self.actor = actor
    self.dryRun = dryRun
    self.undoable = undoable
    self.started = started
    self.finished = finished
    self.result = result
    self.problem = problem
  }

  package enum CodingKeys: String, CodingKey {
    case id, kind, state, done, total, unit, actor
    case dryRun = "dry_run"
    case undoable, started, finished, result, problem
  }
}
