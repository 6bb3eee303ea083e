import APITypes
import ArgumentParser

struct TagList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: said(
      en: "List the tags, with how many customers have each.",
      pt: "Listar as etiquetas, com quantos clientes têm cada uma.",
      fr: "Lister les étiquettes, avec le nombre de clients de chacune."),
    aliases: ["ls"])

  @Argument(help: .said(en: "Part of the name.", pt: "Parte do nome.", fr: "Une partie du nom."))
  var text: String?

  @Option(
    help: .said(
      en: "Only those of a category.",
      pt: "Só as de uma categoria.",
      fr: "Seulement celles d’une catégorie.",
      valueName: "name"))
  var category: String?

  @Flag(
    help: .said(
      en: "Archived ones too.",
      pt: "Também as arquivadas.",
      fr: "Aussi les archivées."))
  var archived = false

  @OptionGroup var past: PastOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    try await session.list(
      tagColumns(session.words), limit: limits.limit(default: nil)
    ) { limit, cursor in
      Paths.query(
        Paths.tags,
        [
          "q": text, "category": category, "archived": archived ? "all" : nil,
          "as_of": seq, "limit": String(limit), "cursor": cursor,
        ])
    }
  }
}
