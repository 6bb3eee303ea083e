/// Deciding about webhooks, and what follows.
extension State {
  /// Enough for any machine, few enough that each may have a reader of the log of its own.
  static let webhookLimit = 32
  /// Tags and customers that one webhook may name.
  static let webhookListLimit = 100

  package func webhook(_ id: WebhookID) throws(Problem) -> Webhook {
    guard let found = webhooks.first(where: { $0.id == id }) else {
      throw .webhookNotFound("\(id.rawValue)")
    }
    return found
  }

  // MARK: Deciding

  func create(_ draft: WebhookDraft) throws(Problem) -> Event {
    guard webhooks.count < Self.webhookLimit else {
      throw .webhooksTooMany(limit: Self.webhookLimit)
    }
    _ = try WebhookAddress(draft.url)
    try check(draft.filter)
    var data = draft.filter.members
    data["webhook"] = .int(Int64(lastWebhook + 1))
    data["url"] = .string(draft.url)
    if draft.isPaused { data["paused"] = .bool(true) }
    return Event(.webhookCreated, data: .object(data))
  }

  func revise(_ id: WebhookID, _ changes: WebhookChanges) throws(Problem) -> Decision {
    let old = try webhook(id)
    let filter = WebhookFilter(
      types: changes.types ?? old.filter.types, tags: changes.tags ?? old.filter.tags,
      customers: changes.customers ?? old.filter.customers)
    try check(filter)
    var data: [String: JSON] = [:]
    func change(_ name: String, _ from: JSON, _ to: JSON) {
      if from != to { data[name] = ["from": from, "to": to] }
    }
    if let url = changes.url {
      _ = try WebhookAddress(url)
      change("url", .string(old.url), .string(url))
    }
    if let paused = changes.isPaused { change("paused", .bool(old.isPaused), .bool(paused)) }
    for name in WebhookFilter.names {
      change(name, old.filter.members[name] ?? [], filter.members[name] ?? [])
    }
    guard !data.isEmpty else { return Decision(events: [], unchanged: 1) }
    data["webhook"] = .int(Int64(id.rawValue))
    return Decision(events: [Event(.webhookRevised, data: .object(data))])
  }

  func remove(_ id: WebhookID) throws(Problem) -> Event {
    let old = try webhook(id)
    return Event(
      .webhookRemoved, data: ["webhook": .int(Int64(id.rawValue)), "url": .string(old.url)])
  }

  private func check(_ filter: WebhookFilter) throws(Problem) {
    guard filter.eventTypes != nil else {
      throw .parameterUnreadable(
        name: "types", value: filter.types.joined(separator: ","),
        expected: .written(EventType.allCases.map(\.name).joined(separator: ", ")))
    }
    let count = max(filter.tags.count, filter.customers.count)
    guard count <= Self.webhookListLimit else {
      throw .bulkTooLarge(count: count, limit: Self.webhookListLimit)
    }
    for tag in filter.tags { _ = try current(tag) }
    for customer in filter.customers { _ = try current(customer) }
  }

  // MARK: Evolving

  mutating func evolveWebhook(_ type: EventType, _ data: JSON) {
    let id = WebhookID(Int32(data["webhook"]!.int!))
    guard type != .webhookCreated else {
      lastWebhook = max(lastWebhook, id.rawValue)
      webhooks.append(
        Webhook(
          id: id, url: data["url"]!.string!, filter: WebhookFilter(data),
          isPaused: data["paused"] == .bool(true), created: position))
      return
    }
    guard let index = webhooks.firstIndex(where: { $0.id == id }) else { return }
    if type == .webhookRemoved {
      webhooks.remove(at: index)
      return
    }
    var members = webhooks[index].filter.members
    for name in WebhookFilter.names {
      if let to = data[name]?["to"] { members[name] = to }
    }
    webhooks[index].filter = WebhookFilter(.object(members))
    if let url = data["url"]?["to"]?.string { webhooks[index].url = url }
    if let paused = data["paused"]?["to"] { webhooks[index].isPaused = paused == .bool(true) }
    webhooks[index].revision += 1
  }

  /// Whether an event of a webhook can follow this state.
  func fitsWebhook(_ type: EventType, _ data: JSON?) -> Bool {
    guard let number = data?["webhook"]?.int, let id = Int32(exactly: number), id > 0 else {
      return false
    }
    if type == .webhookCreated { return id == lastWebhook + 1 && data?["url"]?.string != nil }
    return webhooks.contains { $0.id.rawValue == id }
  }
}

extension WebhookFilter {
  static let names = ["types", "tags", "customers"]

  /// As it stands in an event; what is empty is left out.
  var members: [String: JSON] {
    var members: [String: JSON] = [:]
    if !types.isEmpty { members["types"] = .array(types.map(JSON.string)) }
    if !tags.isEmpty { members["tags"] = .array(tags.map { .int(Int64($0.rawValue)) }) }
    if !customers.isEmpty {
      members["customers"] = .array(customers.map { .int(Int64($0.rawValue)) })
    }
    return members
  }

  init(_ data: JSON) {
    func ids(_ name: String) -> [Int32] {
      (data[name]?.array ?? []).compactMap { $0.int.flatMap(Int32.init(exactly:)) }
    }
    self.init(
      types: (data["types"]?.array ?? []).compactMap(\.string), tags: ids("tags").map { TagID($0) },
      customers: ids("customers").map { CustomerID($0) })
  }
}
