import APITypes
import ArgumentParser
import Client

struct RoleDefine: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "define", abstract: "Define a role.",
    discussion: """
        tagledger role define balcão tags:read tags:apply tags:remove customers:read
      """)

  @Argument(help: "The role's name.")
  var name: String

  @Argument(
    help: "Such as tags:apply, tags:* or *; a wrong one is answered with all that there are.")
  var permissions: [String]

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.send(
      .post, Paths.roles,
      RoleDraft(
        name: name, permissions: permissions, reason: change.reason, dryRun: change.dryRunField))
    try session.report(receipt) { session.words.roleDefined(name) }
  }
}
