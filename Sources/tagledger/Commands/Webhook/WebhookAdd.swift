import APITypes
import ArgumentParser
import Client

struct WebhookAdd: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: said(
      en: "Tell a program of this machine what happens from now on.",
      pt: "Informar a um programa desta máquina o que acontece a partir de agora.",
      fr: "Dire à un programme de cette machine ce qui se passe désormais."),
    discussion: said(
      en: """
        Prints the secret by which the program checks the signatures; it is shown only now.

          tagledger webhook add http://127.0.0.1:8080/events --type tag.applied tag.removed
          tagledger webhook add http+unix:///run/shop/events.sock --tag Status-Pago
        """,
      pt: """
        Mostra o segredo com que o programa confere as assinaturas; só é mostrado agora.

          tagledger webhook add http://127.0.0.1:8080/events --type tag.applied tag.removed
          tagledger webhook add http+unix:///run/shop/events.sock --tag Status-Pago
        """,
      fr: """
        Affiche le secret avec lequel le programme vérifie les signatures ; il n’est montré \
        que maintenant.

          tagledger webhook add http://127.0.0.1:8080/events --type tag.applied tag.removed
          tagledger webhook add http+unix:///run/shop/events.sock --tag Status-Pago
        """))

  @Argument(
    help: .said(
      en: """
        http://127.0.0.1:PORT/…, http://[::1]:PORT/…, http://localhost:PORT/… or \
        http+unix:///….
        """,
      pt: """
        http://127.0.0.1:PORT/…, http://[::1]:PORT/…, http://localhost:PORT/… ou \
        http+unix:///….
        """,
      fr: """
        http://127.0.0.1:PORT/…, http://[::1]:PORT/…, http://localhost:PORT/… ou \
        http+unix:///….
        """)
  )
  var url: String

  @OptionGroup var fields: WebhookFields

  @Flag(
    help: .said(
      en: "Begin paused.",
      pt: "Começar em pausa.",
      fr: "Commencer suspendu."))
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
    commandName: "revise",
    abstract: said(
      en: "Change where a webhook leads, or what it is told of.",
      pt: "Alterar para onde vai um webhook, ou o que lhe é informado.",
      fr: "Modifier où mène un webhook, ou ce qui lui est dit."))

  @Argument(help: .webhook)
  var webhook: Int32

  @Option(
    help: .said(
      en: "Where it leads from now on.",
      pt: "Para onde vai a partir de agora.",
      fr: "Où il mène désormais.", valueName: "address"))
  var url: String?

  @OptionGroup var fields: WebhookFields

  @Flag(
    help: .said(
      en: "Tell it of everything: no more types, tags and customers.",
      pt: "Informar de tudo: sem mais tipos, etiquetas e clientes.",
      fr: "Tout lui dire : plus de types, d’étiquettes ni de clients."))
  var everything = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if url == nil, fields.isEmpty, !everything {
      throw ValidationError(
        said(
          en: "Say what to change: --url, --type, --tag, --customer, --everything.",
          pt: "Diga o que mudar: --url, --type, --tag, --customer, --everything.",
          fr: "Dites quoi changer : --url, --type, --tag, --customer, --everything."))
    }
    if everything, !fields.isEmpty {
      throw ValidationError(
        said(
          en: "--everything excludes --type, --tag and --customer.",
          pt: "--everything não se combina com --type, --tag e --customer.",
          fr: "--everything exclut --type, --tag et --customer."))
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
    commandName: "pause",
    abstract: said(
      en: "Tell a webhook nothing until it is resumed.",
      pt: "Não informar nada a um webhook até que seja retomado.",
      fr: "Ne rien dire à un webhook jusqu’à ce qu’il soit repris."))

  @Argument(help: .webhook)
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
    commandName: "resume",
    abstract: said(
      en: "Go on telling a webhook, from where it was paused.",
      pt: "Voltar a informar um webhook, de onde parou.",
      fr: "Recommencer à informer un webhook, de là où il a été suspendu."))

  @Argument(help: .webhook)
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
