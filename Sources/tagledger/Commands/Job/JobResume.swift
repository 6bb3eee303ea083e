import APITypes
import ArgumentParser
import Client

struct JobResume: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: said(
      en: "Go on with a stopped job.",
      pt: "Retomar uma tarefa parada.",
      fr: "Reprendre une tâche arrêtée."))

  @Argument(help: .job)
  var job: String

  @OptionGroup var wait: WaitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let job: Job = try await session.client.send(.post, Paths.jobResume(job), ReasonDraft())
    try await session.watch(job, waiting: !wait.noWait)
  }
}
