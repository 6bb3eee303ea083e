package import Domain
import Foundation

extension Ledger {
  /// Applies or removes a tag for more customers than one command takes.
  ///
  /// The customers are fixed now. Each of the commands is whole or not at all; when the job is
  /// stopped or the daemon ends, those done stay done, and it can be resumed.
  package func startBulk(
    _ kind: Job.Kind, tag: TagID, customers: [CustomerID], details: Details?, by caller: Caller,
    reason: String?, key: RequestKey? = nil, expecting expectations: [Expectation] = []
  ) throws(Problem) -> Job {
    let admission = try admit(caller, .permission(kind == .apply ? .tagsApply : .tagsRemove))
    try refuseReadOnly()
    // What can be known to be refused is refused now, and not when half is done.
    let state = admission.state
    try state.authorise(
      admission.actor, kind == .apply ? .tagsApply : .tagsRemove, for: .tag(tag), at: moment)
    for expectation in expectations { try state.check(expectation) }
    let found = try state.current(tag)
    if kind == .apply, found.status == .archived { throw .tagArchived(found.id) }
    for customer in customers { _ = try state.current(customer) }
    let id = newJobID()
    let list = customers.map { "\($0.rawValue)" }.joined(separator: "\n")
    do {
      try Data(list.utf8).write(to: jobs.file(id, "input"), options: .atomic)
    } catch {
      throw .storageFailed("\(error)")
    }
    var parameters: [String: JSON] = [
      "tag": .int(Int64(tag.rawValue)), "step": .int(Int64(bulkStep)),
    ]
    if let details { parameters["details"] = .object(details.mapValues(JSON.string)) }
    if let reason { parameters["reason"] = .string(reason) }
    let job = Job(
      id: id, kind: kind, caller: caller, actor: admission.actor, started: now(), unit: "customers",
      total: Int64(customers.count), parameters: .object(parameters), key: key)
    do throws(Problem) {
      return try jobs.start(job, work(of: kind))
    } catch {
      try? FileManager.default.removeItem(at: jobs.file(id, "input"))
      throw error
    }
  }

  func bulk(_ handle: Jobs.Handle) async throws(Problem) {
    guard let job = handle.job, let number = job.parameters["tag"]?.int,
      let data = try? Data(contentsOf: jobs.file(job.id, "input"))
    else { throw .jobNotResumable(handle.id) }
    let tag = TagID(Int32(number))
    let customers = data.split(separator: UInt8(ascii: "\n")).compactMap {
      Int32(String(decoding: $0, as: UTF8.self)).map { CustomerID($0) }
    }
    var details: Details?
    if case .object(let members)? = job.parameters["details"] {
      details = members.compactMapValues(\.string)
    }
    // The same as before a kill, whatever has been set since.
    let step = min(job.parameters["step"]?.int.map(Int.init) ?? bulkStep, limits.bulk)
    var next = Int(job.done)
    while next < customers.count && !handle.isStopped {
      let part = Array(customers[next..<min(next + step, customers.count)])
      let command: Command =
        job.kind == .apply ? .apply(tag, to: part, details: details) : .remove(tag, from: part)
      let receipt = try await submitPart(
        Order(command, by: job.caller, reason: job.parameters["reason"]?.string),
        at: Int64(next), of: handle, isSameEveryTime: true)
      next += part.count
      let reached = Int64(next)
      handle.update { job in
        job.done = reached
        job.count(job.kind == .apply ? "applied" : "removed", receipt.changes(of: job.kind))
        job.count("unchanged", receipt.unchanged)
      }
      handle.save()
    }
  }

  /// Customers per command of a job: well below the limit, so that nobody else waits for long.
  private var bulkStep: Int { min(limits.bulk, 20_000) }
}

extension Receipt {
  fileprivate func changes(of kind: Job.Kind) -> Int {
    let type: EventType = kind == .apply ? .tagApplied : .tagRemoved
    return events.count { $0.type == type && $0.cause == nil }
  }
}
