import APITypes
import ArgumentParser
import Client

struct JobShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: said(
      en: "Show a job as it stands.",
      pt: "Mostrar como está uma tarefa.",
      fr: "Montrer où en est une tâche."))

  @Argument(help: .job)
  var job: String

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let job: Job = try await session.client.get(Paths.job(job))
    let actors = await session.actors()
    session.show(job, jobColumns(session.words)) {
      jobEntry(job, session.words, actors).text(session.paint)
    }
  }
}

/// One job, for people.
func jobEntry(_ job: Job, _ words: Words, _ actors: Actors) -> Entry {
  var entry = Entry()
  entry.add(words.id, job.id)
  entry.add(words.kind, words.title(of: job))
  entry.add(words.state, words.jobState(job.state.rawValue), job.state == .failed ? .bad : .plain)
  entry.add(words.done, progress(of: job, words))
  entry.add(words.started, LocalTime(job.started)?.shown(words.language))
  entry.add(words.finished, job.finished.flatMap { LocalTime($0)?.shown(words.language) })
  entry.add(words.by, actors.name(of: job.actor))
  for (name, value) in job.result.sorted(by: { $0.key < $1.key }) {
    entry.add(words.figure(name), value.int.map { words.number($0) } ?? JSONText.line(value))
  }
  entry.add(words.error, job.problem.map { $0.detail ?? $0.title }, .bad)
  return entry
}
