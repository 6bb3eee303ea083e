package import Domain
import EventLog

extension Ledger {
  /// A job, for who started it or who manages the service.
  package func job(_ id: String, by caller: Caller) throws(Problem) -> Job {
    let admission = try admit(caller, .membership)
    let job = try jobs.job(id)
    if job.actor.name != admission.actor.name {
      try admission.state.authorise(admission.actor, .serviceManage, at: moment)
    }
    return job
  }

  /// The jobs that a caller may see, the newest first.
  package func jobs(by caller: Caller) throws(Problem) -> [Job] {
    let actor = try admit(caller, .membership).actor
    let seesAll = holds(actor, .serviceManage)
    return jobs.all.filter { seesAll || $0.actor.name == actor.name }
  }

  /// Asks a running job to stop at the next safe place, and waits until it has.
  package func stop(_ id: String, by caller: Caller) async throws(Problem) -> Job {
    _ = try job(id, by: caller)
    return try await jobs.stop(id)
  }

  /// Goes on with a job that was stopped, failed, or ended with its daemon.
  ///
  /// Who resumes it answers for what is still to do, and needs the permissions for it.
  package func resume(_ id: String, by caller: Caller) throws(Problem) -> Job {
    let job = try job(id, by: caller)
    let actor = try admit(caller, job.kind.need).actor
    return try jobs.resume(id, by: actor, caller, work(of: job.kind))
  }

  /// What a kind of job does.
  func work(of kind: Job.Kind) -> Jobs.Work {
    switch kind {
    case .apply, .remove:
      { handle async throws(Problem) in try await self.bulk(handle) }
    case .importCustomers, .importMemberships, .importHistory:
      { handle async throws(Problem) in try await self.takeFile(handle) }
    case .importOrders:
      { handle async throws(Problem) in try await self.takeOrders(handle) }
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
  package func startRebuild(by caller: Caller) throws(Problem) -> Job {
    // The views of a damaged log may be what is left of its end.
    if let reason = readOnlyReason { throw .readOnly(reason) }
    return try startCheck(.rebuild, by: caller)
  }

  /// Replays the log apart and compares everything with what is served.
  package func startVerification(by caller: Caller) throws(Problem) -> Job {
    try startCheck(.verify, by: caller)
  }

  private func startCheck(_ kind: Job.Kind, by caller: Caller) throws(Problem) -> Job {
    let actor = try admit(caller, kind.need).actor
    let job = Job(
      id: newJobID(), kind: kind, caller: caller, actor: actor, started: now(), unit: "events",
      total: log.size, parameters: .object([:]))
    return try jobs.startAlone(job, work(of: kind))
  }
}

extension Job.Kind {
  /// What it takes to start such a job, or to go on with it.
  fileprivate var need: Need {
    switch self {
    case .apply: .permission(.tagsApply)
    case .remove: .permission(.tagsRemove)
    case .importCustomers, .importMemberships, .importHistory, .importOrders:
      .permission(.customersImport)
    case .rebuild, .backup: .permission(.serviceManage)
    case .erase: .permission(.customersErase)
    case .verify: .permission(.logVerify)
    }
  }
}
