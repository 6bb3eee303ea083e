import Domain
import EventLog

extension Ledger {
  /// Submits the part of a job's work that begins at a place, and notes what it has recorded.
  ///
  /// A daemon that was killed may have recorded the part without noting it: then it is noted now, and the
  /// part given once more, which changes nothing and tells what it finds.
  func submitPart(
    _ order: Order, at place: Int64, of handle: Jobs.Handle
  ) async throws(Problem) -> Receipt {
    var order = order
    let key = Self.key(ofPart: place, of: handle.id)
    if let torn = try log.remembered(key.digest) {
      handle.update { $0.note(torn.seqs) }
    } else {
      order.key = key
    }
    let receipt = try await submitInPace(order)
    handle.update { $0.note(receipt.seqs) }
    return receipt
  }

  /// The numbers of all events that a job has recorded, those included that a killed daemon did not
  /// come to note.
  func recorded(by job: Job) throws(Problem) -> [ClosedRange<Int64>] {
    var job = job
    let place = job.result["line"]?.int ?? job.done
    job.note(try log.remembered(Self.key(ofPart: place, of: job.id).digest)?.seqs)
    return job.recorded
  }

  private static func key(ofPart place: Int64, of job: String) -> RequestKey {
    RequestDigest(method: "JOB", target: job).key("\(place)", of: job)
  }
}
