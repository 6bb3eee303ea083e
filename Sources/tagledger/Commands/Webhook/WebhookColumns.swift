import APITypes

/// Columns of lists of webhooks.
func webhookColumns(_ words: Words) -> [Column<WebhookDocument>] {
  [
    Column(words.id, "id", right: true) { String($0.id) },
    Column(words.webhookAddress, "url") { $0.url },
    Column(words.what, "types") { $0.types.isEmpty ? nil : $0.types.joined(separator: "; ") },
    Column(hidden: "tags") { $0.tags.map(String.init).joined(separator: "; ") },
    Column(hidden: "customers") { $0.customers.map(String.init).joined(separator: "; ") },
    Column(
      words.state, "state", cell: { Cell(words.webhookState($0.state), style(of: $0.state)) },
      value: { $0.state.rawValue }),
    Column(hidden: "revision") { String($0.revision) },
    Column(words.webhookCursor, "cursor", right: true) { String($0.cursor) },
    Column(words.webhookDelivered, "delivered", right: true) { String($0.delivered) },
    Column(hidden: "last_delivery") { $0.lastDelivery },
    Column(hidden: "attempts") { String($0.attempts) },
    Column(hidden: "failure") { $0.failure },
    Column(words.webhookDead, "dead", right: true) { String($0.dead) },
    Column(hidden: "dropped") { String($0.dropped) },
  ]
}

private func style(of state: WebhookDocument.State) -> Paint.Style {
  switch state {
  case .active: .good
  case .paused: .plain
  case .failing: .bad
  }
}

/// One webhook, for people.
func webhookEntry(_ hook: WebhookDocument, _ words: Words) -> Entry {
  var entry = Entry()
  entry.add(words.id, String(hook.id))
  entry.add(words.webhookAddress, hook.url)
  entry.add(words.what, hook.types.isEmpty ? nil : hook.types.joined(separator: ", "))
  let tags = hook.tags.map(String.init).joined(separator: ", ")
  entry.add(words.tagsHeading, tags.isEmpty ? nil : tags)
  let customers = hook.customers.map(String.init).joined(separator: ", ")
  entry.add(words.customersHeading, customers.isEmpty ? nil : customers)
  entry.add(words.state, words.webhookState(hook.state), style(of: hook.state))
  entry.add(words.webhookCursor, words.number(hook.cursor))
  entry.add(words.webhookDelivered, words.number(hook.delivered))
  entry.add(words.time, hook.lastDelivery.flatMap { LocalTime($0)?.shown(words.language) })
  entry.add(words.error, hook.failure, .bad)
  if hook.dead > 0 { entry.add(words.webhookDead, words.number(hook.dead), .bad) }
  if hook.dropped > 0 { entry.add(words.webhookDropped, words.number(hook.dropped), .bad) }
  return entry
}

/// Columns of lists of dead letters.
func deadLetterColumns(_ words: Words) -> [Column<DeadLetterDocument>] {
  [
    Column(words.seqHeading, "seq", right: true) { String($0.seq) },
    Column(words.webhookAttempts, "attempts", right: true) { String($0.attempts) },
    Column(words.error, "failure") { $0.failure },
    Column(
      words.time, "at", cell: { Cell(LocalTime($0.at)?.shown(words.language) ?? $0.at) },
      value: { $0.at }),
    Column(hidden: "due") { $0.due ? "true" : "false" },
  ]
}
