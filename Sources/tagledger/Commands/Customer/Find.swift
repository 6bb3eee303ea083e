import APITypes
import ArgumentParser
import Client

struct Find: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: said(
      en: "Find customers by a filter: tags, orders, messages and what else is known.",
      pt: "Encontrar clientes por um filtro: etiquetas, pedidos, mensagens e o que mais se sabe.",
      fr:
        "Trouver des clients par filtre : étiquettes, commandes, messages et ce qu’on sait d’autre."
    ),
    discussion: said(
      en: """
        tagledger find 'tag:"VIP" and not tag:"Status-*"'
        tagledger find 'bought(category: "sapatos") and days_since_order > 90' --sort -spent
        tagledger find 'orders(last 180d) >= 3' --count --as-of 2026-06-30

        What can be asked for is told in docs/filters.md.
        """,
      pt: """
        tagledger find 'tag:"VIP" and not tag:"Status-*"'
        tagledger find 'bought(category: "sapatos") and days_since_order > 90' --sort -spent
        tagledger find 'orders(last 180d) >= 3' --count --as-of 2026-06-30

        O que se pode perguntar está em docs/filters.md.
        """,
      fr: """
        tagledger find 'tag:"VIP" and not tag:"Status-*"'
        tagledger find 'bought(category: "sapatos") and days_since_order > 90' --sort -spent
        tagledger find 'orders(last 180d) >= 3' --count --as-of 2026-06-30

        Ce qui peut être demandé est décrit dans docs/filters.md.
        """))

  @Argument(
    help: .said(
      en: "The filter; quote it for the shell.",
      pt: "O filtro; ponha-o entre aspas para o shell.",
      fr: "Le filtre ; mettez-le entre guillemets pour le shell."))
  var filter: String

  @Flag(
    help: .said(
      en: "Only how many they are.",
      pt: "Só quantos são.",
      fr: "Seulement combien ils sont."))
  var count = false

  @Flag(
    help: .said(
      en: "How many pass each part, and how many are left after it.",
      pt: "Quantos passam em cada parte, e quantos restam depois dela.",
      fr: "Combien passent chaque partie, et combien restent après elle."))
  var explain = false

  // Its value may begin with a dash.
  @Option(
    parsing: .unconditional,
    help: .said(
      en: "A figure, such as spent or orders(last 90d); with - in front, the most first.",
      pt: "Um indicador, como spent ou orders(last 90d); com - na frente, os maiores primeiro.",
      fr: "Un chiffre, comme spent ou orders(last 90d) ; avec - devant, les plus élevés d’abord.",
      valueName: "figure"))
  var sort: String?

  @OptionGroup var past: PastOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if count && explain {
      throw ValidationError(
        said(
          en: "--count and --explain exclude each other.",
          pt: "--count e --explain não se combinam.", fr: "--count et --explain s’excluent."))
    }
  }

  var filters: [String?] { [filter, sort] }

  func perform(in session: Session) async throws {
    // Figures are told of the moment that was asked for, not of the last event before it.
    let moment = try await past.filterMoment(in: session)
    if count || explain {
      let report: FilterReport = try await session.client.get(
        Paths.query(
          Paths.filters,
          ["filter": filter, "parts": explain ? "true" : nil, "as_of": moment]))
      return explain ? tell(report, session) : say(report, session)
    }
    let standard = session.terminal.outIsTerminal ? 50 : nil
    try await session.list(
      customerColumns(session.words, sortedBy: sort), limit: limits.limit(default: standard)
    ) { limit, cursor in
      Paths.query(
        Paths.customers,
        [
          "filter": filter, "sort": sort, "as_of": moment, "limit": String(limit),
          "cursor": cursor,
        ])
    }
  }

  private func say(_ report: FilterReport, _ session: Session) {
    session.show(
      report,
      [
        Column(session.words.customersHeading, "count") { String($0.count) },
        Column(hidden: "filter") { $0.filter },
      ]
    ) { "\(session.words.number(report.count))\n" }
  }

  private func tell(_ report: FilterReport, _ session: Session) {
    let words = session.words
    var listing = Listing(
      session,
      columns: [
        Column(
          words.customersHeading, "count", right: true,
          cell: { Cell($0.count.map { words.number($0) } ?? "–") },
          value: { $0.count.map(String.init) }),
        Column(
          words.filterLeft, "left", right: true,
          cell: { Cell($0.left.map { words.number($0) }) }, value: { $0.left.map(String.init) }),
        Column(
          words.filterPart, "filter", fit: .wrap,
          cell: { Cell(String(repeating: "  ", count: $0.depth) + $0.filter) },
          value: { $0.filter }),
        Column<FilterPartReport>(hidden: "depth") { String($0.depth) },
      ])
    listing.add(report.parts ?? [], isWhole: true)
    listing.finish()
  }
}

extension PastOptions {
  /// The moment as the daemon reads it, a time where one was given; nil for now.
  fileprivate func filterMoment(in session: Session) async throws -> String? {
    let seq = try await seq(in: session)
    guard let asOf, Int64(asOf) == nil else { return seq }
    return try session.writtenTime(asOf, .end)
  }
}
