import APITypes
import ArgumentParser
import Client

struct RoleList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the roles, or who holds which.", aliases: ["ls"])

  @Flag(help: "List the grants instead: who holds which role, where and until when.")
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
