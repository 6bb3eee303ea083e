import Domain
import EventLog
import Foundation
import Logging
import Projections

/// Projections built from the log alone, beside those that are served.
struct Rebuilt {
  var state: State
  let views: BuiltViews

  /// Replays the log up to `end` into a state and a file of views.
  init(
    of log: Log, through end: Int64, at path: String, cores: Int,
    progress: (Int64) throws(Problem) -> Void = { _ in }
  ) throws(Problem) {
    let replay = Replay(log: log, cores: cores, opensFields: true, forViews: true)
    try self.init(replay, through: end, at: path, staying: true, progress: progress)
  }

  /// - Parameters:
  ///   - stays: whether the file is to be used; else it need not reach the disk.
  ///   - audited: see `Replay.fold`.
  init(
    _ replay: Replay, through end: Int64, at path: String, staying stays: Bool,
    audited: (AuditedSlice) throws(Problem) -> Void = { _ in },
    progress: (Int64) throws(Problem) -> Void
  ) throws(Problem) {
    let builder = try ViewsBuilder(at: path, origin: replay.log.origin, staying: stays)
    var state = State()
    do throws(Problem) {
      try replay.fold(
        &state, through: end,
        slices: { (slice) throws(Problem) in try builder.add(slice) }, audited: audited,
        progress: progress)
    } catch {
      builder.cancel()
      throw error
    }
    self.state = state
    views = try builder.finish()
  }
}

extension Ledger {
  /// Builds everything anew while commands and reads go on, then puts it in place of the old.
  func rebuild(_ handle: Jobs.Handle) async throws(Problem) {
    let started = now()
    let end = log.size
    let rebuilt = try await handle.apart { () throws(Problem) in
      try Rebuilt(
        of: self.log, through: end, at: self.directory + "/views.db.new", cores: self.cores
      ) { position throws(Problem) in
        handle.update { $0.done = position }
        if handle.isStopped { throw .jobStopped }
      }
    }
    try await views.replace(with: rebuilt.views, state: rebuilt.state)
    // Most of what has come meanwhile, so that the writer is held up by the rest alone.
    let state = try await handle.apart { () throws(Problem) in
      var state = rebuilt.state
      let replay = Replay(log: self.log, cores: self.cores, opensFields: true)
      try replay.fold(&state, through: self.log.size)
      return state
    }
    try await replaceState(with: state)
    await waitForViews()
    let seconds = Double(now().rawValue - started.rawValue) / 1_000_000
    handle.update { job in
      job.done = end
      job.total = end
      job.result["events"] = .int(end)
      job.result["milliseconds"] = .int(Int64(seconds * 1000))
    }
    logger.info("rebuilt the projections", metadata: ["events": "\(end)"])
  }

  var cores: Int { max(2, ProcessInfo.processInfo.activeProcessorCount) }
}
