import APITypes
import ArgumentParser
import Client

struct OperatorIdentify: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "identify",
    abstract: said(
      en: "Say how an operator is known.",
      pt: "Dizer como um operador é reconhecido.",
      fr: "Dire comment un opérateur est reconnu."),
    discussion: """
        tagledger operator identify Maria --uid 1001
        tagledger operator identify Maria --subject maria@example.org --remove
      """)

  @Argument(help: .nameOrID)
  var `operator`: String

  @OptionGroup var identity: IdentityOptions

  @Flag(
    help: .said(
      en: "No longer.",
      pt: "Não mais.",
      fr: "Ne l’est plus."))
  var remove = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if (identity.uid == nil) == (identity.subject == nil) {
      throw ValidationError(
        said(
          en: "Give either --uid or --subject.", pt: "Informe --uid ou --subject.",
          fr: "Donnez --uid ou --subject."))
    }
  }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.send(
      .post, Paths.operatorIdentities(`operator`),
      IdentityDraft(
        uid: identity.uid, subject: identity.subject, remove: remove ? true : nil,
        reason: change.reason, dryRun: change.dryRunField))
    try session.report(receipt) { session.words.revised(receipt.operator?.name ?? `operator`) }
  }
}
