import APITypes
import ArgumentParser
import Client

struct RoleGrant: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant", abstract: "Give an operator a role.",
    discussion: """
      Limited to categories, a role gives nothing but changing tags of those, and reading.

        tagledger role grant Maria agent --categories Status Pedido --until 2026-12-31
      """)

  @Argument(help: "Name or id.")
  var `operator`: String

  @Argument(help: "Name or id.")
  var role: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Only for tags of these.", valueName: "category"))
  var categories: [String] = []

  @Option(help: ArgumentHelp("When it ends by itself, RFC 3339 or a day.", valueName: "time"))
  var until: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.send(
      .post, Paths.grants,
      GrantDraft(
        operator: `operator`, role: role, categories: categories.isEmpty ? nil : categories,
        until: until, reason: change.reason, dryRun: change.dryRunField))
    try session.report(receipt) {
      session.words.granted(
        receipt.grant?.roleName ?? role, to: receipt.grant?.operatorName ?? `operator`,
        receipt.grant?.id ?? 0)
    }
  }
}
