package import Domain
import EventLog

extension Ledger {
  /// Goes on with a job that was stopped, failed, or ended with its daemon.
  package func resume(_ id: String, by actor: Actor) throws(Problem) -> Job {
    try authority.authorise(actor)
    return try jobs.resume(id, work(of: jobs.job(id).kind))
  }

  /// What a kind of job does.
  func work(of kind: Job.Kind) -> Jobs.Work {
    switch kind {
    case .apply, .remove:
      { handle async throws(Problem) in try await self.bulk(handle) }
    case .importCustomers, .importMemberships, .importHistory:
      { handle async throws(Problem) in try await self.takeFile(handle) }
    case .rebuild:
      { handle async throws(Problem) in try await self.rebuild(handle) }
    case .erase, .backup:
      // They begin with what only who asked for them knows, and are never resumed.
      { handle throws(Problem) in throw .jobNotResumable(handle.id) }
    case .verify:
      { handle async throws(Problem) in try await self.verify(handle) }
    }
  }

  /// Builds the views and the state anew beside those in use, and puts them in their place.
  package func startRebuild(by actor: Actor) throws(Problem) -> Job {
    // The views of a damaged log may be what is left of its end.
    if let reason = readOnlyReason { throw .readOnly(reason) }
    return try startCheck(.rebuild, by: actor)
  }

  /// Replays the log apart and compares everything with what is served.
  package func startVerification(by actor: Actor) throws(Problem) -> Job {
    try startCheck(.verify, by: actor)
  }

  private func startCheck(_ kind: Job.Kind, by actor: Actor) throws(Problem) -> Job {
    try authority.authorise(actor)
    let job = Job(
      id: newJobID(), kind: kind, actor: actor, started: now(), unit: "events",
      total: log.size, parameters: .object([:]))
    return try jobs.startAlone(job, work(of: kind))
  }
}
