import APITypes
import ArgumentParser
import Client

struct WebhookRemove: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: said(
      en: "Remove a webhook with its secret and its dead letters.",
      pt: "Remover um webhook com seu segredo e suas cartas mortas.",
      fr: "Retirer un webhook avec son secret et ses lettres mortes."), aliases: ["rm"])

  @Argument(help: .webhook)
  var webhook: Int32

  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let hook: WebhookDocument = try await session.client.get(Paths.webhook(webhook))
    if !change.dryRun {
      try session.confirm(session.words.asksRemoveWebhook(hook.id, hook.url), confirm)
    }
    let target = Paths.query(
      Paths.webhook(webhook),
      ["reason": change.reason, "dry_run": change.dryRun ? "true" : nil])
    let (_, bytes) = try await session.client.send(Request(.delete, target))
    let receipt: WebhookReceipt = try Client.decode(bytes)
    try session.report(receipt, ids: [String(webhook)]) {
      session.words.webhookRemoved(webhook)
    }
  }
}

struct WebhookSecret: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "secret",
    abstract: said(
      en: "Give a webhook a new secret; the old one counts for nothing from then on.",
      pt: "Dar um novo segredo a um webhook; o antigo não vale mais.",
      fr: "Donner un nouveau secret à un webhook ; l’ancien ne vaut plus rien."))

  @Argument(help: .webhook)
  var webhook: Int32

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let document: WebhookSecretDocument = try await session.client.send(
      .post, Paths.webhookSecret(webhook), ReasonDraft())
    session.show(document, [Column("", "secret") { $0.secret }]) { "\(document.secret)\n" }
  }
}

struct WebhookTestCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: said(
      en: "Send a webhook a message that is about nothing.",
      pt: "Enviar a um webhook uma mensagem sobre nada.",
      fr: "Envoyer à un webhook un message qui ne dit rien."),
    discussion: said(
      en: "Tried once, and signed like any other.",
      pt: "Tentada uma vez, e assinada como as outras.",
      fr: "Essayé une fois, et signé comme tout autre."))

  @Argument(help: .webhook)
  var webhook: Int32

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let test: WebhookTest = try await session.client.send(
      .post, Paths.webhookTest(webhook), ReasonDraft())
    let columns: [Column<WebhookTest>] = [
      Column("", "delivered") { $0.delivered ? "true" : "false" },
      Column("", "status") { $0.status.map(String.init) }, Column("", "failure") { $0.failure },
    ]
    session.show(test, columns) {
      session.words.webhookTested(test.status, failure: test.failure) + "\n"
    }
    if !test.delivered { throw Failure.notDelivered }
  }
}

struct WebhookRedeliver: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "redeliver",
    abstract: said(
      en: "Try dead letters once more: all, or one.",
      pt: "Tentar de novo as cartas mortas: todas, ou uma.",
      fr: "Réessayer les lettres mortes : toutes, ou une."))

  @Argument(help: .webhook)
  var webhook: Int32

  @Option(
    help: .said(
      en: "Only this event.",
      pt: "Só este evento.",
      fr: "Seulement cet événement.", valueName: "number"))
  var seq: Int64?

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let receipt: RedeliverReceipt = try await session.client.send(
      .post, Paths.webhookRedeliver(webhook), RedeliverDraft(seq: seq))
    session.show(receipt, [Column("", "letters") { String($0.letters) }]) {
      session.words.webhookRedelivers(receipt.letters) + "\n"
    }
  }
}
