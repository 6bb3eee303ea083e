import APITypes
import ArgumentParser
import Client

struct CustomerRevise: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise", abstract: "Change what is known of a customer.",
    discussion: """
      An empty text clears: --notes "". Given attributes and needs take the place of all before.
      """)

  @Argument(help: "Id, phone or name.")
  var customer: String

  @Option(help: ArgumentHelp("The customer's name.", valueName: "text"))
  var name: String?

  @OptionGroup var fields: CustomerFields
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if fields.isEmpty && name == nil { throw ValidationError("Say what to change.") }
  }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let customer = try await session.finder.customer(customer)
    let receipt: CustomerReceipt = try await session.client.send(
      .patch, Paths.customer(customer.id), fields.draft(name: name, change))
    try session.report(receipt, ids: [String(customer.id)]) {
      session.words.revised(receipt.customer.name ?? String(customer.id))
    }
  }
}
