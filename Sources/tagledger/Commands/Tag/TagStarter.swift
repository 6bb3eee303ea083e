import APITypes
import ArgumentParser
import Client

struct TagStarter: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "starter", abstract: "Create a starter set of tags, ready to use.",
    discussion: "With criteria and follow-ups. Names that are there already are left alone.")

  @Argument(help: "pt, fr or en.", completion: .list(["pt", "fr", "en"]))
  var language: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let draft = ReasonDraft(reason: change.reason, dryRun: change.dryRunField)
    let receipt: TagsReceipt = try await session.client.send(
      .post, Paths.starterSet(language), draft)
    let ids = receipt.tags.map { String($0.id) }
    try session.report(receipt, ids: ids, warnings: receipt.warnings) {
      session.words.starter(receipt.tags.count, skipped: receipt.skipped)
    }
  }
}
