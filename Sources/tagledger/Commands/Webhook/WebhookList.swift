import APITypes
import ArgumentParser
import Client

struct WebhookList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: said(
      en: "List the webhooks.",
      pt: "Listar os webhooks.",
      fr: "Lister les webhooks."), aliases: ["ls"])

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
    commandName: "show",
    abstract: said(
      en: "Show a webhook, and how far it has been told.",
      pt: "Mostrar um webhook, e até onde foi informado.",
      fr: "Montrer un webhook, et jusqu’où il a été informé."))

  @Argument(help: .webhook)
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
    commandName: "dead",
    abstract: said(
      en: "List the events that a webhook has not taken.",
      pt: "Listar os eventos que um webhook não recebeu.",
      fr: "Lister les événements qu’un webhook n’a pas pris."))

  @Argument(help: .webhook)
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
