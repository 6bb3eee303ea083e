import APITypes
import ArgumentParser
import Client

struct CustomerRevise: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise",
    abstract: said(
      en: "Change what is known of a customer.",
      pt: "Alterar o que se sabe de um cliente.",
      fr: "Modifier ce qui est connu d’un client."),
    discussion: said(
      en: """
        An empty text clears: --notes "". Given attributes and needs take the place of all before.
        """,
      pt: """
        Um texto vazio limpa o campo: --notes "". Os atributos e as necessidades indicados tomam o \
        lugar de todos os anteriores.
        """,
      fr: """
        Un texte vide efface la valeur : --notes "". Les attributs et les besoins donnés prennent \
        la place de tous les précédents.
        """))

  @Argument(help: .customer)
  var customer: String

  @Option(
    help: .said(
      en: "The customer's name.",
      pt: "O nome do cliente.",
      fr: "Le nom du client.",
      valueName: "text"))
  var name: String?

  @OptionGroup var fields: CustomerFields
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if fields.isEmpty && name == nil {
      throw ValidationError(
        said(en: "Say what to change.", pt: "Diga o que mudar.", fr: "Dites quoi changer."))
    }
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
