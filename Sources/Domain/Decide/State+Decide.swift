extension State {
  /// Returns the events that follow from a command, or throws the reason it is refused.
  ///
  /// - Parameters:
  ///   - limits: what the team has set.
  ///   - at: when the first of the events would be recorded.
  ///   - spread: by whom large commands are worked on.
  package func decide(
    _ command: Command, reason: String? = nil, limits: Limits, at: Timestamp,
    spread: Spread = inOrder
  ) throws(Problem) -> Decision {
    let reason = reason?.trimmed
    try Self.check(reason, "reason", limit: 500)
    var decision: Decision
    switch command {
    case .createTag(let draft):
      decision = Decision(events: [try create(draft, limits: limits)])
    case .adoptStarterSet(let drafts):
      decision = try adopt(drafts, limits: limits)
    case .reviseTag(let tag, let changes, let revision):
      decision = try revise(tag, changes, revision: revision, limits: limits)
      try refuseUnexplained(decision.events, reason: reason)
    case .recolorCategory(let category, let color):
      decision = try recolor(category: category, color)
    case .mergeTag(let source, let target, let name, let revisions):
      decision = try merge(source, into: target, name: name, revisions: revisions)
    case .archiveTag(let tag):
      decision = try archive(tag)
    case .restoreTag(let tag):
      decision = try restore(tag)
    case .deleteTag(let tag, let customers):
      decision = try delete(tag, customers: customers)
    case .apply(let tag, let customers, let details):
      decision = try apply(tag, to: customers, details: details, limits: limits)
    case .remove(let tag, let customers):
      decision = try remove(tag, from: customers, limits: limits)
    case .registerCustomer(let draft):
      decision = Decision(events: [try register(draft)])
    case .reviseCustomer(let customer, let draft, let revision):
      decision = try revise(customer, draft, revision: revision)
    case .mergeCustomer(let source, let target):
      decision = try merge(source, into: target)
    case .eraseCustomer(let customer, let fields):
      decision = try erase(customer, fields: fields, reason: reason)
    case .acknowledge(let seqs, let reader):
      decision = try acknowledge(seqs, by: reader)
    case .takeRows(let rows, let policy):
      try Self.check(policy.file, "file", limit: 255)
      decision = take(rows, policy: policy, limits: limits, at: at)
    case .createWebhook(let draft): decision = Decision(events: [try create(draft)])
    case .reviseWebhook(let webhook, let changes): decision = try revise(webhook, changes)
    case .removeWebhook(let webhook): decision = Decision(events: [try remove(webhook)])
    case .recordFacts(let drafts, let policy):
      guard drafts.count <= limits.bulk else {
        throw .bulkTooLarge(count: drafts.count, limit: limits.bulk)
      }
      try Self.check(policy.file, "file", limit: 255)
      decision = record(drafts, policy, at: at, spread: spread)
    case .reviseAccount(let currency): decision = try reviseAccount(currency)
    case .saveMapping(let mapping): decision = try save(mapping)
    case .removeMapping(let name): decision = try removeMapping(name)
    case .noteTagUses(let uses): decision = noteUses(uses)
    case .team(let command):
      decision = try decide(command, at: at)
    case .rule(let command):
      decision = try decide(command, reason: reason, limits: limits, at: at)
    case .segment(let command):
      decision = try decide(command, limits: limits, at: at)
    case .undo(let undo):
      decision = try self.undo(undo, limits: limits, at: at)
    }
    try refuseLosingOwner(decision.events, at: at)
    if let reason, !reason.isEmpty {
      for index in decision.events.indices { decision.events[index].reason = reason }
    }
    return decision
  }

  /// There must always remain somebody who can do everything, and whom the ledger knows.
  private func refuseLosingOwner(_ events: [Event], at: Timestamp) throws(Problem) {
    guard events.contains(where: \.type.canCostOwner), team.hasOwner else { return }
    var after = self
    for event in events { after.evolve(event, at: at) }
    guard after.team.hasOwner else { throw .teamLastOwner }
  }

  private func undo(_ undo: Undo, limits: Limits, at: Timestamp) throws(Problem) -> Decision {
    var undoing = Undoing(undo, in: self, limit: limits.undo, at: at)
    var decision = try undoing.run()
    if decision.events.isEmpty && decision.left.isEmpty { decision.unchanged = 1 }
    return decision
  }

  /// Refuses a text of more characters than `limit`, or of so many bytes that no person wrote it.
  ///
  /// The bytes have a limit too because characters have none: each may be piled up without end from
  /// combining marks, while an event has at most 65,535 bytes.
  static func check(_ text: String?, _ field: String, limit: Int) throws(Problem) {
    guard let text, text.utf8.count > limit else { return }
    guard text.count <= limit else {
      throw .textTooLong(field: field, length: text.count, limit: limit)
    }
    let bytes = limit * bytesPerCharacter
    guard text.utf8.count <= bytes else {
      throw .textTooLong(field: field, length: text.utf8.count, limit: bytes)
    }
  }

  /// Enough for any script; a text of nothing but emoji families reaches it at a third of its length.
  private static let bytesPerCharacter = 8
}
