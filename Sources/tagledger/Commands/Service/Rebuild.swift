import APITypes
import ArgumentParser
import Client

struct Rebuild: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: said(
      en: "Build all projections anew from the log, while the daemon goes on serving.",
      pt: """
        Refazer todas as projeções a partir do registro, enquanto o serviço continua \
        atendendo.
        """,
      fr: "Refaire toutes les projections à partir du journal, pendant que le service continue."))

  @OptionGroup var wait: WaitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let job: Job = try await session.client.send(.post, Paths.rebuilds, ReasonDraft())
    try await session.watch(job, waiting: !wait.noWait)
  }
}
