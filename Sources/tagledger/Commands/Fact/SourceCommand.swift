import APITypes
import ArgumentParser
import Client

struct SourceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "source",
    abstract: said(
      en: "What each source channel brings, and what it costs.",
      pt: "O que cada canal de origem traz, e o que custa.",
      fr: "Ce que chaque canal d’origine rapporte, et ce qu’il coûte."),
    subcommands: [SourceReport.self, SourceSpend.self],
    aliases: ["sources"])
}

struct SourceReport: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: said(
      en: "Compare the source channels.",
      pt: "Comparar os canais de origem.",
      fr: "Comparer les canaux d’origine."),
    discussion: said(
      en: """
        New buyers are those whose first order lies in the range; “again” tells how many of them have \
        ordered once more by its end. Costs are what “source spend” has recorded.
        """,
      pt: """
        Novos compradores são aqueles cujo primeiro pedido cai no período; “de novo” diz \
        quantos deles pediram outra vez até o fim dele. Os custos são os que “source spend” \
        registrou.
        """,
      fr: """
        Les nouveaux acheteurs sont ceux dont la première commande tombe dans la période ; \
        « à nouveau » dit combien d’entre eux ont commandé de nouveau avant sa fin. Les coûts sont \
        ceux que « source spend » a enregistrés.
        """))

  @Option(
    help: .said(
      en: "From then on.",
      pt: "A partir desse momento.",
      fr: "À partir de ce moment.", valueName: "time"))
  var since: String?

  @Option(
    help: .said(
      en: "Up to then; a day counts whole.",
      pt: "Até esse momento; um dia conta inteiro.",
      fr: "Jusqu’à ce moment ; un jour compte en entier.", valueName: "time"))
  var until: String?

  @OptionGroup var past: PastOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    let account: AccountDocument = try await session.client.get(Paths.account)
    let (start, end) = (try session.time(since, .start), try session.time(until, .end))
    try await session.list(
      sourceColumns(session.words, account), limit: nil
    ) { _, _ in
      Paths.query(Paths.sources, ["since": start, "until": end, "as_of": seq])
    }
  }
}

struct SourceSpend: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "spend",
    abstract: said(
      en: "Record what was spent on a source channel.",
      pt: "Registrar o que foi gasto com um canal de origem.",
      fr: "Enregistrer ce qui a été dépensé pour un canal d’origine."),
    discussion: said(
      en: "  tagledger source spend \"Anúncio IG\" 500 --id 2026-11",
      pt: "  tagledger source spend \"Anúncio IG\" 500 --id 2026-11",
      fr: "  tagledger source spend \"Anúncio IG\" 500 --id 2026-11"))

  @Argument(
    help: .said(
      en: "The channel, as customers have it.",
      pt: "O canal, como está nos clientes.",
      fr: "Le canal, tel que les clients l’ont."))
  var channel: String

  @Argument(
    help: .said(
      en: "How much.",
      pt: "Quanto.",
      fr: "Combien."))
  var amount: String

  @Option(
    help: .said(
      en: "Its id: the same one twice counts once.",
      pt: "O id: o mesmo duas vezes conta uma só.",
      fr: "Son identifiant : le même deux fois compte une seule fois.", valueName: "text"))
  var id: String

  @OptionGroup var money: MoneyOptions
  @OptionGroup var when: FactOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    var draft = FactBody("spend.recorded")
    draft.channel = channel
    draft.amount = amount
    draft.id = id
    draft.currency = money.currency
    draft.rate = money.rate
    try await session.record(draft, when, change)
  }
}

extension Session {
  /// A moment as a person writes it, in RFC 3339; nil for none.
  func time(_ text: String?, _ edge: HumanDate.Edge) throws -> String? {
    try text.map { try writtenTime($0, edge) }
  }
}

/// Columns of the report on sources.
private func sourceColumns(
  _ words: Words, _ account: AccountDocument
) -> [Column<SourceDocument>] {
  func amount(
    _ title: String, _ key: String, _ value: @escaping @Sendable (SourceDocument) -> Int64?
  ) -> Column<SourceDocument> {
    Column(
      title, key, right: true,
      cell: { source in
        Cell(value(source).map { money($0, decimals: account.decimals, source.currency, words) })
      }, value: { value($0).map(String.init) })
  }
  func count(
    _ title: String, _ key: String, _ value: @escaping @Sendable (SourceDocument) -> Int
  ) -> Column<SourceDocument> {
    Column(
      title, key, right: true, cell: { Cell(words.number(value($0))) },
      value: { String(value($0)) })
  }
  return [
    Column(words.channel, "channel", fit: .cut) { $0.channel ?? "–" },
    count(words.customersHeading, "customers") { $0.customers },
    count(words.buyers, "buyers") { $0.buyers },
    amount(words.firstOrder, "first_order") { $0.firstOrder },
    Column(
      words.repeatRate, "repeat_rate", right: true,
      cell: { Cell($0.repeatRate.map { "\($0) %" }) }, value: { $0.repeatRate.map(String.init) }),
    Column(hidden: "repeated") { String($0.repeated) },
    count(words.ordersHeading, "orders") { $0.orders },
    amount(words.averageOrder, "average_order") { $0.averageOrder },
    amount(words.revenue, "revenue") { $0.revenue },
    amount(words.spend, "spend") { $0.spend == 0 ? nil : $0.spend },
    amount(words.acquisition, "acquisition_cost") { $0.acquisitionCost },
    Column(hidden: "currency") { $0.currency },
  ]
}
