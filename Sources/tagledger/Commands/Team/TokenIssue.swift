import APITypes
import ArgumentParser
import Client

struct TokenIssue: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "issue",
    abstract: said(
      en: "Issue a token; it is shown this once.",
      pt: "Emitir um token; só é mostrado desta vez.",
      fr: "Délivrer un jeton ; il n’est montré que cette fois."),
    discussion: said(
      en: "With -q, nothing but the token is printed.",
      pt: "Com -q, só o token é impresso.",
      fr: "Avec -q, seul le jeton est affiché."))

  @Argument(
    help: .said(
      en: "Whose it is: name or id.",
      pt: "De quem é: nome ou id.",
      fr: "À qui il est : nom ou identifiant."))
  var `operator`: String

  @Argument(
    help: .said(
      en: "What it is for.",
      pt: "Para que serve.",
      fr: "À quoi il sert."))
  var name: String

  @Option(help: .ends)
  var expires: String?

  @Option(
    help: .said(
      en: "Only this user of the machine may present it.",
      pt: "Só este usuário da máquina pode apresentá-lo.",
      fr: "Seul cet utilisateur de la machine peut le présenter.", valueName: "number"))
  var uid: UInt32?

  @Option(
    help: .said(
      en: "Why; it stands in the change log.",
      pt: "Por quê; fica no histórico de mudanças.",
      fr: "Pourquoi ; c’est inscrit dans le journal des changements.", valueName: "text"))
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let receipt: TeamReceipt = try await session.client.send(
      .post, Paths.tokens,
      TokenDraft(operator: `operator`, name: name, expires: expires, uid: uid, reason: reason))
    // An answer that came a second time has no token in it.
    let secret = receipt.secret ?? ""
    try session.report(receipt, ids: [secret]) {
      session.words.tokenIssued(name, receipt.token?.id ?? 0) + "\n\(secret)"
    }
  }
}
