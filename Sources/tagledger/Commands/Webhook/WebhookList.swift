import APITypes
import ArgumentParser
import Client

struct WebhookList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the webhooks.", aliases: ["ls"])

  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.list(
      webhookColumns(session.words), limit: limits.limit(default: nil)
    ) { limit, cursor in
      Paths.query(Paths.webhooks, ["limit": String(limit), "cursor": cursor])
    }
  }
}

struct WebhookShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a webhook, and how far it has been told.")

  @Argument(help: "The webhook's id.")
  var webhook: Int32

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let hook: WebhookDocument = try await session.client.get(Paths.webhook(webhook))
    session.show(hook, webhookColumns(session.words)) {
      webhookEntry(hook, session.words).text(session.paint)
    }
  }
}

struct WebhookDead: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "dead", abstract: "List the events that a webhook has not taken.")

  @Argument(help: "The webhook's id.")
  var webhook: Int32

  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.list(
      deadLetterColumns(session.words), limit: limits.limit(default: nil)
    ) { limit, cursor in
      Paths.query(Paths.webhookDead(webhook), ["limit": String(limit), "cursor": cursor])
    }
  }
}
