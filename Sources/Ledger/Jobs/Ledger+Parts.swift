import Domain
import EventLog

extension Ledger {
  /// Submits the part of a job's work that begins at a place, and notes what it has recorded.
  ///
  /// A daemon that was killed may have recorded the part without noting it. A part that holds the same
  /// every time is answered as it was then. The rows of a file are taken in anew, since what was refused
  /// of them stands in no event: most are as they say already.
  func submitPart(
    _ order: Order, at place: Int64, of handle: Jobs.Handle, isSameEveryTime: Bool
  ) async throws(Problem) -> Receipt {
    var order = order
    let attempt = isSameEveryTime ? 0 : try tornParts(at: place, of: handle.id).count
    order.key = Self.key(ofPart: place, attempt: attempt, of: handle.id)
    let receipt = try await submitInPace(order)
    handle.update { $0.note(receipt.seqs) }
    return receipt
  }

  /// Notes in the files of jobs what a killed daemon has recorded and did not come to note.
  ///
  /// Before anybody is served: it is found by its key, and each new key has older ones forgotten.
  func noteTornParts() throws(Problem) {
    guard readOnlyReason == nil else { return }
    for job in jobs.all where job.kind.isKept && job.state != .done {
      let torn = try tornParts(at: job.result["line"]?.int ?? job.done, of: job.id)
      if torn.isEmpty { continue }
      let handle = Jobs.Handle(id: job.id, jobs: jobs)
      handle.update { job in for part in torn { job.note(part.seqs) } }
      handle.save()
    }
  }

  /// What a part has been recorded as, once for each daemon that was killed before it noted it.
  private func tornParts(at place: Int64, of job: String) throws(Problem) -> [RememberedRequest] {
    var torn: [RememberedRequest] = []
    while let part = try log.remembered(
      Self.key(ofPart: place, attempt: torn.count, of: job).digest)
    {
      torn.append(part)
    }
    return torn
  }

  private static func key(ofPart place: Int64, attempt: Int, of job: String) -> RequestKey {
    RequestDigest(method: "JOB", target: job)
      .key(attempt == 0 ? "\(place)" : "\(place) \(attempt)", of: job)
  }
}
