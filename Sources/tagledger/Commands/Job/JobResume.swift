import APITypes
import ArgumentParser
import Client

struct JobResume: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with a stopped job.")

  @Argument(help: "The job's id.")
  var job: String

  @OptionGroup var wait: WaitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let job: Job = try await session.client.send(.post, Paths.jobResume(job), ReasonDraft())
    try await session.watch(job, waiting: !wait.noWait)
  }
}
