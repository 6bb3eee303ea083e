import Domain
import EventLog
import Projections
import Proof
import Synchronization

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
    // Beside each other: what one core does in order of the one leaves room for the other.
    let progress = Progress(handle)
    async let hashes = handle.result { () throws(Problem) in
      do throws(Problem) {
        try self.log.verify(erased: live.erased) { position in
          progress.verified(min(position, snapshot.position))
        }
      } catch {
        progress.end()
        throw error
      }
    }
    async let projections = handle.result { () throws(Problem) in
      try self.compare(live, snapshot, progress)
    }
    // A log that is damaged says more than what was made of it.
    try await hashes.get()
    try await projections.get()
    handle.update { job in
      job.result["events"] = .int(head.size)
      job.result["root"] = .string(head.root.hex)
    }
  }

  /// How far both halves are, and whether they are to go on.
  private final class Progress: Sendable {
    private let handle: Jobs.Handle
    private let state = Mutex<(verified: Int64, rebuilt: Int64, isEnded: Bool)>((0, 0, false))

    init(_ handle: Jobs.Handle) {
      self.handle = handle
    }

    func end() {
      state.withLock { $0.isEnded = true }
    }

    /// False to stop.
    func verified(_ position: Int64) -> Bool {
      update { $0.verified = position }
    }

    func rebuilt(_ position: Int64) throws(Problem) {
      guard update({ $0.rebuilt = position }) else { throw .jobStopped }
    }

    private func update(
      _ change: (inout (verified: Int64, rebuilt: Int64, isEnded: Bool)) -> Void
    ) -> Bool {
      let (done, isEnded) = state.withLock { state in
        change(&state)
        return (state.verified + state.rebuilt, state.isEnded)
      }
      handle.update { $0.done = max($0.done, done) }
      return !isEnded && !handle.isStopped
    }
  }

  private func compare(
    _ live: State, _ snapshot: ViewsSnapshot, _ progress: Progress
  ) throws(Problem) {
    let rebuilt = try Rebuilt(
      of: log, through: snapshot.position, at: directory + "/views.db.check", cores: cores,
      progress: progress.rebuilt)
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
