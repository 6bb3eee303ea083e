import APITypes
import ArgumentParser
import Client

struct OperatorAdd: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Take somebody, or a program, into the team.",
    discussion: """
      They may do nothing until they are given a role.

        tagledger operator add Maria --uid 1001 --language pt
        tagledger role grant Maria agent --categories Status
      """)

  @Argument(help: "Their name; no two are the same.")
  var name: String

  @Flag(help: "It is a program, not a person.")
  var program = false

  @OptionGroup var identity: IdentityOptions

  @Option(help: ArgumentHelp("en, fr or pt.", valueName: "language"))
  var language: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.send(
      .post, Paths.operators,
      OperatorDraft(
        name: name, kind: program ? "program" : nil, language: language, uid: identity.uid,
        subject: identity.subject, reason: change.reason, dryRun: change.dryRunField))
    try session.report(receipt) { session.words.operatorAdded(name) }
  }
}
