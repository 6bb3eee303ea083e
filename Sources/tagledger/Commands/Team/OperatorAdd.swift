import APITypes
import ArgumentParser
import Client

struct OperatorAdd: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: said(
      en: "Take somebody, or a program, into the team.",
      pt: "Incluir alguém, ou um programa, na equipe.",
      fr: "Faire entrer quelqu’un, ou un programme, dans l’équipe."),
    discussion: said(
      en: """
        They may do nothing until they are given a role.

          tagledger operator add Maria --uid 1001 --language pt
          tagledger role grant Maria agent --categories Status
        """,
      pt: """
        Não pode fazer nada até receber um papel.

          tagledger operator add Maria --uid 1001 --language pt
          tagledger role grant Maria agent --categories Status
        """,
      fr: """
        Rien ne lui est permis tant qu’aucun rôle ne lui est donné.

          tagledger operator add Maria --uid 1001 --language pt
          tagledger role grant Maria agent --categories Status
        """))

  @Argument(
    help: .said(
      en: "Their name; no two are the same.",
      pt: "O nome; não há dois iguais.",
      fr: "Le nom ; il n’y en a pas deux pareils."))
  var name: String

  @Flag(
    help: .said(
      en: "It is a program, not a person.",
      pt: "É um programa, não uma pessoa.",
      fr: "C’est un programme, pas une personne."))
  var program = false

  @OptionGroup var identity: IdentityOptions

  @Option(help: .language)
  var language: String?

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.send(
      .post, Paths.operators,
      OperatorDraft(
        name: name, kind: program ? "program" : nil, language: language, uid: identity.uid,
        subject: identity.subject, reason: change.reason, dryRun: change.dryRunField))
    try session.report(receipt) { session.words.operatorAdded(name) }
  }
}
