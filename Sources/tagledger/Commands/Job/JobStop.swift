import APITypes
import ArgumentParser
import Client

struct JobStop: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", abstract: "Stop a job; what is done stays.")

  @Argument(help: "The job's id.")
  var job: String

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let job: Job = try await session.client.send(.post, Paths.jobStop(job), ReasonDraft())
    session.show(job, jobColumns(session.words)) {
      "\(session.words.stopped(job))\n"
    }
  }
}
