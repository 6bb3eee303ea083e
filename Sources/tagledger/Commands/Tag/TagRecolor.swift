import APITypes
import ArgumentParser
import Client

struct TagRecolor: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "recolor", abstract: "Give a tag, or a whole category, another colour.",
    usage: """
      tagledger tag recolor <tag> <color>
      tagledger tag recolor --category <name> <color>
      """,
    aliases: ["recolour"])

  @Argument(
    help: "The tag, unless --category is given; then the colour: #rrggbb, or 0 to 19.",
    completion: tagCompletion)
  var tagAndColor: [String]

  @Option(help: ArgumentHelp("All tags of this category.", valueName: "name"))
  var category: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard tagAndColor.count == (category == nil ? 2 : 1) else {
      throw ValidationError(
        category == nil ? "Give a tag and a colour." : "Give one colour for the category.")
    }
  }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    if let category {
      try await recolor(category: category, to: tagAndColor[0], in: session)
    } else {
      try await recolor(tagAndColor[0], to: tagAndColor[1], in: session)
    }
  }

  private func recolor(_ text: String, to color: String, in session: Session) async throws {
    let tag = try await session.finder.tag(text)
    let draft = TagDraft(color: color, reason: change.reason, dryRun: change.dryRunField)
    let receipt: TagReceipt = try await session.client.send(.patch, Paths.tag(tag.id), draft)
    try session.report(receipt, ids: [String(tag.id)], warnings: receipt.warnings) {
      session.paint.swatch(receipt.tag.color)
        + session.words.recolored(receipt.tag.name, receipt.tag.color)
    }
  }

  private func recolor(
    category: String, to color: String, in session: Session
  ) async throws {
    let draft = RecolorDraft(color: color, reason: change.reason, dryRun: change.dryRunField)
    let receipt: TagsReceipt = try await session.client.send(
      .post, Paths.categoryRecolor(category), draft)
    let ids = receipt.tags.map { String($0.id) }
    try session.report(receipt, ids: ids, warnings: receipt.warnings) {
      session.words.recolored(category: category, receipt.tags.count)
    }
  }
}
