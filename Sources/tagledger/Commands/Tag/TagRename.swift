import APITypes
import ArgumentParser
import Client

struct TagRename: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename",
    abstract: said(
      en: "Give a tag another name; its id stays.",
      pt: "Dar outro nome a uma etiqueta; o id continua o mesmo.",
      fr: "Donner un autre nom à une étiquette ; son identifiant reste."))

  @Argument(help: .tag, completion: tagCompletion)
  var tag: String

  @Argument(help: .said(en: "The new name.", pt: "O novo nome.", fr: "Le nouveau nom."))
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
