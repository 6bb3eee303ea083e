import APITypes
import ArgumentParser
import Client

struct TokenList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: said(
      en: "List the tokens that are not revoked.",
      pt: "Listar os tokens que não foram revogados.",
      fr: "Lister les jetons qui ne sont pas révoqués."), aliases: ["ls"])

  @Flag(
    help: .said(
      en: "Revoked ones too.",
      pt: "Também os revogados.",
      fr: "Aussi ceux qui sont révoqués."))
  var revoked = false

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let team: TeamDocument = try await session.client.get(Paths.team)
    var listing = Listing(session, columns: tokenColumns(session.words))
    listing.add(team.tokens.filter { revoked || !$0.revoked }, isWhole: true)
    listing.finish()
  }
}
