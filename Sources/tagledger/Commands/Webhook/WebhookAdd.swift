import APITypes
import ArgumentParser
import Client

struct WebhookAdd: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Tell a program of this machine what happens from now on.",
    discussion: """
      Prints the secret by which the program checks the signatures; it is shown only now.

        tagledger webhook add http://127.0.0.1:8080/events --type tag.applied tag.removed
        tagledger webhook add http+unix:///run/shop/events.sock --tag Status-Pago
      """)

  @Argument(
    help: "http://127.0.0.1:PORT/…, http://[::1]:PORT/…, http://localhost:PORT/… or http+unix:///…."
  )
  var url: String

  @OptionGroup var fields: WebhookFields

  @Flag(help: "Begin paused.")
  var paused = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    var draft = try await fields.draft(session)
    draft.url = url
    draft.paused = paused ? true : nil
    (draft.reason, draft.dryRun) = (change.reason, change.dryRunField)
    let receipt: WebhookReceipt = try await session.client.send(.post, Paths.webhooks, draft)
    try session.report(receipt, ids: [String(receipt.webhook.id)]) {
      session.words.webhookAdded(receipt.webhook.id, secret: receipt.secret)
    }
  }
}

struct WebhookRevise: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise", abstract: "Change where a webhook leads, or what it is told of.")

  @Argument(help: "The webhook's id.")
  var webhook: Int32

  @Option(help: ArgumentHelp("Where it leads from now on.", valueName: "address"))
  var url: String?

  @OptionGroup var fields: WebhookFields

  @Flag(help: "Tell it of everything: no more types, tags and customers.")
  var everything = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if url == nil, fields.isEmpty, !everything {
      throw ValidationError("Say what to change: --url, --type, --tag, --customer, --everything.")
    }
    if everything, !fields.isEmpty {
      throw ValidationError("--everything excludes --type, --tag and --customer.")
    }
  }

  func perform(in session: Session) async throws {
    var draft = try await fields.draft(session)
    if everything { (draft.types, draft.tags, draft.customers) = ([], [], []) }
    draft.url = url
    try await session.revise(webhook, draft, change) { session.words.webhookRevised(webhook) }
  }
}

struct WebhookPause: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Tell a webhook nothing until it is resumed.")

  @Argument(help: "The webhook's id.")
  var webhook: Int32

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.revise(webhook, WebhookDraft(paused: true), change) {
      session.words.webhookPaused(webhook)
    }
  }
}

struct WebhookResume: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on telling a webhook, from where it was paused.")

  @Argument(help: "The webhook's id.")
  var webhook: Int32

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.revise(webhook, WebhookDraft(paused: false), change) {
      session.words.webhookResumed(webhook)
    }
  }
}

extension Session {
  fileprivate func revise(
    _ id: Int32, _ draft: WebhookDraft, _ change: ChangeOptions, _ sentence: () -> String
  ) async throws {
    try refuseSheets()
    var draft = draft
    (draft.reason, draft.dryRun) = (change.reason, change.dryRunField)
    let receipt: WebhookReceipt = try await client.send(.patch, Paths.webhook(id), draft)
    try report(receipt, ids: [String(id)], sentence)
  }
}
