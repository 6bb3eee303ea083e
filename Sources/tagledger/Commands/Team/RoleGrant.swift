import APITypes
import ArgumentParser
import Client

struct RoleGrant: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "grant",
    abstract: said(
      en: "Give an operator a role.",
      pt: "Dar um papel a um operador.",
      fr: "Donner un rôle à un opérateur."),
    discussion: said(
      en: """
        Limited to categories, a role gives nothing but changing tags of those, and reading.

          tagledger role grant Maria agent --categories Status Pedido --until 2026-12-31
        """,
      pt: """
        Limitado a categorias, um papel só permite mexer nas etiquetas delas, e ler.

          tagledger role grant Maria agent --categories Status Pedido --until 2026-12-31
        """,
      fr: """
        Limité à des catégories, un rôle ne permet que de toucher à leurs étiquettes, et de \
        lire.

          tagledger role grant Maria agent --categories Status Pedido --until 2026-12-31
        """))

  @Argument(help: .nameOrID)
  var `operator`: String

  @Argument(help: .nameOrID)
  var role: String

  @Option(
    parsing: .upToNextOption,
    help: .said(
      en: "Only for tags of these.",
      pt: "Só para etiquetas destas.",
      fr: "Seulement pour les étiquettes de celles-ci.", valueName: "category"))
  var categories: [String] = []

  @Option(help: .ends)
  var until: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.send(
      .post, Paths.grants,
      GrantDraft(
        operator: `operator`, role: role, categories: categories.isEmpty ? nil : categories,
        until: until, reason: change.reason, dryRun: change.dryRunField))
    try session.report(receipt) {
      session.words.granted(
        receipt.grant?.roleName ?? role, to: receipt.grant?.operatorName ?? `operator`,
        receipt.grant?.id ?? 0)
    }
  }
}
