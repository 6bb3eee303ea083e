import APITypes
import ArgumentParser
import Client

struct TokenRevoke: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Revoke a token; what it has open ends.")

  @Argument(help: "The token's number; see token list.")
  var id: Int32

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.delete(Paths.token(id), change)
    try session.report(receipt) { session.words.tokenRevoked(id) }
  }
}
