import APITypes
import ArgumentParser
import Client

struct TagApply: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: said(
      en: "Apply a tag to customers.",
      pt: "Aplicar uma etiqueta a clientes.",
      fr: "Appliquer une étiquette à des clients."),
    discussion: said(
      en: """
        Who has it already stays as they are. Of a set, the other tag leaves.

          tagledger tag apply "Status-Enviado" Ana --detail tracking=BR123 --reason "order 17"
          tagledger customer find Silva -q | tagledger tag apply VIP -
          tagledger tag apply VIP --filter 'spent(last 365d) >= 20000' --dry-run
        """,
      pt: """
        Quem já tem a etiqueta fica como está. De um conjunto, a outra etiqueta sai.

          tagledger tag apply "Status-Enviado" Ana --detail tracking=BR123 --reason "order 17"
          tagledger customer find Silva -q | tagledger tag apply VIP -
          tagledger tag apply VIP --filter 'spent(last 365d) >= 20000' --dry-run
        """,
      fr: """
        Qui l’a déjà reste tel quel. D’un ensemble, l’autre étiquette s’en va.

          tagledger tag apply "Status-Enviado" Ana --detail tracking=BR123 --reason "order 17"
          tagledger customer find Silva -q | tagledger tag apply VIP -
          tagledger tag apply VIP --filter 'spent(last 365d) >= 20000' --dry-run
        """))

  @Argument(help: .tag, completion: tagCompletion)
  var tag: String

  @OptionGroup var who: CustomerArguments
  @OptionGroup var match: MatchOptions

  @Option(
    help: .said(
      en: "What belongs to this application, such as tracking=BR123; may be repeated.",
      pt: "O que é desta aplicação da etiqueta, como tracking=BR123; pode ser repetido.",
      fr: "Ce qui est propre à cette pose de l’étiquette, comme tracking=BR123 ; peut être répété.",
      valueName: "key=value"))
  var detail: [String] = []

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  var filters: [String?] { [match.filter] }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let details = try Pairs.read(detail, example: "tracking=BR123")
    let tag = try await session.finder.tag(tag)
    let draft = MembershipDraft(
      customers: try await match.ids(of: who, in: session), filter: match.filter,
      details: details.isEmpty ? nil : Dictionary(details) { $1 }, reason: change.reason,
      dryRun: change.dryRunField)
    let outcome: Outcome<MembershipReceipt> = try await session.client.sendOrQueue(
      .post, Paths.tagApply(tag.id), draft)
    try await session.reportMembership(outcome, of: tag)
  }
}
