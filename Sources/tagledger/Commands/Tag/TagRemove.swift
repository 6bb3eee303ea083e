import APITypes
import ArgumentParser
import Client

struct TagRemove: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: said(
      en: "Take a tag off customers.",
      pt: "Retirar uma etiqueta de clientes.",
      fr: "Enlever une étiquette à des clients."))

  @Argument(help: .tag, completion: tagCompletion)
  var tag: String

  @OptionGroup var who: CustomerArguments
  @OptionGroup var match: MatchOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  var filters: [String?] { [match.filter] }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let tag = try await session.finder.tag(tag)
    let draft = MembershipDraft(
      customers: try await match.ids(of: who, in: session), filter: match.filter,
      reason: change.reason,
      dryRun: change.dryRunField)
    let outcome: Outcome<MembershipReceipt> = try await session.client.sendOrQueue(
      .post, Paths.tagRemove(tag.id), draft)
    try await session.reportMembership(outcome, of: tag)
  }
}
