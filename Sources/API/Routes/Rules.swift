import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

/// Which tags follow from what is known of customers (A1–A21, T2).
extension API {
  static let ruleRoutes = [
    Route(.get, "/v1/rules", needs: .rulesRead) { try await $0.listRules($1) },
    Route(.post, "/v1/rules", needs: .rulesWrite) { try await $0.createRule($1) },
    Route(.post, "/v1/rules/preview", needs: .rulesRead) { try await $0.previewRule($1) },
    Route(.get, "/v1/rules/ready", needs: .rulesRead) { try await $0.listReadyRules($1) },
    Route(.post, "/v1/rules/ready/{id}", needs: .rulesWrite) { try await $0.adoptRule($1) },
    Route(.get, "/v1/rules/{id}", needs: .rulesRead) { try await $0.showRule($1) },
    Route(.patch, "/v1/rules/{id}", needs: .rulesWrite) { try await $0.reviseRule($1) },
    Route(.delete, "/v1/rules/{id}", needs: .rulesWrite) { try await $0.removeRule($1) },
    Route(.post, "/v1/rules/{id}/disable", needs: .rulesWrite) { api, exchange in
      try await api.turnRule(exchange) { .disable($0) }
    },
    Route(.post, "/v1/rules/{id}/enable", needs: .rulesWrite) { api, exchange in
      try await api.turnRule(exchange) { .enable($0) }
    },
  ]

  // MARK: Reading

  private func listRules(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(Paging.names.union(["name", "as_of"]))
    let paging = try Paging(query, of: .rules, most: pageLimit, filter: ["name", "as_of"])
    let sight = try await sight(exchange, query)
    let state = sight.state
    let key = query["name"].map { NameKey($0) }
    let found = state.rules.present.filter { rule in
      Int64(rule.id.rawValue) > paging.after ?? 0
        && key.map { NameKey(rule.name) == $0 } ?? true
    }
    let page = found.prefix(paging.limit)
    let order = state.ruleOrder
    return try exchange.answer(
      List(
        items: page.map { RuleDocument($0, in: state, order, exchange.language) },
        next: found.count > page.count ? paging.cursor(Int64(page.last!.id.rawValue)) : nil,
        position: state.position, past: sight.past))
  }

  private func showRule(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["as_of"])
    let sight = try await sight(exchange, query)
    let rule = try sight.state.rule(try exchange.rule())
    return try Response(
      json: try document(rule, in: sight.state, exchange), asOf: sight.past
    ).tagged(rule.version)
  }

  private func document(
    _ rule: Rule, in state: State, _ exchange: Exchange
  ) throws -> RuleDocument {
    var document = RuleDocument(rule, in: state, state.ruleOrder, exchange.language)
    let events = try ledger.versions(of: rule)
    document.versions = zip(1..., events).map { number, event in
      RuleDocument.Version(
        version: number, seq: event.seq, at: event.at.text, actor: event.actor.name,
        type: event.type.name, reason: event.reason)
    }
    return document
  }

  private func listReadyRules(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["language"])
    let language =
      try query.choice("language", StarterSet.self)
      ?? StarterSet(rawValue: exchange.language.rawValue) ?? .en
    let state = read(exchange)
    return try exchange.answer(
      List(
        items: ReadyRule.all.map { ReadyRuleDocument($0, language, in: state) }, next: nil,
        position: state.position))
  }

  // MARK: Changing

  private static let fields: Set = [
    "name", "tag", "filter", "otherwise", "to", "enabled", "reason", "dry_run",
  ]
  private static let readyFields: Set = [
    "language", "parameters", "tag", "name", "enabled", "reason", "dry_run",
  ]

  private func createRule(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(Self.fields)
    let draft = try body.ruleDraft()
    let receipt = try await submit(.rule(.create(draft)), exchange, body)
    return try created(receipt, exchange)
  }

  private func adoptRule(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(Self.readyFields)
    let draft = try body.readyDraft(exchange.captures[0], exchange.language)
    let receipt = try await submit(.rule(.adopt(draft)), exchange, body)
    return try created(receipt, exchange)
  }

  private func created(_ receipt: LedgerReceipt, _ exchange: Exchange) throws -> Response {
    let event = receipt.events.last { $0.type == .ruleCreated }
    guard let id = event?.data?["rule"]?.int.map({ RuleID(Int32($0)) }) else {
      throw Rejection.failed
    }
    let isPreview = receipt.isDryRun
    var response = try answer(id, receipt, exchange, status: isPreview ? .ok : .created)
    if !isPreview { response.headers[.location] = Paths.rule(id.rawValue) }
    return response
  }

  private func reviseRule(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(Self.fields.subtracting(["enabled"]))
    let id = try exchange.rule()
    let receipt = try await submit(
      .rule(.revise(id, try body.ruleChanges())), exchange, body,
      expecting: try exchange.expecting(id))
    return try answer(id, receipt, exchange)
  }

  private func turnRule(
    _ exchange: Exchange, _ command: (RuleID) -> RuleCommand
  ) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["reason", "dry_run"])
    let id = try exchange.rule()
    let receipt = try await submit(
      .rule(command(id)), exchange, body, expecting: try exchange.expecting(id))
    return try answer(id, receipt, exchange)
  }

  private func removeRule(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["reason", "dry_run"])
    let id = try exchange.rule()
    let receipt = try await submit(
      Order(
        .rule(.remove(id)), by: exchange.caller, reason: query["reason"],
        dryRun: try query.flag("dry_run"), expecting: try exchange.expecting(id)), exchange)
    return try answer(id, receipt, exchange)
  }

  private func answer(
    _ id: RuleID, _ receipt: LedgerReceipt, _ exchange: Exchange,
    status: HTTPResponse.Status = .ok
  ) throws -> Response {
    let state = receipt.preview ?? ledger.state
    guard let rule = state.rules[id] else { throw Problem.ruleNotFound("\(id.rawValue)") }
    return try Response(
      status,
      json: RuleReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        rule: RuleDocument(rule, in: state, state.ruleOrder, exchange.language))
    ).tagged(rule.version)
  }

  // MARK: Previews

  private func previewRule(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(
      Self.fields.union(Self.readyFields).union(["rule", "ready", "list", "limit", "after"])
        .subtracting(["enabled", "reason", "dry_run"]))
    // It tells of customers.
    _ = try ledger.state(for: exchange.caller, .customersRead)
    var state = read(exchange)
    let rule: Rule
    if let ready = try body.filledText("ready") {
      let draft = try body.readyDraft(ready, exchange.language)
      let plan = try state.adoption(draft, limits: ledger.limits)
      (state, rule) = (plan.state, try plan.state.newRule(plan.rule, ready: plan.ready.id))
    } else if body.has("rule") {
      rule = try state.revised(
        state.rule(RuleID(try body.id("rule"))), try body.ruleChanges())
    } else {
      rule = try state.newRule(try body.ruleDraft(isPreview: true))
    }
    let preview = try await ledger.preview(of: rule, in: state)
    let list = try body.filledText("list") ?? "gain"
    guard ["gain", "lose"].contains(list) else {
      throw Problem.parameterUnreadable(name: "list", value: list, expected: "gain, lose")
    }
    let limit = Int(min(max(try body.integer("limit") ?? 50, 1), Int64(pageLimit)))
    let after = body.has("after") ? CustomerID(try body.id("after")) : nil
    let page = (list == "gain" ? preview.gains : preview.losses).after(after, limit: limit + 1)
    let shown = page.prefix(limit)
    let names = try await ledger.names(of: Array(shown), by: exchange.caller)
    return try Response(
      json: RulePreviewDocument(
        filter: rule.filter?.text(in: state) ?? rule.stored, matching: preview.matching,
        gains: preview.gains.count, losses: preview.losses.count,
        customers: shown.map { Reference(id: $0.rawValue, name: names[$0]) },
        next: page.count > shown.count ? shown.last?.rawValue : nil,
        months: preview.months.map { .init(month: $0.name, customers: $0.customers) },
        faults: state.faults(of: rule).map { fault in
          .init(code: fault.code, sentence: exchange.language.tell(fault, in: state))
        },
        monthsNote: preview.takesTagsAsNow ? exchange.language.tagsAsNow : nil))
  }
}

extension Language {
  fileprivate var tagsAsNow: String {
    switch self {
    case .en:
      "The past months take the tags that the filter asks about as they are today, except those that "
        + "a rule decides."
    case .pt:
      "Os meses passados contam as etiquetas que o filtro pergunta como estão hoje, menos as que uma "
        + "regra decide."
    case .fr:
      "Les mois passés prennent les étiquettes du filtre telles qu’elles sont aujourd’hui, sauf celles "
        + "qu’une règle décide."
    }
  }
}

extension Fields {
  /// - Parameter isPreview: whether a name is needed.
  fileprivate func ruleDraft(isPreview: Bool = false) throws -> Domain.RuleDraft {
    let tag = TagID(try id("tag"))
    let name = try isPreview ? filledText("name") ?? "?" : requiredText("name")
    return Domain.RuleDraft(
      name: name, tag: tag, filter: try requiredText("filter"),
      otherwise: try otherwise() ?? .remove, isEnabled: try flag("enabled"))
  }

  fileprivate func ruleChanges() throws -> RuleChanges {
    RuleChanges(
      name: try changedText("name"), tag: has("tag") ? TagID(try id("tag")) : nil,
      filter: try changedText("filter"), otherwise: try otherwise())
  }

  fileprivate func readyDraft(
    _ code: String, _ language: Language
  ) throws -> Domain.ReadyRuleDraft {
    let text = try filledText("language") ?? language.rawValue
    guard let set = StarterSet(rawValue: text) else { throw Rejection.languageUnknown(text) }
    return Domain.ReadyRuleDraft(
      code, set, parameters: try dictionary("parameters") ?? [:],
      tag: has("tag") ? TagID(try id("tag")) : nil, name: try filledText("name"),
      isEnabled: try flag("enabled"))
  }

  private func otherwise() throws -> Rule.Otherwise? {
    guard let text = try filledText("otherwise") else {
      guard has("to") else { return nil }
      return .move(TagID(try id("to")))
    }
    switch text {
    case "remove": return .remove
    case "keep": return .keep
    case "move": return .move(TagID(try id("to")))
    default:
      throw Problem.parameterUnreadable(
        name: "otherwise", value: text, expected: "remove, keep, move")
    }
  }
}

extension Exchange {
  /// The rule in the path, by its number or its name.
  fileprivate func rule() throws -> RuleID {
    if let id = Int32(captures[0]), id > 0 { return RuleID(id) }
    guard let rule = state.rule(named: captures[0]) else {
      throw Problem.ruleNotFound(captures[0])
    }
    return rule.id
  }

  fileprivate func expecting(_ rule: RuleID) throws -> [Expectation] {
    try expectedRevision().map { [.rule(rule, version: $0)] } ?? []
  }
}
