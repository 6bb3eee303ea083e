import APITypes
import ArgumentParser
import Client

struct RoleRevoke: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: said(
      en: "Take a role from an operator.",
      pt: "Retirar um papel de um operador.",
      fr: "Retirer un rôle à un opérateur."))

  @Argument(
    help: .said(
      en: "The grant's number; see role list --grants.",
      pt: "O número da concessão; veja role list --grants.",
      fr: "Le numéro de l’attribution ; voir role list --grants."))
  var id: Int32

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.delete(Paths.grant(id), change)
    try session.report(receipt) { session.words.grantRevoked(id) }
  }
}
