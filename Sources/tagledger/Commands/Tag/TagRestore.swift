import APITypes
import ArgumentParser
import Client

struct TagRestore: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: said(
      en: "Take an archived tag into use again.",
      pt: "Voltar a usar uma etiqueta arquivada.",
      fr: "Remettre en service une étiquette archivée."))

  @Argument(help: .tag, completion: tagCompletion)
  var tag: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let tag = try await session.finder.tag(tag)
    let draft = ReasonDraft(reason: change.reason, dryRun: change.dryRunField)
    let receipt: TagReceipt = try await session.client.send(
      .post, Paths.tagRestore(tag.id), draft)
    try session.report(receipt, ids: [String(tag.id)], warnings: receipt.warnings) {
      session.words.restored(tag.name)
    }
  }
}
