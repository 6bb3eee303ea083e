import Domain
import EventLog
import Foundation
import Logging
import Projections

/// Projections built from the log alone, beside those that are served.
struct Rebuilt {
  var state: State
  /// The views, in as many parts as were asked for.
  let parts: [BuiltViews]

  /// The views where they have been built as a whole.
  var views: BuiltViews { parts[0] }

  /// Postings of customers that are gathered before they are written, in all parts together.
  private static let gathering = 16_000_000

  /// Replays the log up to `end` into a state and a file of views.
  init(
    of log: Log, through end: Int64, at path: String, cores: Int,
    progress: (Int64) throws(Problem) -> Void = { _ in }
  ) throws(Problem) {
    let replay = Replay(log: log, cores: cores, opensFields: true, forViews: true)
    try self.init(
      replay, through: end, at: path, staying: true, parts: [.whole], progress: progress)
  }

  /// - Parameters:
  ///   - stays: whether the file is to be used; else it need not reach the disk.
  ///   - parts: what to build, each in a file of its own.
  ///   - audited: see `Replay.fold`.
  init(
    _ replay: Replay, through end: Int64, at path: String, staying stays: Bool,
    parts: [ViewsPart],
    audited: (AuditedSlice) throws(Problem) -> Void = { _ in },
    progress: (Int64) throws(Problem) -> Void
  ) throws(Problem) {
    var builders: [ViewsBuilder] = []
    var state = State()
    do throws(Problem) {
      for (index, part) in parts.enumerated() {
        builders.append(
          try ViewsBuilder(
            at: index == 0 ? path : "\(path).\(index)", origin: replay.log.origin,
            gathering: Self.gathering / max(1, parts.count - 1), staying: stays, part: part))
      }
      try replay.fold(
        &state, through: end,
        slices: { (slice) throws(Problem) in for builder in builders { try builder.add(slice) } },
        audited: audited, progress: progress)
    } catch {
      for builder in builders { builder.cancel() }
      throw error
    }
    self.state = state
    self.parts = try ViewsBuilder.finish(builders)
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
