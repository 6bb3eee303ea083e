import APITypes
import ArgumentParser

struct TagShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: said(
      en: "Show a tag, or who has it.",
      pt: "Mostrar uma etiqueta, ou quem a tem.",
      fr: "Montrer une étiquette, ou qui l’a."))

  @Argument(help: .tag, completion: tagCompletion)
  var tag: String

  @Flag(
    help: .said(
      en: "List the customers who have it, since when and why.",
      pt: "Listar os clientes que a têm, desde quando e por quê.",
      fr: "Lister les clients qui l’ont, depuis quand et pourquoi."))
  var customers = false

  @OptionGroup var past: PastOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    let tag = try await session.finder(asOf: seq).tag(tag)
    guard customers else {
      return session.show(tag, tagColumns(session.words)) {
        tagEntry(tag, session.words).text(session.paint)
      }
    }
    let actors = await session.actors()
    try await session.list(
      tenureColumns(session.words, actors, subject: .customers), limit: limits.limit(default: nil)
    ) { limit, cursor in
      Paths.query(
        Paths.tagCustomers(tag.id),
        ["as_of": seq, "limit": String(limit), "cursor": cursor])
    }
  }
}
