import APITypes
import ArgumentParser
import Client

struct RoleRemove: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: said(
      en: "Remove a role: it gives nothing any more.",
      pt: "Remover um papel: não dá mais nada.",
      fr: "Retirer un rôle : il ne donne plus rien."))

  @Argument(help: .nameOrID)
  var role: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.delete(Paths.role(role), change)
    try session.report(receipt) { session.words.roleRemoved(receipt.role?.name ?? role) }
  }
}
