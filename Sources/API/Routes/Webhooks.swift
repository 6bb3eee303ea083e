import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger
import Webhooks

/// Who of this machine is told of what happens.
extension API {
  static let webhookRoutes = [
    Route(.get, "/v1/webhooks", needs: .serviceManage) { try await $0.listWebhooks($1) },
    Route(.post, "/v1/webhooks", needs: .serviceManage) { try await $0.createWebhook($1) },
    Route(.get, "/v1/webhooks/{id}", needs: .serviceManage) { try await $0.showWebhook($1) },
    Route(.patch, "/v1/webhooks/{id}", needs: .serviceManage) { try await $0.reviseWebhook($1) },
    Route(.delete, "/v1/webhooks/{id}", needs: .serviceManage) { try await $0.removeWebhook($1) },
    Route(.get, "/v1/webhooks/{id}/dead", needs: .serviceManage) {
      try await $0.listDeadLetters($1)
    },
    Route(.post, "/v1/webhooks/{id}/redeliver", needs: .serviceManage) {
      try await $0.redeliver($1)
    },
    Route(.post, "/v1/webhooks/{id}/secret", needs: .serviceManage) {
      try await $0.renewSecret($1)
    },
    Route(.post, "/v1/webhooks/{id}/test", needs: .serviceManage) { try await $0.testWebhook($1) },
  ]

  // MARK: Reading

  private func listWebhooks(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(Paging.names)
    let paging = try Paging(query, of: .webhooks, most: pageLimit, filter: [])
    let state = read(exchange)
    let found = state.webhooks.filter { Int64($0.id.rawValue) > paging.after ?? 0 }
    let page = found.prefix(paging.limit)
    return try exchange.answer(
      List(
        items: page.map(document),
        next: found.count > page.count ? paging.cursor(Int64(page.last!.id.rawValue)) : nil,
        position: state.position))
  }

  private func showWebhook(_ exchange: Exchange) async throws -> Response {
    try exchange.query().only([])
    let hook = try read(exchange).webhook(try exchange.webhook())
    return try Response(json: document(hook)).tagged(hook.revision)
  }

  private func listDeadLetters(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(Paging.names)
    let paging = try Paging(query, of: .deadLetters, most: pageLimit, filter: [])
    let state = read(exchange)
    let id = try state.webhook(try exchange.webhook()).id
    let found = courier.files.dead(of: id).sorted { $0.seq < $1.seq }
      .filter { $0.seq > paging.after ?? 0 }
    let page = found.prefix(paging.limit)
    return try exchange.answer(
      List(
        items: page.map {
          DeadLetterDocument(
            seq: $0.seq, attempts: $0.attempts, failure: $0.failure,
            at: Timestamp(microseconds: $0.at).text, due: $0.isDue)
        }, next: found.count > page.count ? paging.cursor(page.last!.seq) : nil,
        position: state.position))
  }

  private func document(_ hook: Webhook) -> WebhookDocument {
    let progress = courier.progress(of: hook)
    return WebhookDocument(
      id: hook.id.rawValue, url: hook.url, types: hook.filter.types,
      tags: hook.filter.tags.map(\.rawValue), customers: hook.filter.customers.map(\.rawValue),
      state: hook.isPaused ? .paused : progress.failure == nil ? .active : .failing,
      revision: hook.revision, cursor: progress.cursor, delivered: progress.delivered,
      lastDelivery: progress.lastDelivery.map { Timestamp(microseconds: $0).text },
      attempts: progress.attempts, failure: progress.failure,
      dead: courier.files.dead(of: hook.id).count, dropped: progress.dropped)
  }

  // MARK: Changing

  private static let fields: Set = [
    "url", "types", "tags", "customers", "paused", "reason", "dry_run",
  ]

  private func createWebhook(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(Self.fields)
    let filter = WebhookFilter(
      types: try body.texts("types") ?? [],
      tags: body.has("tags") ? try body.ids("tags").map { TagID($0) } : [],
      customers: body.has("customers") ? try body.ids("customers").map { CustomerID($0) } : [])
    let draft = Domain.WebhookDraft(
      url: try body.requiredText("url"), filter: filter, isPaused: try body.flag("paused"))
    let receipt = try await submit(.createWebhook(draft), exchange, body)
    guard let number = receipt.events.first?.data?["webhook"]?.int else { throw Rejection.failed }
    let id = WebhookID(Int32(number))
    // It is shown once: a request that is sent again does not get it again.
    var secret: WebhookSecret?
    if !receipt.isDryRun, !receipt.isReplay {
      let made = WebhookSecret()
      try courier.files.keep(made, of: id)
      secret = made
      exchange.keyed?.keepSecret()
    }
    var response = try answer(
      id, receipt, status: !receipt.isDryRun ? .created : .ok, secret: secret)
    if !receipt.isDryRun { response.headers[.location] = Paths.webhook(id.rawValue) }
    return response
  }

  private func reviseWebhook(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(Self.fields)
    let id = try exchange.webhook()
    let changes = WebhookChanges(
      url: try body.changedText("url"), types: try body.texts("types"),
      tags: body.has("tags") ? try body.ids("tags").map { TagID($0) } : nil,
      customers: body.has("customers") ? try body.ids("customers").map { CustomerID($0) } : nil,
      isPaused: body.has("paused") ? try body.flag("paused") : nil)
    let receipt = try await submit(
      .reviseWebhook(id, changes), exchange, body, expecting: try exchange.expecting(id))
    return try answer(id, receipt)
  }

  private func removeWebhook(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["reason", "dry_run"])
    let id = try exchange.webhook()
    let hook = try? ledger.state.webhook(id)
    let receipt = try await submit(
      Order(
        .removeWebhook(id), by: exchange.caller, reason: query["reason"],
        dryRun: try query.flag("dry_run"), expecting: try exchange.expecting(id)), exchange)
    guard let hook else {
      throw Problem.requestAnswerGone(receipt.command, seqs: receipt.seqs)
    }
    return try Response(
      json: WebhookReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        webhook: document(hook)))
  }

  private func answer(
    _ id: WebhookID, _ receipt: LedgerReceipt, status: HTTPResponse.Status = .ok,
    secret: WebhookSecret? = nil
  ) throws -> Response {
    let hook = try (receipt.preview ?? ledger.state).webhook(id)
    return try Response(
      status,
      json: WebhookReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        webhook: document(hook), secret: secret?.text)
    ).tagged(hook.revision)
  }

  // MARK: Delivering

  private func redeliver(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["seq"])
    let seq = try body.integer("seq")
    let letters = try courier.redeliver(try exchange.webhook(), seq: seq)
    return try Response(.accepted, json: RedeliverReceipt(letters: letters))
  }

  private func renewSecret(_ exchange: Exchange) async throws -> Response {
    try await exchange.body().only([])
    let id = try read(exchange).webhook(try exchange.webhook()).id
    let secret = WebhookSecret()
    try courier.files.keep(secret, of: id)
    exchange.keyed?.keepSecret()
    return try Response(json: WebhookSecretDocument(secret: secret.text))
  }

  private func testWebhook(_ exchange: Exchange) async throws -> Response {
    try await exchange.body().only([])
    let (status, failure) = try await courier.test(try exchange.webhook())
    return try Response(
      json: WebhookTest(delivered: failure == nil, status: status, failure: failure))
  }
}

extension Exchange {
  /// The webhook in the path.
  fileprivate func webhook() throws -> WebhookID {
    guard let id = Int32(captures[0]), id > 0 else { throw Problem.webhookNotFound(captures[0]) }
    return WebhookID(id)
  }

  func expecting(_ webhook: WebhookID) throws -> [Expectation] {
    try expectedRevision().map { [.webhook(webhook, revision: $0)] } ?? []
  }
}

extension WebhookReceipt: Writable {}
extension RedeliverReceipt: Writable {}
extension WebhookTest: Writable {}
extension WebhookSecretDocument: Writable {}

extension WebhookDocument: Listed {
  static let columns = [
    "id", "url", "types", "tags", "customers", "state", "revision", "cursor", "delivered",
    "last_delivery", "attempts", "failure", "dead", "dropped",
  ]

  var cells: [String] {
    func list(_ ids: [Int32]) -> String { ids.map { "\($0)" }.joined(separator: "; ") }
    return [
      "\(id)", url, types.joined(separator: "; "), list(tags), list(customers), state.rawValue,
      "\(revision)", "\(cursor)", "\(delivered)", lastDelivery ?? "", "\(attempts)",
      failure ?? "", "\(dead)", "\(dropped)",
    ]
  }
}

extension DeadLetterDocument: Listed {
  static let columns = ["seq", "attempts", "failure", "at", "due"]

  var cells: [String] { ["\(seq)", "\(attempts)", failure, at, due ? "true" : "false"] }
}
