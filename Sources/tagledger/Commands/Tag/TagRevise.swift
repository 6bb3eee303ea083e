import APITypes
import ArgumentParser
import Client

struct TagRevise: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise",
    abstract: said(
      en: "Change what is said of a tag: criterion, follow-up, set, end.",
      pt: "Alterar o que se diz de uma etiqueta: critério, próxima ação, conjunto, fim.",
      fr: "Modifier ce qui est dit d’une étiquette : critère, suite à donner, ensemble, fin."),
    discussion: said(
      en: "An empty text clears: --set \"\".",
      pt: "Um texto vazio limpa o campo: --set \"\".",
      fr: "Un texte vide efface la valeur : --set \"\"."))

  @Argument(help: .tag, completion: tagCompletion)
  var tag: String

  @OptionGroup var fields: TagFields
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if fields.isEmpty {
      throw ValidationError(
        said(
          en: "Say what to change: --criterion, --follow-up, --set or --ends.",
          pt: "Diga o que mudar: --criterion, --follow-up, --set ou --ends.",
          fr: "Dites quoi changer : --criterion, --follow-up, --set ou --ends."))
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
