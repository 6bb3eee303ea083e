import APITypes
import ArgumentParser
import Client

struct JobFollow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow", abstract: "Watch a job to its end.",
    discussion: "Ctrl-C ends the watching, not the job.")

  @Argument(help: "The job's id.")
  var job: String

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.watch(try await session.client.get(Paths.job(job)))
  }
}
