import APITypes
import ArgumentParser
import Client
import Glibc

struct FactCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fact",
    abstract: said(
      en: "Record what customers do, and look at it.",
      pt: "Registrar o que os clientes fazem, e consultar.",
      fr: "Enregistrer ce que font les clients, et le consulter."),
    subcommands: [FactList.self, FactAdd.self, FactSend.self],
    aliases: ["facts"])
}

struct FactList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: said(
      en: "List what a customer has done, the newest record first.",
      pt: "Listar o que um cliente fez, o registro mais novo primeiro.",
      fr: "Lister ce qu’un client a fait, l’enregistrement le plus récent d’abord."),
    aliases: ["ls"])

  @Argument(help: .customer)
  var customer: String

  @Option(
    help: .said(
      en: "Only of this type, as order.placed.",
      pt: "Só deste tipo, como order.placed.",
      fr: "Seulement de ce type, comme order.placed.", valueName: "type"))
  var type: String?

  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let id = try await session.finder.customer(customer).id
    let account: AccountDocument = try await session.client.get(Paths.account)
    try await session.list(
      factColumns(session.words, account), limit: limits.limit(default: 50)
    ) { limit, cursor in
      Paths.query(
        Paths.customerFacts(id), ["type": type, "limit": String(limit), "cursor": cursor])
    }
  }
}

struct FactAdd: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: said(
      en: "Record one thing that a customer has done.",
      pt: "Registrar uma coisa que um cliente fez.",
      fr: "Enregistrer une chose qu’un client a faite."),
    discussion: said(
      en: """
        The type is one of message.received, message.sent, broadcast.received, broadcast.answered, \
        enquiry.made, complaint.opened, complaint.resolved, urgency.raised, urgency.settled; of \
        orders there is “order”. What has the same id is the same fact, and changes nothing.

          tagledger fact add message.received Ana --id wamid.7
          tagledger fact add enquiry.made 12 --id q1 --category Sofás
          tagledger fact add broadcast.answered 12 --broadcast natal-2026
        """,
      pt: """
        O tipo é um destes: message.received, message.sent, broadcast.received, \
        broadcast.answered, enquiry.made, complaint.opened, complaint.resolved, \
        urgency.raised, urgency.settled; para pedidos há “order”. O que tem o mesmo id é o \
        mesmo fato, e não muda nada.

          tagledger fact add message.received Ana --id wamid.7
          tagledger fact add enquiry.made 12 --id q1 --category Sofás
          tagledger fact add broadcast.answered 12 --broadcast natal-2026
        """,
      fr: """
        Le type est l’un de ceux-ci : message.received, message.sent, broadcast.received, \
        broadcast.answered, enquiry.made, complaint.opened, complaint.resolved, \
        urgency.raised, urgency.settled ; pour les commandes, il y a « order ». Ce qui a le \
        même identifiant est le même fait, et ne change rien.

          tagledger fact add message.received Ana --id wamid.7
          tagledger fact add enquiry.made 12 --id q1 --category Sofás
          tagledger fact add broadcast.answered 12 --broadcast natal-2026
        """))

  @Argument(
    help: .said(
      en: "The type.",
      pt: "O tipo.",
      fr: "Le type."))
  var type: String

  @Argument(help: .customer)
  var customer: String

  @Option(
    help: .said(
      en: "Its id in the system it comes from.",
      pt: "O id no sistema de onde vem.",
      fr: "Son identifiant dans le système d’où il vient.", valueName: "text"))
  var id: String?

  @Option(
    help: .said(
      en: "Of the product enquired about.",
      pt: "Do produto sobre o qual se perguntou.",
      fr: "Du produit sur lequel porte la question.", valueName: "name"))
  var category: String?

  @Option(
    help: .said(
      en: "The product or model.",
      pt: "O produto ou modelo.",
      fr: "Le produit ou le modèle.", valueName: "name"))
  var product: String?

  @Option(
    help: .said(
      en: "The broadcast's name.",
      pt: "O nome da transmissão.",
      fr: "Le nom de la diffusion.", valueName: "name"))
  var broadcast: String?

  @OptionGroup var when: FactOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    var draft = FactBody(type, customer: try await session.finder.customer(customer).id)
    draft.id = id
    draft.category = category
    draft.product = product
    draft.broadcast = broadcast
    try await session.record(draft, when, change)
  }
}

struct FactSend: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "send",
    abstract: said(
      en: "Record facts from a file with one JSON object a line.",
      pt: "Registrar fatos de um arquivo com um objeto JSON por linha.",
      fr: "Enregistrer les faits d’un fichier avec un objet JSON par ligne."),
    discussion: said(
      en: """
        As POST /v1/facts takes them; what is refused is told by line, the rest goes in, and the exit \
        code is 1 then. Sending the same file again changes nothing.
        """,
      pt: """
        Como POST /v1/facts os recebe; o que é recusado é informado linha por linha, o resto \
        entra, e o código de saída é então 1. Enviar o mesmo arquivo de novo não muda nada.
        """,
      fr: """
        Comme POST /v1/facts les prend ; ce qui est refusé est dit ligne par ligne, le reste \
        entre, et le code de sortie est alors 1. Envoyer le même fichier à nouveau ne change \
        rien.
        """))

  @Argument(help: .input, completion: .file())
  var file: String

  @Flag(
    help: .said(
      en: "Register customers that are not there yet.",
      pt: "Cadastrar os clientes que ainda não existem.",
      fr: "Enregistrer les clients qui n’existent pas encore."))
  var createCustomers = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let target = Paths.query(
      Paths.facts,
      [
        "create_customers": createCustomers ? "true" : nil, "reason": change.reason,
        "dry_run": change.dryRun ? "true" : nil,
      ])
    let request = Request(
      .post, target,
      headers: [("Accept", MediaType.json), ("Content-Type", MediaType.ndjson)],
      body: .file(FileUpload(path: file)))
    let receipt: FactsReceipt = try Client.decode(
      try await session.client.sendOnce(request).1)
    let taken = session.words.factsTaken(receipt)
    try session.report(receipt, ids: [], unchanged: receipt.superseded > 0 ? taken : nil) { taken }
    for refusal in receipt.refusals where session.format == .text {
      session.remark("\(refusal.line): \(refusal.detail) [\(refusal.code)]")
    }
    if receipt.refused > 0 { throw Failure.rowsRefused }
  }
}

/// When a fact happened.
struct FactOptions: ParsableArguments {
  @Option(
    help: .said(
      en: "When it happened; now unless given.",
      pt: "Quando aconteceu; se não indicado, agora.",
      fr: "Quand cela s’est passé ; maintenant sauf indication contraire.", valueName: "time"))
  var at: String?
}

extension Session {
  /// Records one fact and says what came of it.
  func record(
    _ draft: FactBody, _ when: FactOptions, _ change: ChangeOptions
  ) async throws {
    var draft = draft
    draft.occurred = try when.at.map { text in
      let date = HumanDate(now: LocalTime(seconds: Glibc.time(nil)), language: words.language)
      guard let time = date.read(text, .start) else { throw Failure.dateUnreadable(text) }
      return time.rfc3339
    }
    let target = Paths.query(
      Paths.facts, ["reason": change.reason, "dry_run": change.dryRun ? "true" : nil])
    let receipt: FactsReceipt = try await client.send(.post, target, draft)
    let taken = words.factsTaken(receipt)
    try report(
      receipt, ids: [], warnings: receipt.warnings ?? [],
      unchanged: receipt.superseded > 0 ? taken : nil
    ) { taken }
  }
}
