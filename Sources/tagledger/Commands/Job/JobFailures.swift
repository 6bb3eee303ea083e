import APITypes
import ArgumentParser

struct JobFailures: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "failures",
    abstract: said(
      en: "The rows that an import refused, with line and reason, as CSV.",
      pt: "As linhas que uma importação recusou, com número e motivo, em CSV.",
      fr: "Les lignes qu’un import a refusées, avec numéro et motif, en CSV."))

  @Argument(help: .job)
  var job: String

  @Argument(
    help: .said(
      en: "Where to write them; standard output otherwise.",
      pt: "Onde gravá-las; senão, a saída padrão.",
      fr: "Où les écrire ; sinon la sortie standard."), completion: .file())
  var file: String = "-"

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try await Download(session: session).save(Paths.jobFailures(job), to: file)
  }
}
