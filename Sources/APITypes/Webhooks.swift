/// A program of this machine that is told of events, and how far it has been told.
package struct WebhookDocument: Codable, Hashable, Sendable, Identifiable {
  package enum State: String, Codable, Sendable, CaseIterable {
    /// What happens is delivered.
    case active
    case paused
    /// The last try failed; the next follows by itself.
    case failing
  }

  package var id: Int32
  package var url: String
  /// Types, or nouns that stand for all of theirs; empty for all.
  package var types: [String]
  package var tags: [Int32]
  package var customers: [Int32]
  package var state: State
  package var revision: Int64
  /// All events up to this one have been dealt with.
  package var cursor: Int64
  /// Messages that have arrived.
  package var delivered: Int
  /// RFC 3339 in UTC.
  package var lastDelivery: String?
  /// How often the next message has been tried.
  package var attempts: Int
  package var failure: String?
  /// How many dead letters there are.
  package var dead: Int
  /// Dead letters that had to make room for others.
  package var dropped: Int

  package init(
    id: Int32, url: String, types: [String], tags: [Int32], customers: [Int32], state: State,
    revision: Int64, cursor: Int64, delivered: Int, lastDelivery: String?, attempts: Int,
    failure: String?, dead: Int, dropped: Int
  ) {
    self.id = id
    self.url = url
    self.types = types
    self.tags = tags
    self.customers = customers
    self.state = state
    self.revision = revision
    self.cursor = cursor
    self.delivered = delivered
    self.lastDelivery = lastDelivery
    self.attempts = attempts
    self.failure = failure
    self.dead = dead
    self.dropped = dropped
  }

  package enum CodingKeys: String, CodingKey {
    case id, url, types, tags, customers, state, revision, cursor, delivered
    case lastDelivery = "last_delivery"
    case attempts, failure, dead, dropped
  }
}

/// Answer to a change of a webhook.
package struct WebhookReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  package var webhook: WebhookDocument
  /// Shown once: when it is created, or when it is given a new one.
  package var secret: String?

  package init(
    seq: [Int64]?, command: String, dryRun: Bool, webhook: WebhookDocument, secret: String? = nil
  ) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.webhook = webhook
    self.secret = secret
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case webhook, secret
  }
}

/// A new webhook, or what changes of one: what is absent stays as it is.
package struct WebhookDraft: Codable, Hashable, Sendable {
  package var url: String?
  package var types: [String]?
  package var tags: [Int32]?
  package var customers: [Int32]?
  package var paused: Bool?
  package var reason: String?
  package var dryRun: Bool?

  package init(
    url: String? = nil, types: [String]? = nil, tags: [Int32]? = nil, customers: [Int32]? = nil,
    paused: Bool? = nil, reason: String? = nil, dryRun: Bool? = nil
  ) {
    self.url = url
    self.types = types
    self.tags = tags
    self.customers = customers
    self.paused = paused
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case url, types, tags, customers, paused, reason
    case dryRun = "dry_run"
  }
}

/// An event that its receiver has not taken.
package struct DeadLetterDocument: Codable, Hashable, Sendable, Identifiable {
  package var seq: Int64
  package var attempts: Int
  package var failure: String
  /// When it was given up; RFC 3339 in UTC.
  package var at: String
  /// Whether it is about to be tried again.
  package var due: Bool

  package var id: Int64 { seq }

  package init(seq: Int64, attempts: Int, failure: String, at: String, due: Bool) {
    self.seq = seq
    self.attempts = attempts
    self.failure = failure
    self.at = at
    self.due = due
  }
}

/// Which dead letters are to be tried again.
package struct RedeliverDraft: Codable, Hashable, Sendable {
  /// Nil for all.
  package var seq: Int64?

  package init(seq: Int64? = nil) {
    self.seq = seq
  }
}

/// How many dead letters are tried again.
package struct RedeliverReceipt: Codable, Hashable, Sendable {
  package var letters: Int

  package init(letters: Int) {
    self.letters = letters
  }
}

/// What came of a test message.
package struct WebhookTest: Codable, Hashable, Sendable {
  package var delivered: Bool
  /// What the receiver answered, if anything.
  package var status: Int?
  package var failure: String?

  package init(delivered: Bool, status: Int?, failure: String?) {
    self.delivered = delivered
    self.status = status
    self.failure = failure
  }
}

/// A new secret, shown this once.
package struct WebhookSecretDocument: Codable, Hashable, Sendable {
  package var secret: String

  package init(secret: String) {
    self.secret = secret
  }
}

extension Paths {
  package static let webhooks = "/v1/webhooks"

  package static func webhook(_ id: Int32) -> String { "\(webhooks)/\(id)" }
  package static func webhookDead(_ id: Int32) -> String { "\(webhook(id))/dead" }
  package static func webhookRedeliver(_ id: Int32) -> String { "\(webhook(id))/redeliver" }
  package static func webhookSecret(_ id: Int32) -> String { "\(webhook(id))/secret" }
  package static func webhookTest(_ id: Int32) -> String { "\(webhook(id))/test" }
}
