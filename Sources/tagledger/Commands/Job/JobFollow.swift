import APITypes
import ArgumentParser
import Client

struct JobFollow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "follow",
    abstract: said(
      en: "Watch a job to its end.",
      pt: "Acompanhar uma tarefa até o fim.",
      fr: "Suivre une tâche jusqu’à sa fin."),
    discussion: said(
      en: "Ctrl-C ends the watching, not the job.",
      pt: "Ctrl-C encerra o acompanhamento, não a tarefa.",
      fr: "Ctrl-C met fin au suivi, pas à la tâche."))

  @Argument(help: .job)
  var job: String

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await session.watch(try await session.client.get(Paths.job(job)))
  }
}
