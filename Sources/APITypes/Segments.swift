/// A filter that is kept, with its routine if it has one.
package struct SegmentDocument: Codable, Hashable, Sendable, Identifiable {
  package var id: Int32
  package var name: String
  package var purpose: String?
  /// Who answers for it.
  package var owner: Reference?
  /// With the names that tags have now.
  package var filter: String
  package var routine: RoutineDocument?
  package var revision: Int64
  /// How many are in it now; only where one segment is shown.
  package var customers: Int?
  /// What fell due last.
  package var list: WorkListDocument?

  package init(
    id: Int32, name: String, purpose: String?, owner: Reference?, filter: String,
    routine: RoutineDocument?, revision: Int64, customers: Int? = nil,
    list: WorkListDocument? = nil
  ) {
    self.id = id
    self.name = name
    self.purpose = purpose
    self.owner = owner
    self.filter = filter
    self.routine = routine
    self.revision = revision
    self.customers = customers
    self.list = list
  }
}

/// When a segment falls due, and whose work it is.
package struct RoutineDocument: Codable, Hashable, Sendable {
  /// `daily`, `weekly` or `interval`.
  package var rhythm: String
  /// `mon` to `sun`, of a weekly one.
  package var weekdays: [String]?
  /// Every so many days, of an interval.
  package var days: Int?
  /// A day on which the interval falls due, `2026-11-22`.
  package var from: String?
  /// `08:00`, in the time zone.
  package var time: String
  /// Such as `America/Sao_Paulo`.
  package var zone: String
  /// Nil for whoever may work lists.
  package var role: Reference?
  /// When it falls due next; RFC 3339 in UTC.
  package var next: String?

  package init(
    rhythm: String, weekdays: [String]?, days: Int?, from: String?, time: String, zone: String,
    role: Reference?, next: String?
  ) {
    self.rhythm = rhythm
    self.weekdays = weekdays
    self.days = days
    self.from = from
    self.time = time
    self.zone = zone
    self.role = role
    self.next = next
  }
}

/// How far the work on the list of a day is.
package struct WorkListDocument: Codable, Hashable, Sendable {
  package var day: String
  /// When it fell due; RFC 3339 in UTC.
  package var due: String
  /// The event with which it begins.
  package var seq: Int64
  package var customers: Int
  /// How many matched; more than are on the list where there were too many for one.
  package var matched: Int
  package var open: Int
  package var taken: Int
  package var done: Int
  package var skipped: Int

  package init(
    day: String, due: String, seq: Int64, customers: Int, matched: Int, open: Int, taken: Int,
    done: Int, skipped: Int
  ) {
    self.day = day
    self.due = due
    self.seq = seq
    self.customers = customers
    self.matched = matched
    self.open = open
    self.taken = taken
    self.done = done
    self.skipped = skipped
  }
}

/// A new segment, or what changes of one: what is absent stays as it is.
package struct SegmentDraft: Codable, Hashable, Sendable {
  package var name: String?
  package var purpose: String?
  package var owner: Int32?
  package var filter: String?
  package var routine: RoutineDraft?
  /// Whether the routine is taken away: it is sent as null, since an absent one stays.
  package var clearsRoutine = false
  package var reason: String?
  package var dryRun: Bool?

  package init(
    name: String? = nil, purpose: String? = nil, owner: Int32? = nil, filter: String? = nil,
    routine: RoutineDraft? = nil, clearsRoutine: Bool = false, reason: String? = nil,
    dryRun: Bool? = nil
  ) {
    self.name = name
    self.purpose = purpose
    self.owner = owner
    self.filter = filter
    self.routine = routine
    self.clearsRoutine = clearsRoutine
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case name, purpose, owner, filter, routine, reason
    case dryRun = "dry_run"
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(name, forKey: .name)
    try container.encodeIfPresent(purpose, forKey: .purpose)
    try container.encodeIfPresent(owner, forKey: .owner)
    try container.encodeIfPresent(filter, forKey: .filter)
    try container.encodeIfPresent(routine, forKey: .routine)
    if clearsRoutine { try container.encodeNil(forKey: .routine) }
    try container.encodeIfPresent(reason, forKey: .reason)
    try container.encodeIfPresent(dryRun, forKey: .dryRun)
  }
}

/// A routine as somebody asks for it: `weekdays` or `days`, or neither for every day.
package struct RoutineDraft: Codable, Hashable, Sendable {
  package var weekdays: [String]?
  package var days: Int?
  /// Absent for today.
  package var from: String?
  package var time: String
  /// Absent for the shop's.
  package var zone: String?
  /// By name or id.
  package var role: String?

  package init(
    weekdays: [String]? = nil, days: Int? = nil, from: String? = nil, time: String,
    zone: String? = nil, role: String? = nil
  ) {
    self.weekdays = weekdays
    self.days = days
    self.from = from
    self.time = time
    self.zone = zone
    self.role = role
  }
}

package struct SegmentReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  package var segment: SegmentDocument

  package init(seq: [Int64]?, command: String, dryRun: Bool, segment: SegmentDocument) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.segment = segment
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case segment
  }
}

/// Answer to making the ready segments of a language.
package struct SegmentsReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  package var segments: [SegmentDocument]
  /// Those that were not made: the name is taken, or a tag that they ask for is missing.
  package var skipped: [String]

  package init(
    seq: [Int64]?, command: String, dryRun: Bool, segments: [SegmentDocument], skipped: [String]
  ) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.segments = segments
    self.skipped = skipped
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case segments, skipped
  }
}

/// One customer in a segment.
package struct SegmentMember: Codable, Hashable, Sendable, Identifiable {
  package var id: Int32
  package var name: String?

  package init(id: Int32, name: String?) {
    self.id = id
    self.name = name
  }
}

// MARK: - Work

/// One customer of a list that fell due, and what has been done about them.
package struct WorkItemDocument: Codable, Hashable, Sendable {
  package var segment: Reference
  package var day: String
  package var customer: Reference
  /// `open`, `taken`, `done` or `skipped`.
  package var state: String
  package var takenBy: Reference?
  package var takenAt: String?
  /// Who has done or skipped it.
  package var settledBy: Reference?
  package var settledAt: String?

  package init(
    segment: Reference, day: String, customer: Reference, state: String, takenBy: Reference?,
    takenAt: String?, settledBy: Reference?, settledAt: String?
  ) {
    self.segment = segment
    self.day = day
    self.customer = customer
    self.state = state
    self.takenBy = takenBy
    self.takenAt = takenAt
    self.settledBy = settledBy
    self.settledAt = settledAt
  }

  package enum CodingKeys: String, CodingKey {
    case segment, day, customer, state
    case takenBy = "taken_by"
    case takenAt = "taken_at"
    case settledBy = "settled_by"
    case settledAt = "settled_at"
  }
}

/// Customers of a list, about whom something is done.
package struct WorkDraft: Codable, Hashable, Sendable {
  package var segment: Int32
  package var customers: [Int32]
  package var reason: String?
  package var dryRun: Bool?

  package init(segment: Int32, customers: [Int32], reason: String? = nil, dryRun: Bool? = nil) {
    self.segment = segment
    self.customers = customers
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case segment, customers, reason
    case dryRun = "dry_run"
  }
}

package struct WorkReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  package var changed: Int
  package var unchanged: Int
  package var list: WorkListDocument

  package init(
    seq: [Int64]?, command: String, dryRun: Bool, changed: Int, unchanged: Int,
    list: WorkListDocument
  ) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.changed = changed
    self.unchanged = unchanged
    self.list = list
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case changed, unchanged, list
  }
}

extension Paths {
  package static let segments = "/v1/segments"
  package static let work = "/v1/work"
  package static let rfm = "/v1/rfm"
  package static let rfmCustomers = "/v1/rfm/customers"

  package static func segment(_ id: Int32) -> String { "\(segments)/\(id)" }
  package static func segmentCustomers(_ id: Int32) -> String { "\(segment(id))/customers" }
  /// `language`: `pt`, `fr` or `en`.
  package static func readySegments(_ language: String) -> String {
    "/v1/ready-segments/\(segment(language))"
  }
  /// `act`: `take`, `done`, `skip` or `reopen`.
  package static func work(_ act: String) -> String { "\(work)/\(act)" }
}

/// How the ready segments of a language are to be made.
package struct ReadySegmentsDraft: Codable, Hashable, Sendable {
  package var time: String?
  package var zone: String?
  package var role: String?
  package var reason: String?
  package var dryRun: Bool?

  package init(
    time: String? = nil, zone: String? = nil, role: String? = nil, reason: String? = nil,
    dryRun: Bool? = nil
  ) {
    self.time = time
    self.zone = zone
    self.role = role
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case time, zone, role, reason
    case dryRun = "dry_run"
  }
}
