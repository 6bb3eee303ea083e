import APITypes
import ArgumentParser
import Client

struct RoleRevise: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise", abstract: "Change a role, for whoever holds it.")

  @Argument(help: "Name or id.")
  var role: String

  @Option(help: ArgumentHelp("The new name.", valueName: "text"))
  var name: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("All that it gives from now on.", valueName: "permission"))
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
