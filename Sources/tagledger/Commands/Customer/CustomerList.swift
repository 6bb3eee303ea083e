import APITypes
import ArgumentParser

struct CustomerList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: said(
      en: "List the customers, or those who have a tag.",
      pt: "Listar os clientes, ou os que têm uma etiqueta.",
      fr: "Lister les clients, ou ceux qui ont une étiquette."),
    aliases: ["ls"])

  @Option(
    help: .said(
      en: "Only those who have this tag, since when and why.",
      pt: "Só os que têm esta etiqueta, desde quando e por quê.",
      fr: "Seulement ceux qui ont cette étiquette, depuis quand et pourquoi.",
      valueName: "tag"),
    completion: tagCompletion)
  var tag: String?

  @OptionGroup var past: PastOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    if let tag {
      let tag = try await session.finder(asOf: seq).tag(tag)
      let actors = await session.actors()
      try await session.list(
        tenureColumns(session.words, actors, subject: .customers), limit: limits.limit(default: nil)
      ) { limit, cursor in
        Paths.query(
          Paths.tagCustomers(tag.id),
          ["as_of": seq, "limit": String(limit), "cursor": cursor])
      }
    } else {
      let standard = session.terminal.outIsTerminal ? 50 : nil
      try await session.list(
        customerColumns(session.words), limit: limits.limit(default: standard)
      ) { limit, cursor in
        Paths.query(
          Paths.customers, ["as_of": seq, "limit": String(limit), "cursor": cursor])
      }
    }
  }
}
