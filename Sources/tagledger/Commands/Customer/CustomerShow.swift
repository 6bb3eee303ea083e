import APITypes
import ArgumentParser
import Client

struct CustomerShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: said(
      en: "Show a customer and their tags.",
      pt: "Mostrar um cliente e suas etiquetas.",
      fr: "Montrer un client et ses étiquettes."))

  @Argument(help: .customer)
  var customer: String

  @Flag(
    help: .said(
      en: "Only the tags, with those they once had.",
      pt: "Só as etiquetas, com as que já teve.",
      fr: "Seulement les étiquettes, avec celles qu’il a eues."))
  var history = false

  @OptionGroup var past: PastOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    let customer = try await session.finder(asOf: seq).customer(customer)
    let actors = await session.actors()
    if history {
      return try await session.list(
        tenureColumns(session.words, actors, subject: .tags, withEnd: true), limit: nil
      ) { limit, cursor in tags(customer.id, ended: true, seq, limit, cursor) }
    }
    session.show(customer, customerColumns(session.words)) {
      customerEntry(customer, session.words).text(session.paint)
    }
    guard session.format == .text, !session.quiet else { return }
    var listing = Listing(session, columns: tenureColumns(session.words, actors, subject: .tags))
    try await session.client.pages(
      of: Tenure.self, target: { tags(customer.id, ended: false, seq, $0, $1) },
      each: { page in
        if listing.count == 0, !page.items.isEmpty { session.print("") }
        listing.add(page)
        return true
      })
  }

  private func tags(
    _ id: Int32, ended: Bool, _ seq: String?, _ limit: Int, _ cursor: String?
  ) -> String {
    Paths.query(
      Paths.customerTags(id),
      [
        "ended": ended ? "true" : nil, "as_of": seq, "limit": String(limit), "cursor": cursor,
      ])
  }
}
