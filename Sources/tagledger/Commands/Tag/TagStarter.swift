import APITypes
import ArgumentParser
import Client

struct TagStarter: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "starter",
    abstract: said(
      en: "Create a starter set of tags, ready to use.",
      pt: "Criar um conjunto inicial de etiquetas, pronto para usar.",
      fr: "Créer un jeu d’étiquettes de départ, prêt à l’emploi."),
    discussion: said(
      en: "With criteria and follow-ups. Names that are there already are left alone.",
      pt: "Com critérios e próximas ações. Nomes que já existem ficam como estão.",
      fr: "Avec critères et suites à donner. Les noms déjà présents restent tels quels."))

  @Argument(
    help: .said(
      en: "pt, fr or en.",
      pt: "pt, fr ou en.",
      fr: "pt, fr ou en."),
    completion: .list(["pt", "fr", "en"]))
  var language: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let draft = ReasonDraft(reason: change.reason, dryRun: change.dryRunField)
    let receipt: TagsReceipt = try await session.client.send(
      .post, Paths.starterSet(language), draft)
    let ids = receipt.tags.map { String($0.id) }
    try session.report(receipt, ids: ids, warnings: receipt.warnings) {
      session.words.starter(receipt.tags.count, skipped: receipt.skipped)
    }
  }
}
