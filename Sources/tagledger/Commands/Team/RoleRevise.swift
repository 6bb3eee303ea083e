import APITypes
import ArgumentParser
import Client

struct RoleRevise: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise",
    abstract: said(
      en: "Change a role, for whoever holds it.",
      pt: "Alterar um papel, para quem o tem.",
      fr: "Modifier un rôle, pour tous ceux qui l’ont."))

  @Argument(help: .nameOrID)
  var role: String

  @Option(help: .newName)
  var name: String?

  @Option(
    parsing: .upToNextOption,
    help: .said(
      en: "All that it gives from now on.",
      pt: "Tudo o que ele dá a partir de agora.",
      fr: "Tout ce qu’il donne désormais.", valueName: "permission"))
  var permissions: [String] = []

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.send(
      .patch, Paths.role(role),
      RoleDraft(
        name: name, permissions: permissions.isEmpty ? nil : permissions, reason: change.reason,
        dryRun: change.dryRunField))
    try session.report(receipt) { session.words.revised(receipt.role?.name ?? role) }
  }
}
