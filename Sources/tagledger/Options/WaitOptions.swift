import ArgumentParser

/// For what becomes a job.
struct WaitOptions: ParsableArguments {
  @Flag(
    help: .said(
      en: "Start the work and return; the job's id is printed.",
      pt: "Iniciar o trabalho e voltar; o id da tarefa é mostrado.",
      fr: "Lancer le travail et rendre la main ; l’identifiant de la tâche est affiché."))
  var noWait = false
}
