import APITypes
import ArgumentParser
import Client

struct OperatorRestore: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: said(
      en: "Give an archived operator back what they were granted.",
      pt: "Devolver a um operador arquivado o que lhe foi concedido.",
      fr: "Rendre à un opérateur archivé ce qui lui avait été attribué."))

  @Argument(help: .nameOrID)
  var `operator`: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.send(
      .post, Paths.operatorRestore(`operator`),
      ReasonDraft(reason: change.reason, dryRun: change.dryRunField))
    try session.report(receipt) { session.words.restored(receipt.operator?.name ?? `operator`) }
  }
}
