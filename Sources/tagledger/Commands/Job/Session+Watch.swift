import APITypes
import Client

extension Session {
  /// Follows a job to its end with a progress bar, and tells what came of it.
  ///
  /// - Parameter waiting: false prints the job and leaves it to itself.
  /// - Returns: the job as it ended.
  @discardableResult
  func watch(
    _ job: Job, waiting: Bool = true, failures: String? = nil
  ) async throws -> Job {
    guard waiting else {
      show(job, jobColumns(words)) { "\(words.goesOn(job.id))\n" }
      return job
    }
    let ended = try await follow(job)
    if let failures, job.kind.hasFailures {
      try await Download(session: self).save(Paths.jobFailures(job.id), to: failures)
    }
    try tell(ended, failures: failures)
    return ended
  }

  /// Follows a job to its end with a progress bar.
  ///
  /// A daemon that stops meanwhile is waited for, and given up after `patience`.
  func follow(_ job: Job) async throws -> Job {
    guard job.state == .running else { return job }
    let bar = ProgressBar(
      label: words.title(of: job), unit: ProgressUnit(named: job.unit), words: words)
    let meter = ProgressMeter(bar, terminal: terminal)
    let interrupt = Interrupt { [terminal, words] in
      meter.finish()
      terminal.err("\(words.goesOn(job.id))\n")
    }
    defer { withExtendedLifetime(interrupt) { meter.finish() } }
    var last = job
    meter.update(done: job.done, total: job.total)
    var isLost = false
    do {
      try await client.follow(
        Paths.jobFollow(job.id), reconnecting: Reconnecting(patience: patience)
      ) { followed in
        isLost = false
        switch followed {
        case .event(let event):
          last = try Client.decode(Array(event.data.utf8))
          meter.update(done: last.done, total: last.total)
        case .lost:
          isLost = true
          meter.finish()
          remark(words.daemonLost(seconds: patience.components.seconds))
        case .resumed: remark(words.connectionBack)
        }
        return last.state == .running
      }
    } catch let error as ClientError where isLost && error.problem == nil {
      throw Failure.jobUnwatched(job.id)
    }
    return last
  }

  private func tell(_ job: Job, failures: String?) throws {
    if quiet {
      print(job.id)
    } else if format == .text {
      tellInWords(job, failures: failures)
    } else {
      show(job, jobColumns(words)) { "" }
    }
    if job.state == .failed { throw Failure.jobFailed(job.problem) }
    if job.kind.hasFailures, (job.result["refused"]?.int ?? 0) > 0 { throw Failure.rowsRefused }
  }

  private func tellInWords(_ job: Job, failures: String?) {
    if job.dryRun { print(paint(words.preview, .warning)) }
    switch job.state {
    case .running, .failed: break
    case .stopped: print(words.stopped(job))
    case .done where job.kind == .verify:
      let events = job.result["events"]?.int ?? 0
      print(words.allAgrees(events, root: job.result["root"]?.string ?? ""))
    case .done where job.kind == .backup:
      print(words.backedUp(job.result))
    case .done:
      let told = job.figures.map { "\(words.number($0.count)) \(words.figure($0.name, $0.count))" }
        .joined(separator: ", ")
      print(words.finished(words.title(of: job), told, duration(of: job)))
    }
    if terminal.errIsTerminal, job.undoable == true { remark(words.takenBack(job.id)) }
    let refused = job.result["refused"]?.int ?? 0
    guard job.kind.hasFailures, refused > 0 else { return }
    remark(
      "\(paint("\(words.note):", .warning)) "
        + words.refusedRows(refused, file: failures, job: job.id))
  }

  private func duration(of job: Job) -> String {
    guard let start = LocalTime(job.started), let end = job.finished.flatMap(LocalTime.init)
    else { return "–" }
    let micros = (end.seconds - start.seconds) * 1_000_000 + end.micros - start.micros
    return words.time(micros: micros)
  }
}

extension Job {
  /// The figures of the result that tell a person something, in the order of a sentence.
  var figures: [(name: String, count: Int64)] {
    // The time is told anyhow, and how far a file has been read is the daemon's own affair.
    let silent: Set = ["milliseconds", "line"]
    let order = [
      "rows", "events", "customers_registered", "customers_revised", "tags_created", "orders",
      "returns", "paid", "shipped", "completed", "cancelled", "applied",
      "removed", "detailed", "displaced", "unchanged", "superseded", "refused",
    ]
    let told = result.compactMap { name, value -> (name: String, count: Int64)? in
      guard let count = value.int, count > 0, !silent.contains(name) else { return nil }
      return (name, count)
    }
    return told.sorted { first, second in
      let places = [first, second].map { order.firstIndex(of: $0.name) ?? order.count }
      return (places[0], first.name) < (places[1], second.name)
    }
  }
}

extension Job.Kind {
  /// Whether rows may be refused while the rest goes in.
  var hasFailures: Bool {
    switch self {
    case .importCustomers, .importMemberships, .importHistory, .importOrders: true
    case .apply, .remove, .rebuild, .verify, .erase, .backup: false
    }
  }

  /// Whether it can go on where it was stopped.
  var isResumable: Bool {
    switch self {
    case .apply, .remove, .importCustomers, .importMemberships, .importHistory, .importOrders: true
    case .rebuild, .verify, .erase, .backup: false
    }
  }
}
