import APITypes
import ArgumentParser
import Client

struct OperatorArchive: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: said(
      en: "Take everything from an operator until they are restored.",
      pt: "Tirar tudo de um operador até que seja restaurado.",
      fr: "Tout retirer à un opérateur jusqu’à ce qu’il soit rétabli."))

  @Argument(help: .nameOrID)
  var `operator`: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.send(
      .post, Paths.operatorArchive(`operator`),
      ReasonDraft(reason: change.reason, dryRun: change.dryRunField))
    try session.report(receipt) {
      session.words.operatorArchived(receipt.operator?.name ?? `operator`)
    }
  }
}
