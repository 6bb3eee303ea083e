import APITypes
import ArgumentParser
import Client

struct TagArchive: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: said(
      en: "Take a tag out of use; who has it keeps it.",
      pt: "Tirar uma etiqueta de uso; quem a tem fica com ela.",
      fr: "Retirer une étiquette du service ; qui l’a la garde."))

  @Argument(help: .tag, completion: tagCompletion)
  var tag: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let tag = try await session.finder.tag(tag)
    let draft = ReasonDraft(reason: change.reason, dryRun: change.dryRunField)
    let receipt: TagReceipt = try await session.client.send(
      .post, Paths.tagArchive(tag.id), draft)
    try session.report(receipt, ids: [String(tag.id)], warnings: receipt.warnings) {
      session.words.archived(tag.name)
    }
  }
}
