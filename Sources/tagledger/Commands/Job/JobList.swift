import APITypes
import ArgumentParser

struct JobList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: said(
      en: "List the jobs.",
      pt: "Listar as tarefas.",
      fr: "Lister les tâches."), aliases: ["ls"])

  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let actors = await session.actors()
    try await session.list(
      jobColumns(session.words, actors), limit: limits.limit(default: nil)
    ) { limit, cursor in
      Paths.query(Paths.jobs, ["limit": String(limit), "cursor": cursor])
    }
  }
}
