import Domain
import EventLog
import Projections
import Proof

extension Ledger {
  /// Replays the log apart and compares: hashes, the tree, sealed fields, the state, every view.
  ///
  /// The first difference ends the job as failed, with what differs; a damaged log also makes the
  /// ledger read-only.
  func verify(_ handle: Jobs.Handle) async throws(Problem) {
    await waitForViews()
    let snapshot = try await viewsSnapshot()
    // The state second: it is never behind the views.
    let live = state
    let head = log.head
    handle.update { $0.total = snapshot.position * 2 }
    try await handle.apart { () throws(Problem) in
      try self.compare(live, snapshot, handle)
    }
    handle.update { job in
      job.result["events"] = .int(head.size)
      job.result["root"] = .string(head.root.hex)
    }
  }

  private func compare(
    _ live: State, _ snapshot: ViewsSnapshot, _ handle: Jobs.Handle
  ) throws(Problem) {
    let end = snapshot.position
    try log.verify(erased: live.erased) { position in
      handle.update { $0.done = min(position, end) }
      return !handle.isStopped
    }
    let rebuilt = try Rebuilt(
      of: log, through: end, at: directory + "/views.db.check", cores: cores
    ) { position throws(Problem) in
      handle.update { $0.done = end + position }
      if handle.isStopped { throw .jobStopped }
    }
    defer { try? rebuilt.views.discard() }
    if let difference = try snapshot.firstDifference(from: rebuilt.views) {
      throw .projectionDiffers(difference)
    }
    var state = rebuilt.state
    try Replay(log: log, cores: cores, opensFields: true).fold(&state, through: live.position)
    if let difference = live.firstDifference(to: state) { throw .projectionDiffers(difference) }
  }

  /// The views as they are now; once more where they are just being swapped.
  private func viewsSnapshot() async throws(Problem) -> ViewsSnapshot {
    do throws(Problem) {
      return try ViewsSnapshot(of: directory + "/views.db")
    } catch {
      try? await Task.sleep(for: .milliseconds(500))
      return try ViewsSnapshot(of: directory + "/views.db")
    }
  }
}
