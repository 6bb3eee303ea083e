import APITypes
import ArgumentParser
import Client

struct RFMCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rfm",
    abstract: "Score customers by recency, frequency and money.",
    discussion: """
      Each is scored from 1 to the number of levels, which is the best, and the scores give a group \
      with its strategy. Levels are quantiles (R's type 7) or fixed thresholds.
      """,
    subcommands: [RFMShow.self, RFMConfigure.self, RFMTableCommand.self])
}

struct RFMShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the settings, the groups, and how many are in each.")

  @Option(help: ArgumentHelp("Scored at that moment.", valueName: "time"))
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
    commandName: "table", abstract: "List the customers with their scores.")

  @Option(help: ArgumentHelp("Only this group, by key or name.", valueName: "group"))
  var group: String?

  @Option(help: ArgumentHelp("Scored at that moment.", valueName: "time"))
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
    commandName: "configure", abstract: "Say how customers are scored.",
    discussion: """
      What is not named stays. A change of levels or grouping brings the ready-made groups, unless \
      --groups names a file with others.

        tagledger rfm configure --levels 5 --quantiles
        tagledger rfm configure --recency 30,60,90,180 --frequency 2,3,5,10 --monetary 10000,50000,\
      100000,500000
      """)

  @Option(help: ArgumentHelp("In how many levels: 3, 4 or 5.", valueName: "number"))
  var levels: Int?

  @Flag(help: "Levels of about as many customers each.")
  var quantiles = false

  @Option(
    help: ArgumentHelp(
      "Where a value belongs that equals a quantile: below (R's cut) or above (findInterval).",
      valueName: "side"), completion: .list(["below", "above"]))
  var ties: String?

  @Option(help: ArgumentHelp("Thresholds in days, fewest first.", valueName: "numbers"))
  var recency: String?

  @Option(help: ArgumentHelp("Thresholds in orders.", valueName: "numbers"))
  var frequency: String?

  @Option(help: ArgumentHelp("Thresholds in minor units.", valueName: "numbers"))
  var monetary: String?

  @Option(help: ArgumentHelp("Only orders of the last days count; 0 for all.", valueName: "days"))
  var window: Int?

  @Option(
    help: ArgumentHelp("Groups by combination of the scores, or by their sum.", valueName: "how"),
    completion: .list(["combination", "sum"]))
  var grouping: String?

  @Option(
    help: ArgumentHelp("A JSON file with the groups, as the API has them.", valueName: "file"),
    completion: .file())
  var groups: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    let given = [recency, frequency, monetary].compactMap { $0 }.count
    if given != 0 && given != 3 {
      throw ValidationError("Thresholds need all of --recency, --frequency and --monetary.")
    }
    if given == 3, quantiles || ties != nil {
      throw ValidationError("Fixed thresholds exclude --quantiles and --ties.")
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
      throw ValidationError("“\(text)” has to be whole numbers with commas between.")
    }
    return values
  }
}
