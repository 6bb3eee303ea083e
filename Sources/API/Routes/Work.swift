import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

/// Lists that have fallen due, and what is done about who is on them (F5).
extension API {
  static let workRoutes = [
    Route(.get, "/v1/work", needs: .segmentsRead) { try await $0.listWork($1) },
    Route(.post, "/v1/work/done", needs: .segmentsWork) { try await $0.work($1, .done) },
    Route(.post, "/v1/work/reopen", needs: .segmentsWork) { try await $0.work($1, .reopen) },
    Route(.post, "/v1/work/skip", needs: .segmentsWork) { try await $0.work($1, .skip) },
    Route(.post, "/v1/work/take", needs: .segmentsWork) { try await $0.work($1, .take) },
  ]

  /// One place in the list of all work: the cursor holds both numbers.
  private struct Place {
    let segment: SegmentID
    let customer: CustomerID

    var position: Int64 { Int64(segment.rawValue) << 32 | Int64(customer.rawValue) }
  }

  private func listWork(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    let filters = ["segment", "role", "state", "all", "as_of"]
    try query.only(Paging.names.union(filters))
    let paging = try Paging(query, of: .work, most: pageLimit, filter: filters)
    let sight = try await sight(exchange, query)
    let state = sight.state
    let wanted = try states(query)
    let segments = try segments(query, exchange, state)
    var found: [(segment: Segment, customer: CustomerID, item: WorkItem)] = []
    scan: for segment in segments {
      guard let list = segment.list else { continue }
      for (customer, item) in state.items(of: list) where wanted.contains(item.state) {
        let place = Place(segment: segment.id, customer: customer).position
        guard place > paging.after ?? 0 else { continue }
        found.append((segment, customer, item))
        if found.count > paging.limit { break scan }
      }
    }
    let page = found.prefix(paging.limit)
    // Who may not know who a customer is gets numbers.
    let names =
      ledger.holds(exchange.actor, .customersRead)
      ? try await names(of: page.map(\.customer), sight.past, by: exchange.caller) : [:]
    let last = page.last.map { Place(segment: $0.segment.id, customer: $0.customer).position }
    return try exchange.answer(
      List(
        items: page.map { WorkItemDocument($0.segment, $0.customer, $0.item, names, state) },
        next: found.count > page.count ? last.map { paging.cursor($0) } : nil,
        position: state.position, past: sight.past))
  }

  /// What is still to be done, unless a state or everything is asked for.
  private func states(_ query: Query) throws -> Set<WorkState> {
    if let state = try query.choice("state", WorkState.self) { return [state] }
    return try query.flag("all") ? Set(WorkState.allCases) : [.open, .taken]
  }

  /// The segments whose lists are asked for: one, those of a role, or those that the caller may work.
  private func segments(
    _ query: Query, _ exchange: Exchange, _ state: State
  ) throws -> [Segment] {
    if let id = try query.id("segment") {
      let segment = try state.segment(SegmentID(id))
      guard segment.list != nil else { throw Problem.workNotDue(segment.id) }
      return [segment]
    }
    let listed = state.segments.listed.filter { $0.list != nil }
    if let name = query["role"] {
      let role = state.team.role(named: name) ?? Int32(name).flatMap { state.team[RoleID($0)] }
      guard let role else { throw Problem.roleNotFound(name) }
      return listed.filter { $0.terms.routine?.role == role.id }
    }
    // Who may change segments may work any list.
    let worksAny = ledger.holds(exchange.actor, .segmentsWrite)
    guard let own = exchange.actor.operator, !worksAny, try !query.flag("all") else {
      return listed
    }
    return listed.filter { segment in
      segment.terms.routine.map { state.works(own, $0, at: ledger.clock) } ?? true
    }
  }

  private func work(_ exchange: Exchange, _ act: WorkAct) async throws -> Response {
    let body = try await exchange.body(upTo: exchange.limits.bulkBytes)
    try body.only(["segment", "customers", "reason", "dry_run"])
    let id = SegmentID(try body.id("segment"))
    let customers = try body.ids("customers").map { CustomerID($0) }
    let receipt = try await submit(
      .segment(.work(act, id, customers, by: exchange.actor.operator)), exchange, body)
    let state = receipt.preview ?? ledger.state
    guard let list = state.segments[id]?.list else { throw Problem.workNotDue(id) }
    return try Response(
      json: WorkReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        changed: receipt.events.count, unchanged: receipt.unchanged,
        list: document(list, in: state)))
  }
}

extension WorkItemDocument {
  init(
    _ segment: Segment, _ customer: CustomerID, _ item: WorkItem, _ names: [CustomerID: String],
    _ state: State
  ) {
    func holder(_ stamp: WorkItem.Stamp?) -> Reference? {
      stamp?.by.map { Reference(id: $0.rawValue, name: state.team[$0]?.name) }
    }
    self.init(
      segment: Reference(id: segment.id.rawValue, name: segment.terms.name),
      day: segment.list?.day.text ?? "",
      customer: Reference(id: customer.rawValue, name: names[customer]),
      state: item.state.rawValue, takenBy: holder(item.taken), takenAt: item.taken?.at.text,
      settledBy: holder(item.settled?.stamp), settledAt: item.settled?.stamp.at.text)
  }
}

extension WorkReceipt: Writable {}

extension WorkItemDocument: Listed {
  static let exportPermission: Permission? = .customersExport

  static let columns = [
    "segment", "segment_name", "day", "customer", "customer_name", "state", "taken_by",
    "taken_at", "settled_by", "settled_at",
  ]

  var cells: [String] {
    [
      "\(segment.id)", segment.name ?? "", day, "\(customer.id)", customer.name ?? "", state,
      takenBy?.name ?? "", takenAt ?? "", settledBy?.name ?? "", settledAt ?? "",
    ]
  }
}
