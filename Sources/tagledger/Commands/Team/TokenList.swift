import APITypes
import ArgumentParser
import Client

struct TokenList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the tokens that are not revoked.", aliases: ["ls"])

  @Flag(help: "Revoked ones too.")
  var revoked = false

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let team: TeamDocument = try await session.client.get(Paths.team)
    var listing = Listing(session, columns: tokenColumns(session.words))
    listing.add(team.tokens.filter { revoked || !$0.revoked }, isWhole: true)
    listing.finish()
  }
}
