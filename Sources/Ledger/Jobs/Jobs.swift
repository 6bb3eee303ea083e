import Dispatch
package import Domain
import EventLog
package import Foundation
import Synchronization

/// All jobs of this daemon, running and ended, kept as files so that a restart loses none.
package final class Jobs: Sendable {
  /// Ended jobs that are remembered; older ones go, with their files.
  private static let kept = 200

  typealias Work = @Sendable (Handle) async throws(Problem) -> Void

  fileprivate struct Entry {
    var job: Job
    var task: Task<Void, Never>?
    /// Whether somebody has asked it to stop.
    var isStopping = false
  }

  let directory: URL
  /// The present name of the log.
  private let origin: String
  private let now: @Sendable () -> Timestamp
  private let pages: @Sendable (Problem) -> JSON?
  fileprivate let entries: Mutex<[String: Entry]>

  /// Reads the jobs of earlier daemons, and removes what none needs any more; nothing beside a damaged log.
  init(
    directory: URL, log: Log, now: @escaping @Sendable () -> Timestamp,
    pages: @escaping @Sendable (Problem) -> JSON?
  ) throws(Problem) {
    self.directory = directory
    origin = log.origin
    self.now = now
    self.pages = pages
    var found: [String: Entry] = [:]
    do {
      try FileManager.default.createDirectory(
        at: directory, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      let files = try Self.files(in: directory)
      var known: Set<String> = []
      for file in files where file.pathExtension == "json" {
        let json = try? JSON(parsing: Array(Data(contentsOf: file)))
        // What it has recorded under a former name may be gone, and its numbers be those of other events.
        // Earlier versions wrote no name; it counts as the first.
        if let json, json["origin"]?.string ?? log.firstOrigin != origin { continue }
        known.insert(Self.job(of: file))
        if let job = json.flatMap(Job.init) { found[job.id] = Entry(job: job) }
      }
      for file in files where log.damage == nil {
        let id = Self.job(of: file)
        if Self.isOver(file, found[id]?.job, isKnown: known.contains(id)) {
          try? FileManager.default.removeItem(at: file)
        }
      }
    } catch {
      throw error as? Problem ?? .storageFailed("\(error)")
    }
    entries = Mutex(found)
  }

  /// Whether no job needs a file that its daemon left behind; it may hold personal fields.
  ///
  /// - Parameter isKnown: whether there is a file of the job itself, even one that does not read now, and
  ///   that is not of a former name of the log.
  private static func isOver(_ file: URL, _ job: Job?, isKnown: Bool) -> Bool {
    // Written aside, and never given its name.
    if file.lastPathComponent.hasPrefix(".") { return true }
    return switch file.pathExtension {
    // Its daemon has ended before it was what it was to become, and it never will be.
    case "upload", "new": true
    case "input": !isKnown || job?.state == .done
    case "csv", "json": !isKnown
    default: false
    }
  }

  // MARK: Reading

  /// The jobs, the newest first.
  package var all: [Job] {
    entries.withLock { $0.values.map(\.job) }.sorted { $0.started > $1.started }
  }

  package func job(_ id: String) throws(Problem) -> Job {
    guard let entry = entries.withLock({ $0[id] }) else { throw .jobNotFound(id) }
    return entry.job
  }

  /// The job that a request of this key has started; nil where there is none.
  ///
  /// - Throws: `requestKeyReused` where the key was that of another request.
  package func started(by key: RequestKey) throws(Problem) -> Job? {
    let found = entries.withLock { entries in
      entries.values.first { $0.job.key?.digest == key.digest }?.job
    }
    if let found, found.key != key { throw .requestKeyReused }
    return found
  }

  package var running: Int {
    entries.withLock { $0.values.count { $0.job.state == .running } }
  }

  /// The rows that an import refused, as CSV; the file is absent where there are none.
  package func failures(of id: String) throws(Problem) -> URL {
    _ = try job(id)
    return file(id, "failures.csv")
  }

  // MARK: Running

  /// Starts the work; it goes on whether or not anybody watches.
  ///
  /// - Throws: `jobInTheWay` where it may not go on beside a job that is under way.
  @discardableResult
  func start(_ job: Job, _ work: @escaping Work) throws(Problem) -> Job {
    try enter(job)
    begin(job, work)
    return job
  }

  /// Takes a job's place among the others, before its work can begin.
  func enter(_ job: Job) throws(Problem) {
    try entries.withLock { (entries) throws(Problem) in
      try Self.refuseConflict(of: job.kind, in: entries)
      entries[job.id] = Entry(job: job)
    }
  }

  /// Gives up a place whose work has not begun.
  func leave(_ job: Job) {
    entries.withLock { $0[job.id] = nil }
  }

  func begin(_ job: Job, _ work: @escaping Work) {
    write(job)
    forgetOldest()
    run(job.id, work)
  }

  private static func refuseConflict(
    of kind: Job.Kind, in entries: [String: Entry]
  ) throws(Problem) {
    for entry in entries.values
    where entry.job.state == .running && kind.conflicts(with: entry.job.kind) {
      throw .jobInTheWay(entry.job.id, kind: entry.job.kind.rawValue)
    }
  }

  /// Starts work of which only one may be under way; where it is, returns that one.
  func startAlone(_ job: Job, _ work: @escaping Work) throws(Problem) -> Job {
    let running: Job? = try entries.withLock { (entries) throws(Problem) in
      if let entry = entries.values.first(where: {
        $0.job.kind == job.kind && $0.job.state == .running
      }) {
        return entry.job
      }
      try Self.refuseConflict(of: job.kind, in: entries)
      entries[job.id] = Entry(job: job)
      return nil
    }
    if let running { return running }
    begin(job, work)
    return job
  }

  /// Asks a running job to stop at the next safe place, and waits until it has.
  package func stop(_ id: String) async throws(Problem) -> Job {
    let task = entries.withLock { entries in
      entries[id]?.isStopping = true
      return entries[id]?.task
    }
    await task?.value
    return try job(id)
  }

  func resume(
    _ id: String, by actor: Actor, _ caller: Caller, _ work: @escaping Work
  ) throws(Problem) -> Job {
    let resumed: Job? = try entries.withLock { (entries) throws(Problem) in
      guard var job = entries[id]?.job, job.kind.isKept,
        job.state == .stopped || job.state == .failed
      else { return nil }
      try Self.refuseConflict(of: job.kind, in: entries)
      job.state = .running
      job.actor = actor
      job.caller = caller
      job.finished = nil
      job.problem = nil
      job.pages = nil
      entries[id]?.job = job
      return job
    }
    guard let resumed else {
      _ = try job(id)
      throw .jobNotResumable(id)
    }
    write(resumed)
    run(id, work)
    return resumed
  }

  func stopAll() async {
    let tasks = entries.withLock { entries in
      for id in entries.keys { entries[id]?.isStopping = true }
      return entries.values.compactMap(\.task)
    }
    for task in tasks { await task.value }
  }

  private func run(_ id: String, _ work: @escaping Work) {
    let handle = Handle(id: id, jobs: self)
    // Under the lock, so that whoever stops the job finds the task.
    entries.withLock { entries in
      entries[id]?.isStopping = false
      entries[id]?.task = Task {
        var problem: Problem?
        do throws(Problem) {
          try await work(handle)
        } catch {
          problem = error
        }
        self.end(id, problem, isStopped: handle.isStopped)
      }
    }
  }

  private func end(_ id: String, _ problem: Problem?, isStopped: Bool) {
    guard var job = try? job(id) else { return }
    job.state =
      switch problem {
      case nil: isStopped && job.done != job.total ? .stopped : .done
      // Its daemon ends: it can go on with the next one.
      case .jobStopped, .shuttingDown: .stopped
      default: .failed
      }
    job.finished = now()
    job.problem = job.state == .failed ? problem : nil
    job.pages = job.problem.flatMap { pages($0) }
    // Before its input goes: a job that runs as far as the files know can go on after a kill.
    let isWritten = write(job)
    // What came in holds personal fields, and is not needed again.
    if isWritten, job.state == .done { try? FileManager.default.removeItem(at: file(id, "input")) }
    update(id) { [job] in $0 = job }
  }

  fileprivate func update(_ id: String, _ change: (inout Job) -> Void) {
    entries.withLock { entries in
      guard var entry = entries[id] else { return }
      change(&entry.job)
      entries[id] = entry
    }
  }

  /// A job file that cannot be written costs the memory of the job over a restart, not the job.
  ///
  /// - Returns: Whether it is written, where it is to be.
  @discardableResult
  fileprivate func write(_ job: Job) -> Bool {
    guard job.kind.isKept else { return true }
    do {
      let text = job.json(under: origin).canonical
      try Data(text.utf8).write(to: file(job.id, "json"), options: .atomic)
      return true
    } catch {
      return false
    }
  }

  private func forgetOldest() {
    let ended = all.filter { $0.state == .done || $0.state == .failed }
    for job in ended.dropFirst(Self.kept) {
      entries.withLock { $0[job.id] = nil }
      // While its own file is there, the others are known to be somebody's.
      for suffix in ["failures.csv", "input", "json"] {
        try? FileManager.default.removeItem(at: file(job.id, suffix))
      }
    }
  }

  /// A file of a job: its `input`, its `failures.csv`.
  func file(_ id: String, _ suffix: String) -> URL {
    directory.appendingPathComponent("\(id).\(suffix)")
  }

  /// The job whose file it is.
  static func job(of file: URL) -> String {
    String(file.lastPathComponent.prefix { $0 != "." })
  }

  /// The files of all jobs, those included that do not read.
  static func files(in directory: URL) throws(Problem) -> [URL] {
    do {
      return try FileManager.default.contentsOfDirectory(
        at: directory, includingPropertiesForKeys: nil)
    } catch {
      throw .storageFailed("\(error)")
    }
  }

  /// What the work itself holds of its job.
  struct Handle: Sendable {
    let id: String
    let jobs: Jobs

    var job: Job? { try? jobs.job(id) }

    /// Whether somebody asked it to stop; the work then returns at a place it can go on from.
    var isStopped: Bool { jobs.entries.withLock { $0[id]?.isStopping ?? true } }

    /// Does work that takes long without a pause, apart from the threads that serve requests.
    func apart<Value: Sendable>(
      _ work: @escaping @Sendable () throws(Problem) -> Value
    ) async throws(Problem) -> Value {
      let result = await withCheckedContinuation { done in
        DispatchQueue.global(qos: .utility).async {
          done.resume(returning: Result { () throws(Problem) in try work() })
        }
      }
      return try result.get()
    }

    func update(_ change: (inout Job) -> Void) {
      jobs.update(id, change)
    }

    /// Writes how far the job is, to go on from there after a restart.
    func save() {
      if let job { jobs.write(job) }
    }
  }
}
