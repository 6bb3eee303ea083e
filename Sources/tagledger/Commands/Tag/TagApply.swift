import APITypes
import ArgumentParser
import Client

struct TagApply: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply", abstract: "Apply a tag to customers.",
    discussion: """
      Who has it already stays as they are. Of a set, the other tag leaves.

        tagledger tag apply "Status-Enviado" Ana --detail tracking=BR123 --reason "order 17"
        tagledger customer find Silva -q | tagledger tag apply VIP -
        tagledger tag apply VIP --filter 'spent(last 365d) >= 20000' --dry-run
      """)

  @Argument(help: "Name, alias or id.", completion: tagCompletion)
  var tag: String

  @OptionGroup var who: CustomerArguments
  @OptionGroup var match: MatchOptions

  @Option(
    help: ArgumentHelp(
      "What belongs to this application, such as tracking=BR123; may be repeated.",
      valueName: "key=value"))
  var detail: [String] = []

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  var filters: [String?] { [match.filter] }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let details = try Pairs.read(detail, example: "tracking=BR123")
    let tag = try await session.finder.tag(tag)
    let draft = MembershipDraft(
      customers: try await match.ids(of: who, in: session), filter: match.filter,
      details: details.isEmpty ? nil : Dictionary(details) { $1 }, reason: change.reason,
      dryRun: change.dryRunField)
    let outcome: Outcome<MembershipReceipt> = try await session.client.sendOrQueue(
      .post, Paths.tagApply(tag.id), draft)
    try await session.reportMembership(outcome, of: tag)
  }
}
