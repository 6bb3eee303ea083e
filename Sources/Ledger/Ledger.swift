package import Domain
package import EventLog
import Foundation
import Logging
import Projections
import Synchronization

/// The one door: every change goes through `submit`, every read through a copy of `state` or the views.
///
/// Nothing else appends to the log, so that permission and audit cannot be walked around.
package final class Ledger: Sendable {
  package let log: Log
  package let authority: Authority
  /// The user who first opened this ledger, and began as its owner.
  package let founder: UInt32
  package let limits: Limits
  package let jobs: Jobs
  package let directory: String
  /// Where the key-encryption key lies, unless it is in the directory.
  let keyFile: String?
  /// When this daemon took up the ledger.
  package let opened: Timestamp
  /// Of a log that was damaged when it was opened: the last event before the damage, which is as far
  /// as everything is told. Nil where all of the log is what was recorded.
  package let soundUntil: Int64?
  let now: @Sendable () -> Timestamp
  let explain: @Sendable (Problem, String) -> String
  let logger: Logger
  let onErasure: @Sendable (String) -> Void
  let views: ViewsWriter
  let writer: Writer
  let followers: Followers
  let scrubber: Scrubber
  package let routines: Routines
  let past: Past
  let tagUses = TagUseCounter()
  /// Lets the rules do what follows from what happens.
  package let rules: RuleEngine
  /// Of those who have been let in.
  let standings = Mutex(Standings())
  private let published: Published
  private let lock: FileLock

  /// The state after the last flush, as readers see it.
  final class Published: Sendable {
    private let latest: Mutex<Snapshot>

    init(_ state: State) { latest = Mutex(Snapshot(state)) }

    var snapshot: Snapshot {
      get { latest.withLock { $0 } }
      set { latest.withLock { $0 = newValue } }
    }

    var value: State { snapshot.state }
  }

  init(_ parts: Opening.Parts, _ options: LedgerOptions) throws(Problem) {
    log = parts.log
    authority = Authority(proxies: options.proxies)
    founder = parts.founder
    views = parts.views
    lock = parts.lock
    limits = options.limits
    directory = options.directory
    keyFile = options.log.keyFile
    now = options.now
    explain = options.explain
    logger = options.logger
    onErasure = options.onErasure
    opened = options.now()
    soundUntil = parts.log.damage == nil ? nil : parts.state.position
    jobs = try Jobs(
      directory: URL(fileURLWithPath: directory).appendingPathComponent("jobs"), log: log,
      now: now, pages: options.pages)
    let published = Published(parts.state)
    scrubber = Scrubber(
      parts.log, directory: options.directory, interval: options.scrubInterval, now: options.now,
      logger: options.logger
    ) { published.value.erased }
    let followers = Followers(position: parts.state.position)
    let (views, log) = (parts.views, parts.log)
    let past = Past(log: parts.log, cores: options.cores, marks: parts.marks)
    self.past = past
    let rules = RuleEngine(log: parts.log, cores: options.cores, now: options.now)
    self.rules = rules
    self.published = published
    self.followers = followers
    let writer = Writer(
      log: parts.log, state: parts.state, authority: authority, limits: limits, now: now
    ) { group in
      log.hide(group.events.filter { $0.type == .customerErased }.compactMap(\.customer))
      published.snapshot = group.after
      past.pass(group.after)
      views.submit(ViewsBatch(group))
      followers.advance(to: group.after.state.position)
      rules.note(group.events, group.after)
    }
    self.writer = writer
    let tagUses = tagUses
    routines = Routines(
      zone: options.zone, now: options.now, logger: options.logger,
      state: { published.value },
      submit: { order throws(Problem) in try await writer.submit(order) },
      noteUse: { segment, state in
        tagUses.note(state.tags(of: segment), .filter, at: max(options.now(), log.lastAt)) {
          order throws(Problem) in try await writer.submit(order)
        }
        await tagUses.finish()
      })
    rules.attach(writer, logger: options.logger) { published.value }
  }

  /// What all events up to now add up to; a copy that stays as it is.
  package var state: State { published.value }

  /// The same, to be held by many at the cost of one.
  var snapshot: Snapshot { published.snapshot }

  /// Decides an order at its place among all others, and returns when its events are on the disk.
  ///
  /// Whoever reads after the receipt sees what the order has done.
  package func submit(_ order: Order) async throws(Problem) -> Receipt {
    try refuseReadOnly()
    return try await writer.submit(order)
  }

  /// How many events the views may be behind while much comes in: what they write in less time than a
  /// reader waits for them, and less than waits for them in memory.
  private static let pace: Int64 = 250_000

  /// Submits an order that is one of many of some long work: it waits while the views are far behind, so
  /// that those who read meanwhile do not wait in vain.
  func submitInPace(_ order: Order) async throws(Problem) -> Receipt {
    if views.failure == nil {
      await views.waitUntil(state.position - Self.pace, timeout: .seconds(5))
    }
    return try await submit(order)
  }

  /// Throws `readOnly` where nothing can be changed.
  func refuseReadOnly() throws(Problem) {
    if let reason = readOnlyReason { throw .readOnly(reason) }
  }

  /// How many groups of orders have been answered, and whether one is being dealt with: busy
  /// without getting on means stuck.
  package var progress: (groups: Int, isBusy: Bool) { writer.progress }

  /// Why nothing can be changed, or nil: the log is not what was recorded.
  package var readOnlyReason: String? {
    guard let damage = log.damage else { return nil }
    if case .logDamaged(let what) = damage { return what }
    return "\(damage)"
  }

  /// Returns when the log is longer than `seq`; at once when the service ends.
  package func waitForEvents(after seq: Int64) async {
    await followers.wait(after: seq)
  }

  /// Stops taking orders, ends the jobs at a place they can go on from, and closes the files.
  package func close() async {
    await routines.stop()
    await scrubber.stop()
    await rules.stop()
    await jobs.stopAll()
    await recordUses()
    await writer.close()
    followers.wakeAll()
    await views.close()
    log.close()
    lock.release()
  }

  /// Waits until the views have read all that has been acknowledged, so that a reader sees their own
  /// writes; when the views cannot go on, a reader gets what there is and is told how far it goes.
  func waitForViews() async {
    let isStuck = views.failure != nil
    await views.waitUntil(state.position, timeout: isStuck ? .milliseconds(50) : .seconds(5))
  }

  /// Puts a state built anew in the place of the one that decides and that readers copy.
  func replaceState(with rebuilt: State) async throws(Problem) {
    let published = published
    try await writer.replaceState(with: rebuilt) { published.snapshot = $0 }
  }

  func newJobID() -> String {
    var ids = CommandIDGenerator()
    return ids.next(now: now()).description
  }
}

extension ViewsBatch {
  /// What the writer has just recorded, with what the sealed fields say while they are at hand.
  fileprivate init(_ group: Writer.Group) {
    var directory: [Int64: DirectoryFields] = [:]
    for (recorded, event) in zip(group.events, group.drafts.lazy.flatMap(\.events)) {
      guard let lookups = event.lookups else { continue }
      directory[recorded.seq] = DirectoryFields(
        name: event.personal?[.name], lookups: lookups)
    }
    // What waits here would hold on to a version of the facts for each command.
    self.init(
      events: group.events, before: Snapshot(group.before.state.withoutFacts), directory: directory)
  }
}
