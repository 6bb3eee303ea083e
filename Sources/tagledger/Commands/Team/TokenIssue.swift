import APITypes
import ArgumentParser
import Client

struct TokenIssue: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "issue", abstract: "Issue a token; it is shown this once.",
    discussion: "With -q, nothing but the token is printed.")

  @Argument(help: "Whose it is: name or id.")
  var `operator`: String

  @Argument(help: "What it is for.")
  var name: String

  @Option(help: ArgumentHelp("When it ends by itself, RFC 3339 or a day.", valueName: "time"))
  var expires: String?

  @Option(help: ArgumentHelp("Only this user of the machine may present it.", valueName: "number"))
  var uid: UInt32?

  @Option(help: ArgumentHelp("Why; it stands in the change log.", valueName: "text"))
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.send(
      .post, Paths.tokens,
      TokenDraft(operator: `operator`, name: name, expires: expires, uid: uid, reason: reason))
    // An answer that came a second time has no token in it.
    let secret = receipt.secret ?? ""
    try session.report(receipt, ids: [secret]) {
      session.words.tokenIssued(name, receipt.token?.id ?? 0) + "\n\(secret)"
    }
  }
}
