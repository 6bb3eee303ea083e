import APITypes
import ArgumentParser
import Client

struct RFMCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rfm",
    abstract: said(
      en: "Score customers by recency, frequency and money.",
      pt: "Pontuar os clientes por recência, frequência e valor.",
      fr: "Noter les clients par récence, fréquence et montant."),
    discussion: said(
      en: """
        Each is scored from 1 to the number of levels, which is the best, and the scores give a group \
        with its strategy. Levels are quantiles (R's type 7) or fixed thresholds.
        """,
      pt: """
        Cada um recebe de 1 até o número de níveis, que é o melhor, e as notas dão um grupo \
        com sua estratégia. Os níveis são quantis (tipo 7 do R) ou limites fixos.
        """,
      fr: """
        Chacun est noté de 1 au nombre de niveaux, qui est le meilleur, et les notes donnent \
        un groupe avec sa stratégie. Les niveaux sont des quantiles (type 7 de R) ou des \
        seuils fixes.
        """),
    subcommands: [RFMShow.self, RFMConfigure.self, RFMTableCommand.self])
}

struct RFMShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: said(
      en: "Show the settings, the groups, and how many are in each.",
      pt: "Mostrar os ajustes, os grupos, e quantos há em cada um.",
      fr: "Montrer les réglages, les groupes, et combien il y en a dans chacun."))

  @Option(help: .scoredAt)
  var at: String?

  @OptionGroup var past: PastOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    let shown: RFMDocument = try await session.client.get(
      Paths.query(Paths.rfm, ["at": at, "as_of": seq]))
    switch session.format {
    case .text where !session.quiet:
      session.terminal.out(rfmEntry(shown, session.words).text(session.paint) + "\n")
      var listing = Listing(session, columns: rfmGroupColumns(session.words))
      listing.add(shown.groups)
      listing.finish()
    case .csv, .ndjson, .text:
      var listing = Listing(session, columns: rfmGroupColumns(session.words))
      listing.add(shown.groups)
      listing.finish()
    case .json: session.print(JSONText.pretty(shown))
    }
  }
}

struct RFMTableCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: said(
      en: "List the customers with their scores.",
      pt: "Listar os clientes com suas notas.",
      fr: "Lister les clients avec leurs notes."))

  @Option(
    help: .said(
      en: "Only this group, by key or name.",
      pt: "Só este grupo, pela chave ou pelo nome.",
      fr: "Seulement ce groupe, par clé ou par nom.", valueName: "group"))
  var group: String?

  @Option(help: .scoredAt)
  var at: String?

  @OptionGroup var past: PastOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    try await session.list(
      rfmColumns(session.words), limit: limits.limit(default: nil)
    ) { limit, cursor in
      Paths.query(
        Paths.rfmCustomers,
        [
          "group": group, "at": at, "as_of": seq, "limit": String(limit), "cursor": cursor,
        ])
    }
  }
}

struct RFMConfigure: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "configure",
    abstract: said(
      en: "Say how customers are scored.",
      pt: "Dizer como os clientes são pontuados.",
      fr: "Dire comment les clients sont notés."),
    discussion: said(
      en: """
        What is not named stays. A change of levels or grouping brings the ready-made groups, unless \
        --groups names a file with others.

          tagledger rfm configure --levels 5 --quantiles
          tagledger rfm configure --recency 30,60,90,180 --frequency 2,3,5,10 --monetary 10000,50000,\
        100000,500000
        """,
      pt: """
        O que não é indicado fica como está. Mudar os níveis ou o agrupamento traz os grupos \
        prontos, a menos que --groups indique um arquivo com outros.

          tagledger rfm configure --levels 5 --quantiles
          tagledger rfm configure --recency 30,60,90,180 --frequency 2,3,5,10 --monetary 10000,50000,\
        100000,500000
        """,
      fr: """
        Ce qui n’est pas indiqué reste. Changer les niveaux ou le regroupement amène les \
        groupes tout prêts, sauf si --groups désigne un fichier avec d’autres.

          tagledger rfm configure --levels 5 --quantiles
          tagledger rfm configure --recency 30,60,90,180 --frequency 2,3,5,10 --monetary 10000,50000,\
        100000,500000
        """))

  @Option(
    help: .said(
      en: "In how many levels: 3, 4 or 5.",
      pt: "Em quantos níveis: 3, 4 ou 5.",
      fr: "En combien de niveaux : 3, 4 ou 5.", valueName: "number"))
  var levels: Int?

  @Flag(
    help: .said(
      en: "Levels of about as many customers each.",
      pt: "Níveis com mais ou menos o mesmo número de clientes.",
      fr: "Des niveaux d’à peu près autant de clients chacun."))
  var quantiles = false

  @Option(
    help: .said(
      en: """
        Where a value belongs that equals a quantile: below (R's cut) or above \
        (findInterval).
        """,
      pt: "Onde fica um valor igual a um quantil: below (o cut do R) ou above (findInterval).",
      fr: "Où va une valeur égale à un quantile : below (cut de R) ou above (findInterval).",
      valueName: "side"), completion: .list(["below", "above"]))
  var ties: String?

  @Option(
    help: .said(
      en: "Thresholds in days, fewest first.",
      pt: "Limites em dias, os menores primeiro.",
      fr: "Seuils en jours, les plus courts d’abord.", valueName: "numbers"))
  var recency: String?

  @Option(
    help: .said(
      en: "Thresholds in orders.",
      pt: "Limites em pedidos.",
      fr: "Seuils en commandes.", valueName: "numbers"))
  var frequency: String?

  @Option(
    help: .said(
      en: "Thresholds in minor units.",
      pt: "Limites em centavos (unidades menores).",
      fr: "Seuils en centimes (unités mineures).", valueName: "numbers"))
  var monetary: String?

  @Option(
    help: .said(
      en: "Only orders of the last days count; 0 for all.",
      pt: "Só contam pedidos dos últimos dias; 0 para todos.",
      fr: "Seules les commandes des derniers jours comptent ; 0 pour toutes.", valueName: "days"))
  var window: Int?

  @Option(
    help: .said(
      en: "Groups by combination of the scores, or by their sum.",
      pt: "Grupos pela combinação das notas, ou pela soma.",
      fr: "Groupes par combinaison des notes, ou par leur somme.", valueName: "how"),
    completion: .list(["combination", "sum"]))
  var grouping: String?

  @Option(
    help: .said(
      en: "A JSON file with the groups, as the API has them.",
      pt: "Um arquivo JSON com os grupos, como na API.",
      fr: "Un fichier JSON avec les groupes, comme dans l’API.", valueName: "file"),
    completion: .file())
  var groups: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    let given = [recency, frequency, monetary].compactMap { $0 }.count
    if given != 0 && given != 3 {
      throw ValidationError(
        said(
          en: "Thresholds need all of --recency, --frequency and --monetary.",
          pt: "Os limites precisam de --recency, --frequency e --monetary juntos.",
          fr: "Les seuils demandent --recency, --frequency et --monetary ensemble."))
    }
    if given == 3, quantiles || ties != nil {
      throw ValidationError(
        said(
          en: "Fixed thresholds exclude --quantiles and --ties.",
          pt: "Limites fixos não se combinam com --quantiles e --ties.",
          fr: "Des seuils fixes excluent --quantiles et --ties."))
    }
  }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    var draft = RFMDraft(
      levels: levels, ties: ties ?? (quantiles ? "below" : nil), windowDays: window,
      grouping: grouping, reason: change.reason, dryRun: change.dryRunField)
    if let recency, let frequency, let monetary {
      draft.thresholds = RFMThresholdsDocument(
        recency: try Self.list(recency), frequency: try Self.list(frequency),
        monetary: try Self.list(monetary))
    }
    if let groups { draft.groups = try Client.decode(try readFile(groups)) }
    let receipt: RFMReceipt = try await session.client.send(.patch, Paths.rfm, draft)
    try session.report(receipt, ids: [String(receipt.rfm.revision)]) {
      session.words.rfmConfigured(receipt.rfm.customers)
    }
  }

  private static func list(_ text: String) throws -> [Int64] {
    let parts = text.split(separator: ",").map { Int64(String($0).trimmed) }
    let values = parts.compactMap { $0 }
    guard values.count == parts.count else {
      throw ValidationError(
        said(
          en: "“\(text)” has to be whole numbers with commas between.",
          pt: "“\(text)” precisa ser números inteiros separados por vírgulas.",
          fr: "« \(text) » doit être des nombres entiers séparés par des virgules."))
    }
    return values
  }
}
