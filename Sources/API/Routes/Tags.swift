import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

extension API {
  static let tagRoutes = [
    Route(.get, "/v1/tags", needs: .tagsRead) { try await $0.listTags($1) },
    Route(.post, "/v1/tags", needs: .tagsCreate) { try await $0.createTag($1) },
    Route(.get, "/v1/tags/{id}", needs: .tagsRead) { try await $0.showTag($1) },
    Route(.patch, "/v1/tags/{id}", access: .team) { try await $0.reviseTag($1) },
    Route(.delete, "/v1/tags/{id}", needs: .tagsDelete) { try await $0.deleteTag($1) },
    Route(.post, "/v1/tags/{id}/archive", needs: .tagsArchive) { api, exchange in
      try await api.turnTag(exchange) { .archiveTag($0) }
    },
    Route(.post, "/v1/tags/{id}/merge", needs: .tagsMerge) { try await $0.mergeTag($1) },
    Route(.post, "/v1/tags/{id}/restore", needs: .tagsArchive) { api, exchange in
      try await api.turnTag(exchange) { .restoreTag($0) }
    },
  ]

  static let starterSetRoutes = [
    Route(.post, "/v1/starter-sets/{language}", needs: .tagsCreate) {
      try await $0.adoptStarterSet($1)
    }
  ]

  static let categoryRoutes = [
    Route(.post, "/v1/categories/{name}/recolor", needs: .tagsRevise) {
      try await $0.recolorCategory($1)
    }
  ]

  // MARK: Reading

  private enum Archived: String, CaseIterable {
    case `true`
    case `false`
    case all
  }

  private func listTags(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    let filters = ["q", "name", "category", "archived", "as_of"]
    try query.only(Paging.names.union(filters))
    let paging = try Paging(query, of: .tags, most: pageLimit, filter: filters)
    let archived = try query.choice("archived", Archived.self) ?? .false
    let sight = try await sight(exchange, query)
    let state = sight.state
    let found = state.tags(named: query["name"]).filter { tag in
      guard tag.isListed, tag.id.rawValue > paging.after ?? 0 else { return false }
      switch archived {
      case .true where tag.status != .archived: return false
      // An archived tag is found by its name, so that one learns why it cannot be applied.
      case .false where tag.status == .archived && query["name"] == nil: return false
      default: break
      }
      if let category = query["category"],
        tag.name.categoryKey != NameKey(category)
      {
        return false
      }
      return query["q"].map { tag.isFound(by: NameKey($0).text) } ?? true
    }
    let page = found.prefix(paging.limit)
    return try exchange.answer(
      List(
        items: page.map { TagDocument($0, in: state) },
        next: found.count > page.count ? paging.cursor(Int64(page.last!.id.rawValue)) : nil,
        position: state.position, past: sight.past))
  }

  private func showTag(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["as_of"])
    let id = try exchange.tag()
    var state = read(exchange)
    let past = try instant(exchange, query)
    if let past { state = try await ledger.members(of: id, asOf: past.seq) }
    guard let tag = state.tag(id), tag.status != .deleted else {
      throw Problem.tagNotFound("\(id.rawValue)")
    }
    return try Response(json: TagDocument(tag, in: state), asOf: past).tagged(tag.revision)
  }

  // MARK: Changing

  private func createTag(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only([
      "name", "color", "criterion", "follow_up", "set", "ends", "reason", "dry_run",
    ])
    let draft = Domain.TagDraft(
      name: try body.requiredText("name"),
      color: try body.filledText("color").map(TagColor.init) ?? .random,
      criterion: try body.filledText("criterion"), followUp: try body.filledText("follow_up"),
      set: try body.filledText("set"), ends: try body.filledText("ends"))
    let receipt = try await submit(.createTag(draft), exchange, body)
    let tag = receipt.events[0].tag!
    let isPreview = receipt.isDryRun
    var response = try answer(
      tag, receipt, exchange, warnsOfName: true, status: isPreview ? .ok : .created)
    if !isPreview { response.headers[.location] = Paths.tag(tag.rawValue) }
    return response
  }

  private func reviseTag(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only([
      "name", "color", "criterion", "follow_up", "set", "ends", "reason", "dry_run",
    ])
    let changes = TagChanges(
      name: try body.text("name"), color: try body.changedText("color").map(TagColor.init),
      criterion: try body.text("criterion"), followUp: try body.text("follow_up"),
      set: try body.text("set"), ends: try body.text("ends"))
    let tag = try ledger.state.current(try exchange.tag()).id
    let receipt = try await submit(
      .reviseTag(tag, changes, revision: try exchange.expectedRevision()), exchange, body)
    return try answer(tag, receipt, exchange, warnsOfName: changes.name != nil)
  }

  private func deleteTag(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["customers", "reason", "dry_run"])
    guard let customers = try query.integer("customers", in: 0...Int64(Int32.max)) else {
      throw Problem.parameterUnreadable(name: "customers", value: "", expected: .customersOfTag)
    }
    let tag = try exchange.tag()
    let receipt = try await submit(
      Order(
        .deleteTag(tag, customers: Int(customers)), by: exchange.caller,
        reason: query["reason"], dryRun: try query.flag("dry_run"),
        expecting: try exchange.expecting(tag)), exchange)
    return try Response(
      json: DeleteReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        customers: Int(customers)))
  }

  private func mergeTag(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only([
      "into", "name", "source_revision", "target_revision", "reason", "dry_run",
    ])
    let names: [String: MergedName] = ["alias": .alias, "released": .released]
    let name = try body.filledText("name") ?? "alias"
    guard let fate = names[name] else {
      throw Problem.parameterUnreadable(name: "name", value: name, expected: "alias, released")
    }
    let source = try ledger.state.current(try exchange.tag()).id
    let target = try ledger.state.current(TagID(try body.id("into"))).id
    let revisions = MergeRevisions(
      source: try body.integer("source_revision") ?? exchange.expectedRevision(),
      target: try body.integer("target_revision"))
    let receipt = try await submit(
      .mergeTag(source, into: target, name: fate, revisions: revisions), exchange, body)
    let data = receipt.events.first?.data
    // In a preview the revisions are those of now: what the merge itself has to name.
    let state = ledger.state
    return try Response(
      json: MergeReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        source: source.rawValue, target: target.rawValue,
        moved: Int(data?["moved"]?.int ?? 0), collapsed: Int(data?["collapsed"]?.int ?? 0),
        displaced: receipt.events.count { $0.type == .tagRemoved },
        sourceRevision: state.tag(source)?.revision ?? 0,
        targetRevision: state.tag(target)?.revision ?? 0))
  }

  private func turnTag(
    _ exchange: Exchange, _ command: (TagID) -> Command
  ) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["reason", "dry_run"])
    let tag = try ledger.state.current(try exchange.tag()).id
    let receipt = try await submit(
      command(tag), exchange, body, expecting: try exchange.expecting(tag))
    return try answer(tag, receipt, exchange)
  }

  private func recolorCategory(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["color", "reason", "dry_run"])
    let color = try TagColor(body.requiredText("color"))
    let receipt = try await submit(
      .recolorCategory(exchange.captures[0], color), exchange, body)
    return try answer(receipt.events.compactMap(\.tag), receipt, exchange)
  }

  private func adoptStarterSet(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["reason", "dry_run"])
    guard let set = StarterSet(rawValue: exchange.captures[0]) else {
      throw Rejection.languageUnknown(exchange.captures[0])
    }
    let drafts = set.tags
    let before = ledger.state
    let receipt = try await submit(.adoptStarterSet(drafts), exchange, body)
    let created = Set(receipt.events.compactMap { $0.data?["name"]?.string })
    let skipped = drafts.map(\.name).filter { !created.contains($0) }
    return try answer(
      receipt.events.compactMap(\.tag), receipt, exchange, skipped: skipped,
      warnings: Advice.ofNumber(
        (receipt.preview ?? ledger.state).tags.count { $0.status == .active },
        grownFrom: before.tags.count { $0.status == .active }, in: exchange.language))
  }

  // MARK: Answering

  private func answer(
    _ id: TagID, _ receipt: LedgerReceipt, _ exchange: Exchange, warnsOfName: Bool = false,
    status: HTTPResponse.Status = .ok
  ) throws -> Response {
    let state = receipt.preview ?? ledger.state
    guard let tag = state.tag(id) else { throw Problem.tagNotFound("\(id.rawValue)") }
    var warnings: [Warning] = []
    if warnsOfName {
      warnings = tag.name.warnings.map { Advice.ofName($0, tag.name.text, in: exchange.language) }
      if receipt.events.first?.type == .tagCreated {
        let count = state.tags.count { $0.status == .active }
        warnings += Advice.ofNumber(count, grownFrom: count - 1, in: exchange.language)
      }
    }
    return try Response(
      status,
      json: TagReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        tag: TagDocument(tag, in: state), warnings: warnings)
    ).tagged(tag.revision)
  }

  private func answer(
    _ ids: [TagID], _ receipt: LedgerReceipt, _ exchange: Exchange, skipped: [String] = [],
    warnings: [Warning] = []
  ) throws -> Response {
    let state = receipt.preview ?? ledger.state
    return try Response(
      json: TagsReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        tags: ids.compactMap { state.tag($0).map { TagDocument($0, in: state) } },
        skipped: skipped, warnings: warnings))
  }
}

extension TagColor {
  /// The domain knows no chance, so the colour of a tag that comes without one is drawn here (N4).
  static var random: TagColor {
    .palette(Int.random(in: hexes.indices))
  }
}

extension State {
  /// All tags, or the one of that name or alias.
  fileprivate func tags(named name: String?) -> [CustomerTag] {
    guard let name else { return tags }
    return tag(named: NameKey(name)).map { [$0] } ?? []
  }
}

extension CustomerTag {
  /// Whether the folded text stands in the name, an alias, the criterion or the follow-up.
  fileprivate func isFound(by text: String) -> Bool {
    ([name.key.text] + aliases.map(\.key.text)).contains { $0.contains(text) }
      || [criterion, followUp].contains { $0.map { NameKey($0).text.contains(text) } ?? false }
  }
}
