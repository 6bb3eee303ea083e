import APITypes
import ArgumentParser
import Client

struct TagCreate: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create a tag.",
    discussion: """
      A good name says its category first: "Produto-Sofá", "Status-Entregue".

        tagledger tag create "Status-Enviado" 5 --follow-up "Confirmar a entrega"
      """)

  @Argument(help: "At most 20 characters.")
  var name: String

  @Argument(help: "#rrggbb, or 0 to 19 of WhatsApp's palette; otherwise one at random.")
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
