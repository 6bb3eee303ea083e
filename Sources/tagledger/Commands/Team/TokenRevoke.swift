import APITypes
import ArgumentParser
import Client

struct TokenRevoke: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: said(
      en: "Revoke a token; what it has open ends.",
      pt: "Revogar um token; o que ele tem aberto termina.",
      fr: "Révoquer un jeton ; ce qu’il a d’ouvert prend fin."))

  @Argument(
    help: .said(
      en: "The token's number; see token list.",
      pt: "O número do token; veja token list.",
      fr: "Le numéro du jeton ; voir token list."))
  var id: Int32

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.delete(Paths.token(id), change)
    try session.report(receipt) { session.words.tokenRevoked(id) }
  }
}
