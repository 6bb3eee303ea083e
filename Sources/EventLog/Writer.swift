internal import Domain
internal import GRDB
internal import GRDBSQLite

/// The one connection that writes to log.db, with its statements and the state of the tree.
///
/// Unchecked, because `Log` keeps it in a mutex and never lets it out.
final class Writer: @unchecked Sendable {
  let queue: DatabaseQueue
  let head: HeadFile
  /// What the durable events have led to; replaced only after a commit.
  var frontier: TreeFrontier
  var actors: ActorNames
  var lastAt: Timestamp
  var lastCommand: CommandID?
  /// Whether the last head could not be written; the next one is.
  var isHeadBehind = false

  let begin: Statement
  let commit: Statement
  let rollback: Statement
  let insertEvent: Statement
  let insertActor: Statement
  let insertOrigin: Statement
  let insertTile: Statement
  let insertSealed: Statement
  let insertKey: Statement
  let forgetKeys: Statement
  private let handle: OpaquePointer
  private let pages: UnsafeMutablePointer<Int32>

  init(
    queue: DatabaseQueue, head: HeadFile, frontier: TreeFrontier, actors: ActorNames,
    lastAt: Timestamp, lastCommand: CommandID?
  ) throws(Problem) {
    let handle = try queue.handle
    begin = try Statement("BEGIN IMMEDIATE", on: handle)
    commit = try Statement("COMMIT", on: handle)
    rollback = try Statement("ROLLBACK", on: handle)
    insertEvent = try Statement(
      """
      INSERT INTO event
        (seq, at, type, tag, customer, occurred, data, actor, reason, via, cause, command, leaf,
          credential)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
      """, on: handle)
    insertActor = try Statement("INSERT INTO actor (id, name) VALUES (?1, ?2)", on: handle)
    insertOrigin = try Statement(
      "INSERT INTO origin (first, name) VALUES (?1, ?2)", on: handle)
    insertTile = try Statement(
      "INSERT INTO tile (level, position, hashes) VALUES (?1, ?2, ?3)", on: handle)
    insertSealed = try Statement(
      "INSERT INTO sealed (customer, seq, field, box) VALUES (?1, ?2, ?3, ?4)", on: handle)
    insertKey = try Statement(
      """
      INSERT INTO idempotency (key, request, command, first, last, unchanged, at)
      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """, on: handle)
    // A few of the oldest at a time: twice as many as come in, and never a long transaction.
    forgetKeys = try Statement(
      """
      DELETE FROM idempotency WHERE id IN (
        SELECT id FROM (SELECT id, at FROM idempotency ORDER BY id LIMIT ?2) WHERE at < ?1)
      """, on: handle)
    self.queue = queue
    self.head = head
    self.frontier = frontier
    self.actors = actors
    self.lastAt = lastAt
    self.lastCommand = lastCommand
    self.handle = handle
    pages = .allocate(capacity: 1)
    pages.initialize(to: 0)
    // GRDB's observation of transactions wants its own queue for every commit; nobody observes here.
    sqlite3_commit_hook(handle, nil, nil)
    sqlite3_rollback_hook(handle, nil, nil)
    sqlite3_wal_hook(
      handle,
      { pages, _, _, count in
        pages?.assumingMemoryBound(to: Int32.self).pointee = count
        return SQLITE_OK
      }, pages)
  }

  deinit {
    sqlite3_wal_hook(handle, nil, nil)
    pages.deallocate()
  }

  /// How many pages lie in the WAL that no checkpoint has brought home.
  var walPages: Int {
    Int(pages.pointee)
  }

  /// Runs the body in one transaction; on any failure nothing of it remains.
  func transaction(_ body: () throws(Problem) -> Void) throws(Problem) {
    try begin.run()
    do {
      try body()
      try commit.run()
    } catch {
      // SQLite has already rolled back after some errors; then this one has nothing to do.
      if sqlite3_get_autocommit(handle) == 0 { try? rollback.run() }
      throw error
    }
  }

  /// Brings home what readers and room allow. A failure leaves the WAL as it is, for the next time.
  func checkpoint() {
    var total: Int32 = 0
    var done: Int32 = 0
    let code = sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, &total, &done)
    if code == SQLITE_OK, total == done { pages.pointee = 0 }
  }
}
