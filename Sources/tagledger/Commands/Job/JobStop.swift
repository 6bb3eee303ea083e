import APITypes
import ArgumentParser
import Client

struct JobStop: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop",
    abstract: said(
      en: "Stop a job; what is done stays.",
      pt: "Parar uma tarefa; o que foi feito fica.",
      fr: "Arrêter une tâche ; ce qui est fait reste."))

  @Argument(help: .job)
  var job: String

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let job: Job = try await session.client.send(.post, Paths.jobStop(job), ReasonDraft())
    session.show(job, jobColumns(session.words)) {
      "\(session.words.stopped(job))\n"
    }
  }
}
