import APITypes
import ArgumentParser
import Client

struct Rebuild: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Build all projections anew from the log, while the daemon goes on serving.")

  @OptionGroup var wait: WaitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let job: Job = try await session.client.send(.post, Paths.rebuilds, ReasonDraft())
    try await session.watch(job, waiting: !wait.noWait)
  }
}
