import APITypes
import ArgumentParser
import Client

struct RoleList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: said(
      en: "List the roles, or who holds which.",
      pt: "Listar os papéis, ou quem tem qual.",
      fr: "Lister les rôles, ou qui a lequel."), aliases: ["ls"])

  @Flag(
    help: .said(
      en: "List the grants instead: who holds which role, where and until when.",
      pt: "Listar as concessões: quem tem qual papel, onde e até quando.",
      fr: "Lister plutôt les attributions : qui a quel rôle, où et jusqu’à quand."))
  var grants = false

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let team: TeamDocument = try await session.client.get(Paths.team)
    if grants {
      var listing = Listing(session, columns: grantColumns(session.words))
      listing.add(team.grants.filter(\.active), isWhole: true)
      return listing.finish()
    }
    var listing = Listing(session, columns: roleColumns(session.words))
    listing.add(team.roles.filter { !$0.removed }, isWhole: true)
    listing.finish()
  }
}
