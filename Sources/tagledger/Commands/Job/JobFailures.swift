import APITypes
import ArgumentParser

struct JobFailures: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "failures",
    abstract: "The rows that an import refused, with line and reason, as CSV.")

  @Argument(help: "The job's id.")
  var job: String

  @Argument(help: "Where to write them; standard output otherwise.", completion: .file())
  var file: String = "-"

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await Download(session: session).save(Paths.jobFailures(job), to: file)
  }
}
