import APITypes
import ArgumentParser
import Client

struct TagCreate: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "create",
    abstract: said(en: "Create a tag.", pt: "Criar uma etiqueta.", fr: "Créer une étiquette."),
    discussion: said(
      en: """
        A good name says its category first: "Produto-Sofá", "Status-Entregue".

          tagledger tag create "Status-Enviado" 5 --follow-up "Confirmar a entrega"
        """,
      pt: """
        Um bom nome diz primeiro a categoria: "Produto-Sofá", "Status-Entregue".

          tagledger tag create "Status-Enviado" 5 --follow-up "Confirmar a entrega"
        """,
      fr: """
        Un bon nom dit d’abord sa catégorie : « Produto-Sofá », « Status-Entregue ».

          tagledger tag create "Status-Enviado" 5 --follow-up "Confirmar a entrega"
        """))

  @Argument(
    help: .said(
      en: "At most 20 characters.",
      pt: "No máximo 20 caracteres.",
      fr: "20 caractères au plus."))
  var name: String

  @Argument(
    help: .said(
      en: "#rrggbb, or 0 to 19 of WhatsApp's palette; otherwise one at random.",
      pt: "#rrggbb, ou 0 a 19 da paleta do WhatsApp; senão, uma ao acaso.",
      fr: "#rrggbb, ou 0 à 19 de la palette de WhatsApp ; sinon une au hasard."))
  var color: String?

  @OptionGroup var fields: TagFields
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TagReceipt = try await session.client.send(
      .post, Paths.tags, fields.draft(name: name, color: color, change))
    try session.report(receipt, ids: [String(receipt.tag.id)], warnings: receipt.warnings) {
      session.paint.swatch(receipt.tag.color)
        + session.words.created(receipt.tag.name, id: receipt.tag.id)
    }
  }
}
