package import Domain
package import EventLog
import Foundation
package import Logging
import Projections

/// How a ledger is opened.
package struct LedgerOptions: Sendable {
  /// Where its files lie; the directory is there already.
  package var directory: String
  /// The user who opens it, and becomes the founder where there is none yet.
  package var uid: UInt32
  package var limits: Limits
  package var log: LogOptions
  /// How many cores a replay may use.
  package var cores: Int
  package var now: @Sendable () -> Timestamp
  /// Says a problem in a language (`en`, `fr`, `pt`), for files that people read; the ledger itself
  /// has no words.
  package var explain: @Sendable (_ problem: Problem, _ language: String) -> String
  package var logger: Logger

  package init(
    directory: String, uid: UInt32, limits: Limits = Limits(), log: LogOptions = LogOptions(),
    cores: Int = max(2, ProcessInfo.processInfo.activeProcessorCount),
    now: @escaping @Sendable () -> Timestamp = Timestamp.wallClock,
    explain: @escaping @Sendable (Problem, String) -> String = { problem, _ in problem.gist },
    logger: Logger
  ) {
    self.directory = directory
    self.uid = uid
    self.limits = limits
    self.log = log
    self.cores = cores
    self.now = now
    self.explain = explain
    self.logger = logger
  }
}

extension Timestamp {
  /// The time of this machine's clock.
  package static let wallClock: @Sendable () -> Timestamp = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
  }
}

extension Ledger {
  /// Takes the directory, compares the log with its head, adds the log up, and brings the views along.
  ///
  /// A log that is not what was recorded is opened for reading only; `readOnlyReason` tells why.
  ///
  /// - Throws: `dataInUse` where another daemon has the directory.
  package static func open(_ options: LedgerOptions) async throws(Problem) -> Ledger {
    let parts = try await Opening(options: options).parts()
    return try Ledger(parts, options)
  }
}

/// The steps from a directory to a ledger.
struct Opening {
  let options: LedgerOptions

  struct Parts {
    let lock: DataLock
    let log: Log
    let authority: Authority
    let state: State
    let views: ViewsWriter
  }

  func parts() async throws(Problem) -> Parts {
    let lock = try DataLock(directory: options.directory)
    let founder = try founder()
    let log = try Log.open(directory: options.directory, options: options.log)
    if let damage = log.damage {
      options.logger.critical("the log is damaged: read-only", metadata: ["reason": "\(damage)"])
    }
    removeLeftovers()
    let (views, state) = try await projections(of: log)
    return Parts(
      lock: lock, log: log, authority: Authority(founder: founder), state: state, views: views)
  }

  /// Views that a rebuild or a verification was making when its daemon ended.
  private func removeLeftovers() {
    let files = try? FileManager.default.contentsOfDirectory(atPath: options.directory)
    for file in files ?? [] where file.hasPrefix("views.db.new") || file.hasPrefix("views.db.check")
    {
      try? FileManager.default.removeItem(atPath: options.directory + "/" + file)
    }
  }

  /// The founder is whoever first opened this directory.
  private func founder() throws(Problem) -> UInt32 {
    let path = options.directory + "/founder"
    if let text = try? String(contentsOfFile: path, encoding: .utf8),
      let uid = UInt32(text.trimmingCharacters(in: .whitespacesAndNewlines))
    {
      return uid
    }
    do {
      try "\(options.uid)\n".write(toFile: path, atomically: true, encoding: .utf8)
    } catch {
      throw .storageFailed("\(path): \(error)")
    }
    return options.uid
  }

  /// Behind by more than this, views are built anew instead of being brought along.
  private static let farBehind: Int64 = 200_000

  /// Replays the log for the state, and starts the views where they are.
  private func projections(of log: Log) async throws(Problem) -> (ViewsWriter, State) {
    let views = try ViewsWriter(
      opening: options.directory + "/views.db", origin: log.origin, logSize: log.size
    ) { (state, limit) throws(Problem) in
      try log.viewsBatch(after: state, limit: limit)
    }
    var state = State()
    let replay = Replay(log: log, cores: options.cores)
    try replay.fold(&state, through: min(views.position, log.size))
    // The directory has the keys of those customers whose events the views have read; of the
    // others the sealed fields are opened.
    var adopted = state
    try views.reader.eachLookup { adopted.adopt($0, phone: $1, ref: $2) }
    state = adopted
    let behind = log.size - state.position
    views.start(from: state, logSize: log.size)
    if behind > Self.farBehind {
      options.logger.notice("building the views", metadata: ["events": "\(log.size)"])
      let rebuilt = try Rebuilt(
        of: log, through: log.size, at: options.directory + "/views.db.new", cores: options.cores)
      try await views.replace(with: rebuilt.views, state: rebuilt.state)
      return (views, rebuilt.state)
    }
    try Replay(log: log, cores: options.cores, opensFields: true)
      .fold(&state, through: log.size)
    return (views, state)
  }
}

extension Log {
  /// The next events for the views, read from the log.
  fileprivate func viewsBatch(after state: State, limit: Int) throws(Problem) -> ViewsBatch {
    let events = try events(after: state.position, limit: limit)
    var directory: [Int64: DirectoryFields] = [:]
    for event in events where event.type.isSealed {
      directory[event.seq] = try directoryFields(seq: event.seq)
    }
    return ViewsBatch(events: events, before: state, directory: directory)
  }
}
