import APITypes
import ArgumentParser
import Client

struct TagRename: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Give a tag another name; its id stays.")

  @Argument(help: "Name, alias or id.", completion: tagCompletion)
  var tag: String

  @Argument(help: "The new name.")
  var name: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let tag = try await session.finder.tag(tag)
    let draft = TagDraft(name: name, reason: change.reason, dryRun: change.dryRunField)
    let receipt: TagReceipt = try await session.client.send(.patch, Paths.tag(tag.id), draft)
    try session.report(receipt, ids: [String(tag.id)], warnings: receipt.warnings) {
      session.words.renamed(tag.name, to: receipt.tag.name)
    }
  }
}
