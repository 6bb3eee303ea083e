import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

extension API {
  static let filterRoutes = [
    Route(.get, "/v1/filters", needs: .customersRead) { try await $0.readFilter($1) },
    Route(.post, "/v1/filters", needs: .customersRead) { try await $0.postFilter($1) },
  ]

  private func readFilter(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["filter", "parts", "as_of"])
    guard let text = query.given("filter") else {
      throw Problem.parameterUnreadable(
        name: "filter", value: "", expected: "tag:\"VIP\" and orders >= 3")
    }
    return try await report(text, parts: try query.flag("parts"), exchange, query)
  }

  private func postFilter(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["filter", "parts", "as_of"])
    let asOf = try body.filledText("as_of")
    let query = try Query(asOf.map { "as_of=" + Paths.segment($0) })
    return try await report(
      try body.requiredText("filter"), parts: try body.flag("parts"), exchange, query)
  }

  private func report(
    _ text: String, parts: Bool, _ exchange: Exchange, _ query: Query
  ) async throws -> Response {
    let view = try await sight(exchange, query)
    let finding = try finding(text, exchange, query, view)
    var report = FilterReport(
      filter: finding.filter.text(in: finding.state), stored: finding.filter.stored, count: 0)
    if parts {
      let told = try await finding.parts()
      report.count = told.count
      report.parts = told.parts.map {
        FilterPartReport(depth: $0.depth, filter: $0.text, count: $0.count, left: $0.left)
      }
    } else {
      report.count = try await finding.count()
    }
    return try Response(json: report, asOf: view.past)
  }

  /// A filter, held against what a request looks at; that its tags are used is counted (F8), unless it is
  /// the past that is looked at.
  func finding(
    _ text: String, _ exchange: Exchange, _ query: Query, _ view: Sight,
    as kind: TagUse.Kind = .filter
  ) throws -> Finding {
    let finding = try unnoted(text, exchange, query, view)
    if view.past == nil { ledger.noteUse(of: finding.filter.tags(in: finding.state), kind) }
    return finding
  }

  private func unnoted(
    _ text: String, _ exchange: Exchange, _ query: Query, _ view: Sight
  ) throws -> Finding {
    guard let past = view.past else { return try ledger.finding(text, by: exchange.caller) }
    return try ledger.finding(
      text, by: exchange.caller, asOf: (view.state, try time(of: past, query)))
  }

  /// The time at which figures of the past are told: the one that was asked for, or that of the event.
  func time(of past: Instant, _ query: Query) throws -> Timestamp {
    let recorded = past.at ?? Timestamp(microseconds: 0)
    guard case .time(let time)? = try query.moment("as_of") else { return recorded }
    return max(recorded, min(time, ledger.moment))
  }

  /// Those whom a filter finds, in the order of their numbers or by a figure.
  func listFound(_ exchange: Exchange, _ query: Query) async throws -> Response {
    let parameters = ["filter", "sort", "as_of"]
    try query.only(Paging.names.union(parameters))
    let paging = try Paging(query, of: .foundCustomers, most: pageLimit, filter: parameters)
    let view = try await sight(exchange, query)
    // The other pages of a list are no other use of it.
    let finding =
      paging.after == nil
      ? try finding(query.given("filter") ?? "everyone", exchange, query, view)
      : try unnoted(query.given("filter") ?? "everyone", exchange, query, view)
    let order = try query["sort"].map { (text) throws(Problem) in try FilterOrder(text) }
    let found = try await finding.page(
      order, after: paging.after.map { CustomerID(Int32(truncatingIfNeeded: $0)) },
      limit: paging.limit + 1)
    let page = Array(found.prefix(paging.limit))
    let next = found.count > page.count ? page.last.map { paging.cursor(Int64($0.rawValue)) } : nil
    var items = try await documents(of: page, by: exchange.caller, view)
    if let figure = order?.figure {
      for (index, customer) in page.enumerated() {
        let cell = figure.cell(of: customer, on: finding.ground)
        items[index].figure = cell.isEmpty ? nil : cell
      }
    }
    return try exchange.answer(
      List(
        items: items, next: next,
        position: view.state.position, past: view.past))
  }
}

extension FilterReport: Writable {}
