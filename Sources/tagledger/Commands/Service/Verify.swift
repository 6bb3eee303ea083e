import APITypes
import ArgumentParser
import Client

struct Verify: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: said(
      en: "Replay the log apart and compare everything with it; names the first difference.",
      pt: """
        Reproduzir o registro à parte e comparar tudo com ele; diz qual é a primeira \
        diferença.
        """,
      fr: "Rejouer le journal à part et tout comparer ; la première différence est nommée."),
    discussion: said(
      en: "Exit code 0 only when all agrees.",
      pt: "Código de saída 0 só quando tudo confere.",
      fr: "Code de sortie 0 seulement si tout concorde."))

  @OptionGroup var wait: WaitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let job: Job = try await session.client.send(.post, Paths.verifications, ReasonDraft())
    try await session.watch(job, waiting: !wait.noWait)
  }
}
