import Domain
import EventLog

extension Ledger {
  /// Submits the part of a job's work that begins at a place, and notes what it has recorded.
  func submitPart(
    _ order: Order, at place: Int64, of handle: Jobs.Handle
  ) async throws(Problem) -> Receipt {
    var order = order
    let key = Self.key(ofPart: place, of: handle.id)
    // A killed daemon may have recorded the part: given once more without its key, it changes nothing and
    // tells what it finds.
    if try log.remembered(key.digest) == nil { order.key = key }
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
      let key = Self.key(ofPart: job.result["line"]?.int ?? job.done, of: job.id)
      guard let torn = try log.remembered(key.digest) else { continue }
      let handle = Jobs.Handle(id: job.id, jobs: jobs)
      handle.update { $0.note(torn.seqs) }
      handle.save()
    }
  }

  private static func key(ofPart place: Int64, of job: String) -> RequestKey {
    RequestDigest(method: "JOB", target: job).key("\(place)", of: job)
  }
}
