import APITypes
import ArgumentParser
import Client

struct TagRevise: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise",
    abstract: "Change what is said of a tag: criterion, follow-up, set, end.",
    discussion: "An empty text clears: --set \"\".")

  @Argument(help: "Name, alias or id.", completion: tagCompletion)
  var tag: String

  @OptionGroup var fields: TagFields
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if fields.isEmpty {
      throw ValidationError("Say what to change: --criterion, --follow-up, --set or --ends.")
    }
  }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let tag = try await session.finder.tag(tag)
    let receipt: TagReceipt = try await session.client.send(
      .patch, Paths.tag(tag.id), fields.draft(change))
    try session.report(receipt, ids: [String(tag.id)], warnings: receipt.warnings) {
      session.words.revised(receipt.tag.name)
    }
  }
}
