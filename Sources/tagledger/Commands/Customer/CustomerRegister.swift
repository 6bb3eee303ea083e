import APITypes
import ArgumentParser
import Client

struct CustomerRegister: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "register",
    abstract: said(
      en: "Register a customer.",
      pt: "Cadastrar um cliente.",
      fr: "Enregistrer un client."),
    aliases: ["create"])

  @Argument(
    help: .said(
      en: "The customer's name.",
      pt: "O nome do cliente.",
      fr: "Le nom du client."))
  var name: String

  @OptionGroup var fields: CustomerFields
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: CustomerReceipt = try await session.client.send(
      .post, Paths.customers, fields.draft(name: name, change))
    try session.report(receipt, ids: [String(receipt.customer.id)]) {
      session.words.customerRegistered(receipt.customer.name, id: receipt.customer.id)
    }
  }
}
