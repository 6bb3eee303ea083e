import APITypes
import ArgumentParser
import Client

struct CustomerRegister: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "register", abstract: "Register a customer.",
    aliases: ["create"])

  @Argument(help: "The customer's name.")
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
