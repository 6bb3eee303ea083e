import APITypes
import ArgumentParser
import Client

struct OperatorRevise: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise",
    abstract: said(
      en: "Change the name or the language of an operator.",
      pt: "Alterar o nome ou o idioma de um operador.",
      fr: "Modifier le nom ou la langue d’un opérateur."))

  @Argument(
    help: .said(
      en: "Name or id.",
      pt: "Nome ou id.",
      fr: "Nom ou identifiant."))
  var `operator`: String

  @Option(
    help: .said(
      en: "The new name.",
      pt: "O novo nome.",
      fr: "Le nouveau nom.", valueName: "text"))
  var name: String?

  @Option(
    help: .said(
      en: "en, fr or pt.",
      pt: "en, fr ou pt.",
      fr: "en, fr ou pt.", valueName: "language"))
  var language: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.send(
      .patch, Paths.operator(`operator`),
      OperatorDraft(
        name: name, language: language, reason: change.reason, dryRun: change.dryRunField))
    try session.report(receipt) { session.words.revised(receipt.operator?.name ?? `operator`) }
  }
}
