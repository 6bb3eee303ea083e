import APITypes
import ArgumentParser
import Client

struct OperatorRevise: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise", abstract: "Change the name or the language of an operator.")

  @Argument(help: "Name or id.")
  var `operator`: String

  @Option(help: ArgumentHelp("The new name.", valueName: "text"))
  var name: String?

  @Option(help: ArgumentHelp("en, fr or pt.", valueName: "language"))
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
