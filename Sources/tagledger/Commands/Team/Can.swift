import APITypes
import ArgumentParser
import Client

struct Can: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "can",
    abstract: said(
      en: "Tell whether an operator may do something, and by which grant.",
      pt: "Dizer se um operador pode fazer algo, e por qual concessão.",
      fr: "Dire si un opérateur peut faire une chose, et par quelle attribution."),
    discussion: said(
      en: """
        Exit code 1 when they may not.

          tagledger can Maria tags:merge "Status-*"
        """,
      pt: """
        Código de saída 1 quando não pode.

          tagledger can Maria tags:merge "Status-*"
        """,
      fr: """
        Code de sortie 1 quand il ne le peut pas.

          tagledger can Maria tags:merge "Status-*"
        """))

  @Argument(help: .nameOrID)
  var `operator`: String

  @Argument(
    help: .said(
      en: "Such as tags:merge.",
      pt: "Como tags:merge.",
      fr: "Comme tags:merge."))
  var permission: String

  @Argument(
    help: .said(
      en: "A tag, or a category as Status-*; otherwise for any tag at all.",
      pt: "Uma etiqueta, ou uma categoria como Status-*; senão, para qualquer etiqueta.",
      fr: """
        Une étiquette, ou une catégorie comme Status-* ; sinon, pour n’importe quelle \
        étiquette.
        """))
  var tag: String?

  @OptionGroup var past: PastOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    let isCategory = tag?.hasSuffix("-*") ?? false
    let verdict: Verdict = try await session.client.get(
      Paths.query(
        Paths.teamCan,
        [
          "operator": `operator`, "permission": permission, "tag": isCategory ? nil : tag,
          "category": isCategory ? tag : nil, "as_of": seq,
        ]))
    session.show(verdict, verdictColumns) { session.words.tell(verdict) + "\n" }
    if !verdict.allowed { throw ExitCode(ExitStatus.refused) }
  }
}
