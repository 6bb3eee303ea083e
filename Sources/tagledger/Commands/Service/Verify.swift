import APITypes
import ArgumentParser
import Client

struct Verify: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Replay the log apart and compare everything with it; names the first difference.",
    discussion: "Exit code 0 only when all agrees.")

  @OptionGroup var wait: WaitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let job: Job = try await session.client.send(.post, Paths.verifications, ReasonDraft())
    try await session.watch(job, waiting: !wait.noWait)
  }
}
