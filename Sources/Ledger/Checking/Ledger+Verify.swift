import Domain
import EventLog
import Projections
import Proof

extension Ledger {
  /// Replays the log apart and compares: hashes, the tree, sealed fields, the state, every view.
  ///
  /// One pass does all of it, since reading rows is much of the work. The first difference ends the job
  /// as failed, with what differs; a damaged log also makes the ledger read-only.
  func verify(_ handle: Jobs.Handle) async throws(Problem) {
    await waitForViews()
    let snapshot = try await viewsSnapshot()
    // The state second: it is never behind the views.
    let live = state
    let head = log.head
    handle.update { $0.total = snapshot.position }
    try await handle.apart { () throws(Problem) in
      do throws(Problem) {
        try self.compare(live, snapshot, handle)
      } catch {
        // A log that is damaged says more than what was made of it.
        throw self.log.damage ?? error
      }
    }
    handle.update { job in
      job.result["events"] = .int(head.size)
      job.result["root"] = .string(head.root.hex)
    }
  }

  /// Enough events for a core to be busy with, and few enough that all have some at the end.
  private static let stretch: Int64 = 16_384

  private func compare(
    _ live: State, _ snapshot: ViewsSnapshot, _ handle: Jobs.Handle
  ) throws(Problem) {
    var verification = try Verification(of: log, erased: live.erased)
    var replay = Replay(
      log: log, cores: cores, slice: Self.stretch, opensFields: true, forViews: true,
      reader: verification.reader)
    let rebuilt = try Rebuilt(
      replay, through: snapshot.position, at: directory + "/views.db.check", staying: false,
      parts: ViewsPart.parts(cores, customers: Int(live.lastCustomer)),
      audited: { (slice) throws(Problem) in try verification.take(slice) },
      progress: { position throws(Problem) in
        handle.update { $0.done = position }
        if handle.isStopped { throw .jobStopped }
      })
    defer { for part in rebuilt.parts { try? part.discard() } }
    var state = rebuilt.state
    replay.forViews = false
    try replay.fold(
      &state, through: live.position,
      audited: { (slice) throws(Problem) in try verification.take(slice) })
    try verification.finish()
    var ofState: String?
    let ofViews = try atOnce(
      { ofState = live.firstDifference(to: state) },
      { () throws(Problem) in try snapshot.firstDifference(from: rebuilt.parts) })
    if let difference = ofState ?? ofViews { throw .projectionDiffers(difference) }
  }

  /// The views as they are now; once more where they are just being swapped.
  private func viewsSnapshot() async throws(Problem) -> ViewsSnapshot {
    do throws(Problem) {
      return try ViewsSnapshot(of: directory + "/views.db", connections: cores)
    } catch {
      try? await Task.sleep(for: .milliseconds(500))
      return try ViewsSnapshot(of: directory + "/views.db", connections: cores)
    }
  }
}
