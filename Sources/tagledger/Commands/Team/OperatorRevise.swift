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

  @Argument(help: .nameOrID)
  var `operator`: String

  @Option(help: .newName)
  var name: String?

  @Option(help: .language)
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
