import APITypes
import ArgumentParser
import Client

struct Log: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: said(
      en: "The change log: who, when, what, and why.",
      pt: "O histórico de mudanças: quem, quando, o quê e por quê.",
      fr: "Le journal des changements : qui, quand, quoi et pourquoi."),
    discussion: said(
      en: """
        Times may be 2026-11-22, "2026-11-22 14:30", 14:30, yesterday, monday, 3d, 2h; in \
        Portuguese and French also 22/11/2026, ontem, hier, segunda, lundi.

          tagledger log --customer Ana --since monday
          tagledger log --type tag.merged --all -o csv
          tagledger log --follow -o ndjson --after 1200
        """,
      pt: """
        As horas podem ser 2026-11-22, "2026-11-22 14:30", 14:30, yesterday, monday, 3d, 2h; em \
        português e francês também 22/11/2026, ontem, hier, segunda, lundi.

          tagledger log --customer Ana --since monday
          tagledger log --type tag.merged --all -o csv
          tagledger log --follow -o ndjson --after 1200
        """,
      fr: """
        Les heures peuvent être 2026-11-22, "2026-11-22 14:30", 14:30, yesterday, monday, 3d, 2h ; \
        en portugais et en français aussi 22/11/2026, ontem, hier, segunda, lundi.

          tagledger log --customer Ana --since monday
          tagledger log --type tag.merged --all -o csv
          tagledger log --follow -o ndjson --after 1200
        """))

  @OptionGroup var filters: LogFilters

  @Flag(
    exclusivity: .exclusive,
    help: .said(
      en: "Which come first.",
      pt: "Quais vêm primeiro.",
      fr: "Lesquels viennent en premier."))
  var order: Order = .newest

  @Flag(
    name: [.short, .long],
    help: .said(
      en: "Stay, and show what happens; resumes when the daemon restarts.",
      pt: "Ficar, e mostrar o que acontece; retoma quando o serviço reinicia.",
      fr: "Rester, et montrer ce qui se passe ; reprend quand le service redémarre."))
  var follow = false

  @Option(
    help: .said(
      en: "With --follow: begin after this number, missing none.",
      pt: "Com --follow: começar depois deste número, sem perder nenhuma mudança.",
      fr: "Avec --follow : commencer après ce numéro, sans manquer aucun changement.",
      valueName: "seq"))
  var after: Int64?

  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  enum Order: String, EnumerableFlag {
    case newest
    case oldest
  }

  func validate() throws {
    if after != nil && !follow {
      throw ValidationError(
        said(
          en: "--after belongs to --follow.", pt: "--after só vale com --follow.",
          fr: "--after ne va qu’avec --follow."))
    }
    if follow && filters.until != nil {
      throw ValidationError(
        said(
          en: "--follow has no --until.", pt: "--follow não tem --until.",
          fr: "--follow n’a pas de --until."))
    }
  }

  func perform(in session: Session) async throws {
    let query = try await filters.query(in: session)
    guard follow else {
      return try await session.list(
        changeColumns(session.words), limit: limits.limit(default: 50)
      ) { limit, cursor in
        query.target(
          Paths.changes, ["order": order.rawValue, "limit": String(limit), "cursor": cursor])
      }
    }
    try await LogFollower(session: session, query: query)
      .follow(after: after, lead: limits.limit ?? 10)
  }
}
