import APITypes
import ArgumentParser
import Client

struct RoleDefine: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "define",
    abstract: said(
      en: "Define a role.",
      pt: "Definir um papel.",
      fr: "Définir un rôle."),
    discussion: """
        tagledger role define balcão tags:read tags:apply tags:remove customers:read
      """)

  @Argument(
    help: .said(
      en: "The role's name.",
      pt: "O nome do papel.",
      fr: "Le nom du rôle."))
  var name: String

  @Argument(
    help: .said(
      en: "Such as tags:apply, tags:* or *; a wrong one is answered with all that there are.",
      pt: "Como tags:apply, tags:* ou *; a um erro responde-se com todas as que existem.",
      fr: """
        Comme tags:apply, tags:* ou * ; à une erreur, toutes celles qui existent sont \
        citées.
        """))
  var permissions: [String]

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.send(
      .post, Paths.roles,
      RoleDraft(
        name: name, permissions: permissions, reason: change.reason, dryRun: change.dryRunField))
    try session.report(receipt) { session.words.roleDefined(name) }
  }
}
