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
  /// Users of this machine who may say for whom they call, as a reverse proxy does.
  package var proxies: Set<UInt32>
  package var limits: Limits
  package var log: LogOptions
  /// How long the scrubber rests between two looks at the whole log.
  package var scrubInterval: Duration
  /// The shop's time zone, for routines that name none.
  package var zone = TimeZones.ofThisMachine
  /// How many cores a replay may use.
  package var cores: Int
  /// Whether rules do what follows and lists fall due; looking at a ledger does neither.
  package var runsRules = true
  package var now: @Sendable () -> Timestamp
  /// Says a problem in a language (`en`, `fr`, `pt`), for files that people read; the ledger itself
  /// has no words.
  package var explain: @Sendable (_ problem: Problem, _ language: String) -> String
  /// A problem as it is told in each language, for a job to keep over a restart; nil keeps none.
  package var pages: @Sendable (_ problem: Problem) -> JSON?
  package var logger: Logger
  /// Told after each step of an erasure, by its name; tests stop there.
  package var onErasure: @Sendable (_ step: String) -> Void = { _ in }

  package init(
    directory: String, uid: UInt32, proxies: Set<UInt32> = [], limits: Limits = Limits(),
    log: LogOptions = LogOptions(),
    scrubInterval: Duration = .seconds(3600),
    cores: Int = max(2, ProcessInfo.processInfo.activeProcessorCount),
    now: @escaping @Sendable () -> Timestamp = Timestamp.wallClock,
    explain: @escaping @Sendable (Problem, String) -> String = { problem, _ in problem.gist },
    pages: @escaping @Sendable (Problem) -> JSON? = { _ in nil }, logger: Logger
  ) {
    self.directory = directory
    self.uid = uid
    self.proxies = proxies
    self.limits = limits
    self.log = log
    self.scrubInterval = scrubInterval
    self.cores = cores
    self.now = now
    self.explain = explain
    self.pages = pages
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
    let ledger = try Ledger(parts, options)
    try ledger.noteTornParts()
    try await ledger.found()
    try await ledger.finishErasures()
    ledger.scrubber.start()
    if options.runsRules, ledger.readOnlyReason == nil { ledger.rules.start() }
    if options.runsRules, ledger.readOnlyReason == nil { ledger.routines.start() }
    return ledger
  }
}

extension Ledger {
  /// Gives a ledger that has no team its first owner and the ready-made roles, as an event: so what a
  /// role gives never depends on the version of the program that reads it.
  private func found() async throws(Problem) {
    guard !state.team.isFounded, readOnlyReason == nil else { return }
    let login = getpwuid(founder).map { String(cString: $0.pointee.pw_name) }
    let isNamed = login.map { !$0.isEmpty && !$0.allSatisfy(\.isNumber) } ?? false
    _ = try await submit(
      Order(
        .team(
          .found(
            Founding(
              name: isNamed ? login! : "founder",
              uid: founder == Caller.nobodyUID ? nil : founder))), by: .system))
  }
}

/// The steps from a directory to a ledger.
struct Opening {
  let options: LedgerOptions

  struct Parts {
    let lock: FileLock
    let log: Log
    let founder: UInt32
    let state: State
    let views: ViewsWriter
    /// States that the replay has passed.
    let marks: [State]
  }

  func parts() async throws(Problem) -> Parts {
    let lock = try FileLock(options.directory + "/lock", for: options.directory)
    let founder = try founder()
    let log = try Log.open(directory: options.directory, options: options.log)
    if let damage = log.damage {
      options.logger.critical("the log is damaged: read-only", metadata: ["reason": "\(damage)"])
    }
    removeLeftovers()
    var marks: [State] = []
    let (views, state) = try await projections(of: log, &marks)
    return Parts(
      lock: lock, log: log, founder: founder, state: state, views: views, marks: marks)
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
    do {
      guard FileManager.default.fileExists(atPath: path) else {
        try "\(options.uid)\n".write(toFile: path, atomically: true, encoding: .utf8)
        return options.uid
      }
      let text = try String(contentsOfFile: path, encoding: .utf8)
      if let uid = UInt32(text.trimmingCharacters(in: .whitespacesAndNewlines)) { return uid }
    } catch {
      throw .storageFailed("\(path): \(error)")
    }
    // Whoever comes next must not become the founder because a file cannot be read.
    throw .storageFailed("\(path) does not hold the number of a user")
  }

  /// Behind by more than this, views are built anew instead of being brought along.
  private static let farBehind: Int64 = 200_000

  /// Replays the log for the state, and starts the views where they are.
  private func projections(
    of log: Log, _ marks: inout [State]
  ) async throws(Problem) -> (ViewsWriter, State) {
    let views = try openViews(of: log)
    if log.damage == nil {
      do throws(Problem) {
        return try await state(of: log, views, &marks)
      } catch {
        guard case .logDamaged = error else { throw error }
        options.logger.critical("the log is damaged: read-only", metadata: ["reason": "\(error)"])
      }
    }
    return (views, try soundState(of: log, views))
  }

  private func openViews(of log: Log) throws(Problem) -> ViewsWriter {
    // Views that are ahead of a log that has lost its end are what is left of it.
    try ViewsWriter(
      opening: options.directory + "/views.db", origin: log.origin,
      logSize: log.damage == nil ? log.size : .max
    ) { (state, limit) throws(Problem) in
      try log.viewsBatch(after: state, limit: limit)
    }
  }

  /// The state that the whole log adds up to.
  private func state(
    of log: Log, _ views: ViewsWriter, _ marks: inout [State]
  ) async throws(Problem) -> (ViewsWriter, State) {
    if log.size - views.position > Self.farBehind {
      options.logger.notice("building the views", metadata: ["events": "\(log.size)"])
      let rebuilt = try Rebuilt(
        of: log, through: log.size, at: options.directory + "/views.db.new", cores: options.cores)
      views.start(from: State(), logSize: 0)
      try await views.replace(with: rebuilt.views, state: rebuilt.state)
      return (views, rebuilt.state)
    }
    // The directory has the keys of those customers whose events the views have read; of the
    // others the sealed fields are opened.
    async let lookups = Self.lookups(in: views)
    var state = State()
    let spacing = Past.spacing(through: log.size)
    try Replay(log: log, cores: options.cores).fold(
      &state, through: views.position,
      passing: { state in
        if state.position - (marks.last?.position ?? 0) >= spacing { marks.append(state) }
      })
    switch await lookups {
    case .success(let lookups):
      state.adopt(lookups)
    case .failure(let problem):
      options.logger.error("building the views anew", metadata: ["reason": "\(problem)"])
      await views.close()
      for suffix in ["", "-wal", "-shm"] { _ = unlink(options.directory + "/views.db" + suffix) }
      marks = []
      return try await self.state(of: log, openViews(of: log), &marks)
    }
    let atViews = state
    try Replay(log: log, cores: options.cores, opensFields: true).fold(&state, through: log.size)
    views.start(from: atViews, logSize: log.size)
    return (views, state)
  }

  /// Of a damaged log, the state before the first event that is not what was recorded.
  ///
  /// The views stay as far as they are where they have read further than that.
  private func soundState(of log: Log, _ views: ViewsWriter) throws(Problem) -> State {
    var state = State()
    var atViews: State?
    // In steps to the bad slice, and then event by event to the bad event.
    for slice: Int64 in [4096, 1] {
      let replay = Replay(log: log, cores: 1, slice: slice, verifying: true)
      do throws(Problem) {
        if state.position <= views.position {
          try replay.fold(&state, through: min(views.position, log.size))
          if state.position == views.position { atViews = state }
        }
        try replay.fold(&state, through: log.size)
        break
      } catch {
        guard case .logDamaged = error else { throw error }
      }
    }
    let lookups = (try? Self.lookups(in: views).get()) ?? LookupIndex()
    state.adopt(lookups)
    if var atViews {
      atViews.adopt(lookups)
      views.start(from: atViews, logSize: state.position)
    }
    return state
  }

  /// The keys that the directory of the views has.
  private static func lookups(in views: ViewsWriter) -> Result<LookupIndex, Problem> {
    var lookups = LookupIndex()
    do throws(Problem) {
      try views.reader.eachLookup { lookups.add($0, phone: $1, ref: $2) }
      return .success(lookups)
    } catch {
      return .failure(error)
    }
  }
}

extension Log {
  /// The next events for the views, read from the log; of a damaged log, fewer and fewer up to the
  /// first that is not what was recorded.
  fileprivate func viewsBatch(after state: State, limit: Int) throws(Problem) -> ViewsBatch {
    do throws(Problem) {
      let events = try events(after: state.position, limit: limit)
      var directory: [Int64: DirectoryFields] = [:]
      for event in events where event.type.isSealed {
        directory[event.seq] = try directoryFields(seq: event.seq)
      }
      return ViewsBatch(events: events, before: Snapshot(state), directory: directory)
    } catch {
      guard case .logDamaged = error, limit > 1 else { throw error }
      return try viewsBatch(after: state, limit: limit / 2)
    }
  }
}
