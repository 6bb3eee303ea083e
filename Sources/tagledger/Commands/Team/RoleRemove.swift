import APITypes
import ArgumentParser
import Client

struct RoleRemove: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a role: it gives nothing any more.")

  @Argument(help: "Name or id.")
  var role: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.delete(Paths.role(role), change)
    try session.report(receipt) { session.words.roleRemoved(receipt.role?.name ?? role) }
  }
}
