import APITypes
import ArgumentParser
import Client

struct TagRecolor: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "recolor",
    abstract: said(
      en: "Give a tag, or a whole category, another colour.",
      pt: "Dar outra cor a uma etiqueta, ou a uma categoria inteira.",
      fr: "Donner une autre couleur à une étiquette, ou à toute une catégorie."),
    usage: """
      tagledger tag recolor <tag> <color>
      tagledger tag recolor --category <name> <color>
      """,
    aliases: ["recolour"])

  @Argument(
    help: .said(
      en: "The tag, unless --category is given; then the colour: #rrggbb, or 0 to 19.",
      pt: "A etiqueta, a menos que se indique --category; depois a cor: #rrggbb, ou 0 a 19.",
      fr: "L’étiquette, sauf si --category est donné ; puis la couleur : #rrggbb, ou 0 à 19."),
    completion: tagCompletion)
  var tagAndColor: [String]

  @Option(
    help: .said(
      en: "All tags of this category.",
      pt: "Todas as etiquetas desta categoria.",
      fr: "Toutes les étiquettes de cette catégorie.",
      valueName: "name"))
  var category: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    guard tagAndColor.count == (category == nil ? 2 : 1) else {
      throw ValidationError(
        category == nil
          ? said(
            en: "Give a tag and a colour.", pt: "Informe uma etiqueta e uma cor.",
            fr: "Donnez une étiquette et une couleur.")
          : said(
            en: "Give one colour for the category.", pt: "Informe uma cor para a categoria.",
            fr: "Donnez une couleur pour la catégorie."))
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
