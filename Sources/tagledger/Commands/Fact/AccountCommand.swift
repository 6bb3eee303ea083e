import APITypes
import ArgumentParser
import Client

struct AccountCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account",
    abstract: said(
      en: "In what currency amounts are kept.",
      pt: "Em que moeda os valores são guardados.",
      fr: "Dans quelle monnaie les montants sont tenus."),
    subcommands: [AccountShow.self, AccountSet.self])
}

struct AccountShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: said(
      en: "Show the currency of the account.",
      pt: "Mostrar a moeda da conta.",
      fr: "Montrer la monnaie du compte."))

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
    commandName: "set",
    abstract: said(
      en: "Set the currency, as long as there are no amounts.",
      pt: "Definir a moeda, enquanto não houver valores.",
      fr: "Fixer la monnaie, tant qu’il n’y a pas de montants."))

  @Option(
    help: .said(
      en: "Three letters: BRL, EUR, USD.",
      pt: "Três letras: BRL, EUR, USD.",
      fr: "Trois lettres : BRL, EUR, USD.", valueName: "code"))
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
    abstract: said(
      en: "How the columns of files are read, saved with “import --save-as”.",
      pt: "O modo de ler as colunas dos arquivos, salvo com “import --save-as”.",
      fr: "La façon de lire les colonnes des fichiers, enregistrée avec « import --save-as »."),
    subcommands: [MappingList.self, MappingRemove.self],
    aliases: ["mappings"])
}

struct MappingList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: said(
      en: "List the saved mappings.",
      pt: "Listar os mapeamentos salvos.",
      fr: "Lister les correspondances enregistrées."), aliases: ["ls"])

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
    commandName: "remove",
    abstract: said(
      en: "Remove a saved mapping.",
      pt: "Remover um mapeamento salvo.",
      fr: "Retirer une correspondance enregistrée."), aliases: ["rm"])

  @Argument(
    help: .said(
      en: "Its name.",
      pt: "O nome dele.",
      fr: "Son nom."))
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
