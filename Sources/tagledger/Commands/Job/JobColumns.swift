import APITypes

/// Columns of lists of jobs.
///
/// - Parameter actors: who started them, for people.
func jobColumns(_ words: Words, _ actors: Actors = Actors()) -> [Column<Job>] {
  let time: @Sendable (String?) -> Cell = { text in
    Cell(text.map { LocalTime($0)?.shown(words.language) ?? $0 })
  }
  return [
    Column(words.id, "id") { $0.id },
    Column(
      words.kind, "kind", cell: { Cell(words.title(of: $0)) }, value: { $0.kind.rawValue }),
    Column(
      words.state, "state",
      cell: { Cell(words.jobState($0.state.rawValue), style(of: $0.state)) },
      value: { $0.state.rawValue }),
    Column(
      words.done, "done", cell: { Cell(progress(of: $0, words)) }, value: { String($0.done) }),
    Column(hidden: "total") { $0.total.map(String.init) },
    Column(hidden: "unit") { $0.unit },
    Column(words.started, "started", cell: { time($0.started) }, value: { $0.started }),
    Column(words.finished, "finished", cell: { time($0.finished) }, value: { $0.finished }),
    Column(words.by, "actor", cell: { Cell(actors.name(of: $0.actor)) }, value: { $0.actor }),
    Column(hidden: "result") { JSONText.line($0.result) },
    Column(hidden: "problem") { $0.problem.map { JSONText.line($0) } },
    Column(hidden: "dry_run") { String($0.dryRun) },
  ]
}

private func style(of state: Job.State) -> Paint.Style {
  switch state {
  case .running: .plain
  case .stopped: .warning
  case .done: .good
  case .failed: .bad
  }
}

/// How far a job is, in what it counts.
func progress(of job: Job, _ words: Words) -> String {
  ProgressUnit(named: job.unit).amount(job.done, of: job.total, words)
}
