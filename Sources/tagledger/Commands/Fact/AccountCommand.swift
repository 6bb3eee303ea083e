import APITypes
import ArgumentParser
import Client

struct AccountCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account",
    abstract: "In what currency amounts are kept.",
    subcommands: [AccountShow.self, AccountSet.self])
}

struct AccountShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the currency of the account.")

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let account: AccountDocument = try await session.client.get(Paths.account)
    let columns: [Column<AccountDocument>] = [
      Column(session.words.currencyHeading, "currency") { $0.currency },
      Column(hidden: "decimals") { String($0.decimals) },
      Column(hidden: "fixed") { $0.fixed ? "true" : "false" },
    ]
    session.show(account, columns) { session.words.currencySet(account.currency) + "\n" }
  }
}

struct AccountSet: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Set the currency, as long as there are no amounts.")

  @Option(help: ArgumentHelp("Three letters: BRL, EUR, USD.", valueName: "code"))
  var currency: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: AccountReceipt = try await session.client.send(
      .patch, Paths.account,
      AccountDraft(
        currency: currency, reason: change.reason, dryRun: change.dryRunField))
    try session.report(receipt, ids: []) {
      session.words.currencySet(receipt.account.currency)
    }
  }
}

struct MappingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mapping",
    abstract: "How the columns of files are read, saved with “import --save-as”.",
    subcommands: [MappingList.self, MappingRemove.self],
    aliases: ["mappings"])
}

struct MappingList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the saved mappings.", aliases: ["ls"])

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    @Sendable func text(_ values: [String: String]) -> String {
      values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }
    let columns: [Column<MappingDocument>] = [
      Column(session.words.name, "name") { $0.name },
      Column(session.words.what, "kind") { $0.kind },
      Column(session.words.columnsHeading, "columns", fit: .cut) { text($0.headings) },
      Column(hidden: "options") { text($0.options) },
    ]
    try await session.list(columns, limit: nil) { _, _ in Paths.mappings }
  }
}

struct MappingRemove: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a saved mapping.", aliases: ["rm"])

  @Argument(help: "Its name.")
  var name: String

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let (_, bytes) = try await session.client.send(
      Request(.delete, Paths.mapping(name), headers: [("Accept", MediaType.json)]))
    let receipt: MappingReceipt = try Client.decode(bytes)
    try session.report(receipt, ids: [name]) { session.words.mappingRemoved(receipt.mapping.name) }
  }
}
