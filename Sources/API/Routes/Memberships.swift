import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

extension API {
  static let membershipRoutes = [
    Route(.post, "/v1/tags/{id}/apply", needs: .tagsApply) {
      try await $0.changeMembers($1, .apply)
    },
    Route(.get, "/v1/tags/{id}/customers", needs: .customersRead) { try await $0.listMembers($1) },
    Route(.post, "/v1/tags/{id}/remove", needs: .tagsRemove) {
      try await $0.changeMembers($1, .remove)
    },
  ]

  private static let namesToRemove: Set = ["customers", "filter", "reason", "dry_run"]
  private static let namesToApply = namesToRemove.union(["details"])

  private func changeMembers(_ exchange: Exchange, _ kind: LedgerJob.Kind) async throws -> Response
  {
    let body = try await exchange.body(upTo: exchange.limits.bulkBytes)
    try body.only(kind == .apply ? Self.namesToApply : Self.namesToRemove)
    let tag = try exchange.tag()
    let customers = try await customers(body, exchange)
    let details = kind == .apply ? try body.dictionary("details") : nil
    let expectations = try exchange.expecting(tag)
    if body.has("filter"), try body.flag("dry_run") {
      return try await previewMembers(
        of: tag, customers, details, kind, exchange, body, expecting: expectations)
    }
    if customers.count > ledger.limits.bulk, try !body.flag("dry_run") {
      let job = try ledger.startBulk(
        kind, tag: tag, customers: customers, details: details, by: exchange.caller,
        reason: try body.filledText("reason"), key: exchange.keyed?.key, expecting: expectations)
      return try accepted(job, exchange)
    }
    let command: Command =
      kind == .apply
      ? .apply(tag, to: customers, details: details) : .remove(tag, from: customers)
    return try Response(
      json: MembershipReceipt(
        try await submit(command, exchange, body, expecting: expectations), of: kind))
  }

  /// Those who are named, or who match a filter now: fixed here, whatever changes until it is their turn.
  private func customers(_ body: Fields, _ exchange: Exchange) async throws -> [CustomerID] {
    guard body.has("filter") else { return try body.ids("customers").map { CustomerID($0) } }
    return try await matching(body, exchange)
  }

  private func matching(_ body: Fields, _ exchange: Exchange) async throws -> [CustomerID] {
    guard !body.has("customers") else {
      throw Rejection.fieldsExclusive("customers", "filter")
    }
    let finding = try ledger.finding(try body.requiredText("filter"), by: exchange.caller)
    ledger.noteUse(of: finding.filter.tags(in: finding.state), .filter)
    return Array(try await finding.customers())
  }

  /// What would come of it, however many they are: by as many at a time as a command takes.
  private func previewMembers(
    of tag: TagID, _ customers: [CustomerID], _ details: Details?, _ kind: LedgerJob.Kind,
    _ exchange: Exchange, _ body: Fields, expecting expectations: [Expectation]
  ) async throws -> Response {
    var sum: MembershipReceipt?
    var rest = customers[...]
    repeat {
      let part = Array(rest.prefix(ledger.limits.bulk))
      rest = rest.dropFirst(part.count)
      let command: Command =
        kind == .apply ? .apply(tag, to: part, details: details) : .remove(tag, from: part)
      let receipt = MembershipReceipt(
        try await submit(command, exchange, body, expecting: expectations), of: kind)
      guard let before = sum else {
        sum = receipt
        continue
      }
      sum = MembershipReceipt(
        seq: nil, command: before.command, dryRun: true, applied: before.applied + receipt.applied,
        removed: before.removed + receipt.removed,
        unchanged: before.unchanged + receipt.unchanged,
        displaced: before.displaced + receipt.displaced)
    } while !rest.isEmpty
    return try Response(json: sum!)
  }

  private func listMembers(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(Paging.names.union(["as_of"]))
    let id = try exchange.tag()
    var state = read(exchange)
    let past = try instant(exchange, query)
    if let past { state = try await ledger.members(of: id, asOf: past.seq) }
    let tag = try state.current(id)
    let paging = try Paging(query, of: .members, most: pageLimit, filter: ["as_of"])
    let members = state.members(of: tag.id)
      .after(
        paging.after.map { CustomerID(Int32(truncatingIfNeeded: $0)) }, limit: paging.limit + 1)
    let page = Array(members.prefix(paging.limit))
    let names = try await names(of: page, past, by: exchange.caller)
    var items: [APITypes.Tenure] = []
    let found = try await ledger.tenures(
      of: page, in: tag.id, state, through: past?.seq, by: exchange.caller)
    for (customer, tenure) in zip(page, found) {
      let reference = Reference(id: customer.rawValue, name: names[customer])
      // Somebody may have taken it off since the state was read; then there is nothing to tell.
      guard let tenure else { continue }
      items.append(APITypes.Tenure(tenure, tag: Reference(tag), customer: reference))
    }
    return try exchange.answer(
      List(
        items: items,
        next: members.count > page.count ? paging.cursor(Int64(page.last!.rawValue)) : nil,
        position: state.position, past: past))
  }

  /// The names of customers, as they are or as they were.
  func names(
    of customers: [CustomerID], _ past: Instant?, by caller: Caller
  ) async throws -> [CustomerID: String] {
    guard let past else { return try await ledger.names(of: customers, by: caller) }
    return try ledger.names(of: customers, through: past.seq, by: caller)
  }
}

extension MembershipReceipt {
  init(_ receipt: LedgerReceipt, of kind: LedgerJob.Kind) {
    var applied = 0
    var removed = 0
    var displaced = 0
    for event in receipt.events {
      switch event.type {
      case .tagApplied, .tagDetailed: applied += 1
      // In an application, what is removed has made room for the tag that came.
      case .tagRemoved where kind == .apply: displaced += 1
      case .tagRemoved: removed += 1
      default: break
      }
    }
    self.init(
      seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
      applied: applied, removed: removed, unchanged: receipt.unchanged, displaced: displaced)
  }
}
