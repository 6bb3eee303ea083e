import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

extension API {
  static let diffRoutes = [
    Route(.get, "/v1/diff", needs: .changesRead) { try await $0.diff($1) }
  ]

  private enum Subject: String, CaseIterable {
    case tag
    case customer
  }

  /// How many customers of each tag an answer names; it tells the number of all.
  private static let named = 100

  private func diff(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    let filters = ["from", "to", "by", "members"]
    try query.only(Paging.names.union(filters))
    let subject = try query.choice("by", Subject.self) ?? .tag
    let paging = try Paging(
      query, of: subject == .tag ? .tagDifferences : .customerDifferences, most: pageLimit,
      filter: filters)
    let live = read(exchange)
    guard let first = try query.moment("from") else {
      throw Problem.parameterUnreadable(
        name: "from", value: "", expected: "1200, 2026-11-22, 2026-11-22T13:45:00Z")
    }
    let end = min(live.position, try exchange.horizon ?? .max)
    let from = try ledger.instant(first)
    let to = try ledger.instant(query.moment("to") ?? .seq(end))
    guard from.seq <= to.seq, to.seq <= end else {
      throw Problem.parameterUnreadable(
        name: "to", value: query["to"] ?? "\(to.seq)", expected: "\(from.seq)…\(end)")
    }
    let span = Span(
      from: try await ledger.state(asOf: .seq(from.seq)),
      to: try await ledger.state(asOf: .seq(to.seq)), instant: to)
    switch subject {
    case .tag:
      let named = Int(try query.integer("members", in: 0...1000) ?? Int64(Self.named))
      return try await tags(span, paging, named: named, exchange)
    case .customer:
      return try await customers(span, paging, exchange)
    }
  }

  private struct Span {
    let from: State
    let to: State
    let instant: Instant
  }

  private func tags(
    _ span: Span, _ paging: Paging, named: Int, _ exchange: Exchange
  ) async throws -> Response {
    let found = try await ledger.tagDifferences(
      from: span.from, to: span.to,
      after: paging.after.map { TagID(Int32(truncatingIfNeeded: $0)) }, limit: paging.limit + 1,
      by: exchange.caller)
    let page = found.prefix(paging.limit)
    var ids: Set<CustomerID> = []
    for tag in page {
      ids.formUnion(tag.gained.after(nil, limit: named) + tag.lost.after(nil, limit: named))
    }
    let names = try await names(of: ids.sorted(), span.instant, by: exchange.caller)
    return try exchange.answer(
      List(
        items: page.map { APITypes.TagDifference($0, named: named, names) },
        next: found.count > page.count
          ? paging.cursor(Int64(page.last!.after.id.rawValue)) : nil,
        position: span.instant.seq, past: span.instant))
  }

  private func customers(
    _ span: Span, _ paging: Paging, _ exchange: Exchange
  ) async throws -> Response {
    let found = try await ledger.customerDifferences(
      from: span.from, to: span.to,
      after: paging.after.map { CustomerID(Int32(truncatingIfNeeded: $0)) },
      limit: paging.limit + 1, by: exchange.caller)
    let page = found.prefix(paging.limit)
    let names = try await names(of: page.map(\.id), span.instant, by: exchange.caller)
    return try exchange.answer(
      List(
        items: page.map { difference in
          APITypes.CustomerDifference(difference, in: span.to, names[difference.id])
        },
        next: found.count > page.count ? paging.cursor(Int64(page.last!.id.rawValue)) : nil,
        position: span.instant.seq, past: span.instant))
  }
}

extension APITypes.TagDifference {
  init(_ tag: Domain.TagDifference, named: Int, _ names: [CustomerID: String]) {
    func references(_ customers: CustomerSet) -> [Reference] {
      customers.after(nil, limit: named).map { Reference(id: $0.rawValue, name: names[$0]) }
    }
    var changes: [String] = []
    var (before, after): ([String: JSONValue], [String: JSONValue]) = ([:], [:])
    func compare(_ field: String, _ change: String, _ value: (CustomerTag) -> JSONValue?) {
      let (old, new) = (tag.before.flatMap(value), value(tag.after))
      guard old != new else { return }
      before[field] = old
      after[field] = new
      if tag.before != nil, !changes.contains(change) { changes.append(change) }
    }
    if tag.before == nil { changes.append("created") }
    compare("name", "renamed") { .string($0.name.text) }
    compare("color", "recolored") { .string($0.color.hex) }
    compare("criterion", "revised") { $0.criterion.map { .string($0) } }
    compare("follow_up", "revised") { $0.followUp.map { .string($0) } }
    compare("set", "revised") { $0.set.map { .string($0) } }
    compare("ends", "revised") { $0.ends.map { .string($0) } }
    compare("aliases", "aliases") {
      $0.aliases.isEmpty ? nil : .array($0.aliases.map { .string($0.text) })
    }
    compare("status", tag.after.status.change) { .string($0.status.name) }
    // What began and ended in between is told as both.
    if tag.before == nil, tag.after.status != .active { changes.append(tag.after.status.name) }
    if case .merged(let target) = tag.after.status, before["status"] != nil || tag.before == nil {
      after["merged_into"] = .int(Int64(target.rawValue))
    }
    self.init(
      tag: Reference(tag.after), changes: changes, before: before, after: after,
      gained: tag.gained.count, lost: tag.lost.count, gainedCustomers: references(tag.gained),
      lostCustomers: references(tag.lost))
  }
}

extension CustomerTag.Status {
  fileprivate var name: String {
    switch self {
    case .active: "active"
    case .archived: "archived"
    case .deleted: "deleted"
    case .merged: "merged"
    }
  }

  /// What has happened to a tag that is like that now and was not.
  fileprivate var change: String {
    self == .active ? "restored" : name
  }
}

extension APITypes.CustomerDifference {
  init(_ customer: Domain.CustomerDifference, in state: State, _ name: String?) {
    func references(_ tags: [TagID]) -> [Reference] {
      tags.map { Reference(id: $0.rawValue, name: state.tag($0)?.name.text) }
    }
    var changes: [String] = []
    if customer.isNew { changes.append("registered") }
    let (was, merged) = customer.merged
    if merged != was { changes.append(merged == nil ? "unmerged" : "merged") }
    if customer.isRevised && merged == was { changes.append("revised") }
    self.init(
      customer: Reference(id: customer.id.rawValue, name: name), changes: changes,
      mergedInto: merged?.rawValue, gained: references(customer.gained),
      lost: references(customer.lost))
  }
}

extension APITypes.TagDifference: Listed {
  static var columns: [String] {
    [
      "tag", "tag_name", "changes", "before", "after", "gained", "lost", "gained_customers",
      "lost_customers",
    ]
  }

  var cells: [String] {
    func ids(_ customers: [Reference]) -> String {
      customers.map { "\($0.id)" }.joined(separator: " ")
    }
    return [
      "\(tag.id)", tag.name ?? "", changes.joined(separator: " "),
      before.isEmpty ? "" : JSON.object(before.mapValues(JSON.init)).canonical,
      after.isEmpty ? "" : JSON.object(after.mapValues(JSON.init)).canonical, "\(gained)",
      "\(lost)", ids(gainedCustomers), ids(lostCustomers),
    ]
  }
}

extension APITypes.CustomerDifference: Listed {
  static let exportPermission: Permission? = .customersExport

  static var columns: [String] {
    ["customer", "customer_name", "changes", "merged_into", "gained", "lost"]
  }

  var cells: [String] {
    func names(_ tags: [Reference]) -> String {
      tags.map { $0.name ?? "\($0.id)" }.joined(separator: ", ")
    }
    return [
      "\(customer.id)", customer.name ?? "", changes.joined(separator: " "),
      mergedInto.map { "\($0)" } ?? "", names(gained), names(lost),
    ]
  }
}
