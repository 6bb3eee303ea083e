import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

/// Filters that are kept (F5).
extension API {
  static let segmentRoutes = [
    Route(.get, "/v1/segments", needs: .segmentsRead) { try await $0.listSegments($1) },
    Route(.post, "/v1/segments", needs: .segmentsWrite) { try await $0.createSegment($1) },
    Route(.get, "/v1/segments/{id}", needs: .segmentsRead) { try await $0.showSegment($1) },
    Route(.patch, "/v1/segments/{id}", needs: .segmentsWrite) { try await $0.reviseSegment($1) },
    Route(.delete, "/v1/segments/{id}", needs: .segmentsWrite) { try await $0.removeSegment($1) },
    Route(.get, "/v1/segments/{id}/customers", needs: .customersRead) {
      try await $0.listSegmentMembers($1)
    },
    Route(.post, "/v1/ready-segments/{language}", needs: .segmentsWrite) {
      try await $0.adoptReadySegments($1)
    },
  ]

  // MARK: Reading

  private func listSegments(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(Paging.names.union(["name", "as_of"]))
    let paging = try Paging(query, of: .segments, most: pageLimit, filter: ["name", "as_of"])
    let sight = try await sight(exchange, query)
    let wanted = query["name"].map { NameKey($0) }
    let found = sight.state.segments.listed.filter { segment in
      Int64(segment.id.rawValue) > paging.after ?? 0
        && wanted.map { NameKey(segment.terms.name) == $0 } ?? true
    }
    let page = found.prefix(paging.limit)
    return try exchange.answer(
      List(
        items: page.map { document($0, in: sight.state) },
        next: found.count > page.count ? paging.cursor(Int64(page.last!.id.rawValue)) : nil,
        position: sight.state.position, past: sight.past))
  }

  private func showSegment(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["as_of"])
    let sight = try await sight(exchange, query)
    let segment = try sight.state.segment(try exchange.segment())
    var shown = document(segment, in: sight.state)
    if sight.past == nil { ledger.noteUse(of: segment) }
    shown.customers = try sight.state.members(of: segment, at: moment(of: sight)).count
    return try Response(json: shown, asOf: sight.past).tagged(segment.revision)
  }

  private func listSegmentMembers(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(Paging.names.union(["as_of"]))
    let paging = try Paging(query, of: .segmentMembers, most: pageLimit, filter: ["as_of"])
    let sight = try await sight(exchange, query)
    let segment = try sight.state.segment(try exchange.segment())
    // The other pages of a list are no other use of it.
    if sight.past == nil, paging.after == nil { ledger.noteUse(of: segment) }
    let members = try sight.state.members(of: segment, at: moment(of: sight))
      .after(
        paging.after.map { CustomerID(Int32(truncatingIfNeeded: $0)) }, limit: paging.limit + 1)
    let page = Array(members.prefix(paging.limit))
    let names = try await names(of: page, sight.past, by: exchange.caller)
    return try exchange.answer(
      List(
        items: page.map { SegmentMember(id: $0.rawValue, name: names[$0]) },
        next: members.count > page.count ? paging.cursor(Int64(page.last!.rawValue)) : nil,
        position: sight.state.position, past: sight.past))
  }

  /// The moment at which what is looked at is evaluated.
  func moment(of sight: Sight) -> Timestamp {
    guard let past = sight.past else { return ledger.clock }
    return past.at ?? ledger.clock
  }

  func document(_ segment: Segment, in state: State) -> SegmentDocument {
    let terms = segment.terms
    return SegmentDocument(
      id: segment.id.rawValue, name: terms.name, purpose: terms.purpose,
      owner: terms.owner.map { Reference(id: $0.rawValue, name: state.team[$0]?.name) },
      filter: state.filterText(of: terms),
      routine: terms.routine.map { document($0, of: segment, in: state) },
      revision: segment.revision, list: segment.list.map { document($0, in: state) })
  }

  private func document(
    _ routine: Routine, of segment: Segment, in state: State
  ) -> RoutineDocument {
    var shown = RoutineDocument(
      rhythm: "daily", weekdays: nil, days: nil, from: nil, time: routine.time,
      zone: routine.zone,
      role: routine.role.map { Reference(id: $0.rawValue, name: state.team[$0]?.name) },
      next: ledger.routines.next(of: segment)?.text)
    switch routine.rhythm {
    case .daily: break
    case .weekly(let weekdays):
      shown.rhythm = "weekly"
      shown.weekdays = Weekday.allCases.filter(weekdays.contains).map(\.rawValue)
    case .every(let days, let first):
      shown.rhythm = "interval"
      shown.days = days
      shown.from = first.text
    }
    return shown
  }

  func document(_ list: WorkList, in state: State) -> WorkListDocument {
    let counts = state.counts(of: list)
    return WorkListDocument(
      day: list.day.text, due: list.due.text, seq: list.seq,
      customers: counts.open + counts.taken + counts.done + counts.skipped,
      matched: list.matched, open: counts.open, taken: counts.taken, done: counts.done,
      skipped: counts.skipped)
  }

  // MARK: Changing

  private static let fields: Set = [
    "name", "purpose", "owner", "filter", "routine", "reason", "dry_run",
  ]

  private func createSegment(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(Self.fields)
    let terms = SegmentTerms(
      name: try body.requiredText("name"), purpose: try body.filledText("purpose"),
      owner: try owner(body) ?? exchange.actor.operator, filter: try body.requiredText("filter"),
      routine: try routine(body, exchange))
    let receipt = try await submit(.segment(.create(terms)), exchange, body)
    guard let number = receipt.events.first?.data?["segment"]?.int else { throw Rejection.failed }
    let isPreview = receipt.isDryRun
    var response = try answer(
      SegmentID(Int32(number)), receipt, status: isPreview ? .ok : .created)
    if !isPreview { response.headers[.location] = Paths.segment(Int32(number)) }
    return response
  }

  private func reviseSegment(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(Self.fields)
    let id = try exchange.segment()
    var changes = SegmentChanges(
      name: try body.text("name"), purpose: try body.text("purpose"), owner: try owner(body),
      filter: try body.changedText("filter"))
    if body.has("routine") {
      changes.routine =
        try routine(body, exchange).map { .to($0) } ?? SegmentChanges.RoutineChange.none
    }
    let receipt = try await submit(
      .segment(.revise(id, changes)), exchange, body, expecting: try exchange.expecting(id))
    return try answer(id, receipt)
  }

  private func removeSegment(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["reason", "dry_run"])
    let id = try exchange.segment()
    let before = ledger.state
    let receipt = try await submit(
      Order(
        .segment(.remove(id)), by: exchange.caller, reason: query["reason"],
        dryRun: try query.flag("dry_run"), expecting: try exchange.expecting(id)), exchange)
    guard let segment = before.segments[id] else {
      throw Problem.requestAnswerGone(receipt.command, seqs: receipt.seqs)
    }
    return try Response(
      json: SegmentReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        segment: document(segment, in: before)))
  }

  private func adoptReadySegments(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["time", "zone", "role", "reason", "dry_run"])
    guard let set = StarterSet(rawValue: exchange.captures[0]) else {
      throw Rejection.languageUnknown(exchange.captures[0])
    }
    let zone = try body.filledText("zone") ?? ledger.routines.zone
    let today = try ledger.routines.zones.day(of: ledger.clock, in: zone)
    let drafts = set.segments(
      minute: try minute(body.filledText("time") ?? "08:00"), zone: zone,
      role: try role(body, exchange), from: today, owner: exchange.actor.operator)
    let receipt = try await submit(.segment(.adopt(drafts)), exchange, body)
    let created = Set(receipt.events.compactMap { $0.data?["name"]?.string })
    let state = receipt.preview ?? ledger.state
    return try Response(
      json: SegmentsReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        segments: receipt.events.compactMap { event in
          event.data?["segment"]?.int.flatMap { state.segments[SegmentID(Int32($0))] }
            .map { document($0, in: state) }
        }, skipped: drafts.map(\.name).filter { !created.contains($0) }))
  }

  private func owner(_ body: Fields) throws -> OperatorID? {
    body.has("owner") ? OperatorID(try body.id("owner")) : nil
  }

  /// The routine that a body asks for: what it leaves open is settled here, so that the event says it.
  private func routine(_ body: Fields, _ exchange: Exchange) throws -> Routine? {
    guard let fields = try body.object("routine") else { return nil }
    try fields.only(["weekdays", "days", "from", "time", "zone", "role"])
    let zone = try fields.filledText("zone") ?? ledger.routines.zone
    let today = try ledger.routines.zones.day(of: ledger.clock, in: zone)
    let rhythm: Routine.Rhythm
    if let texts = try fields.texts("weekdays"), !texts.isEmpty {
      let weekdays = texts.compactMap(Weekday.init)
      guard weekdays.count == texts.count else {
        throw Problem.parameterUnreadable(
          name: "routine.weekdays", value: texts.joined(separator: ","),
          expected: .written(Weekday.allCases.map(\.rawValue).joined(separator: ", ")))
      }
      rhythm = .weekly(Set(weekdays))
    } else if let days = try fields.integer("days") {
      guard Routine.intervals.contains(Int(clamping: days)) else {
        throw Problem.parameterUnreadable(
          name: "routine.days", value: "\(days)", expected: "1…\(Routine.intervals.upperBound)")
      }
      let text = try fields.filledText("from")
      guard let first = text.map({ Day($0) }) ?? today else {
        throw Problem.dateUnreadable(text ?? "")
      }
      rhythm = .every(days: Int(days), from: first)
    } else {
      rhythm = .daily
    }
    return Routine(
      rhythm: rhythm, minute: try minute(fields.requiredText("time")), zone: zone,
      role: try role(fields, exchange))
  }

  private func minute(_ text: String) throws -> Int {
    guard let minute = Routine.minute(text) else {
      throw Problem.parameterUnreadable(name: "time", value: text, expected: "08:00")
    }
    return minute
  }

  /// A role by its name or number.
  private func role(_ fields: Fields, _ exchange: Exchange) throws -> RoleID? {
    guard let text = try fields.filledText("role") else { return nil }
    let team = exchange.state.team
    let role = team.role(named: text) ?? Int32(text).flatMap { team[RoleID($0)] }
    guard let role, !role.isRemoved else { throw Problem.roleNotFound(text) }
    return role.id
  }

  private func answer(
    _ id: SegmentID, _ receipt: LedgerReceipt, status: HTTPResponse.Status = .ok
  ) throws -> Response {
    let state = receipt.preview ?? ledger.state
    let segment = try state.segment(id)
    return try Response(
      status,
      json: SegmentReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        segment: document(segment, in: state))
    ).tagged(segment.revision)
  }
}

extension Exchange {
  /// The segment in the path.
  fileprivate func segment() throws -> SegmentID {
    guard let id = Int32(captures[0]), id > 0 else { throw Problem.segmentNotFound(captures[0]) }
    return SegmentID(id)
  }

  fileprivate func expecting(_ segment: SegmentID) throws -> [Expectation] {
    try expectedRevision().map { [.segment(segment, revision: $0)] } ?? []
  }
}

extension SegmentReceipt: Writable {}
extension SegmentsReceipt: Writable {}

extension SegmentDocument: Listed {
  static let columns = [
    "id", "name", "purpose", "owner", "filter", "rhythm", "time", "zone", "role", "next",
    "revision", "customers", "due", "open", "taken", "done", "skipped",
  ]

  var cells: [String] {
    func number(_ value: Int?) -> String { value.map { "\($0)" } ?? "" }
    return [
      "\(id)", name, purpose ?? "", owner?.name ?? "", filter, routine?.rhythm ?? "",
      routine?.time ?? "", routine?.zone ?? "", routine?.role?.name ?? "", routine?.next ?? "",
      "\(revision)", number(customers), list?.day ?? "", number(list?.open), number(list?.taken),
      number(list?.done), number(list?.skipped),
    ]
  }
}

extension SegmentMember: Listed {
  static let exportPermission: Permission? = .customersExport

  static let columns = ["id", "name"]
  var cells: [String] { ["\(id)", name ?? ""] }
}
