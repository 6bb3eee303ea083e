package import Domain
internal import GRDB
internal import GRDBSQLite
internal import Glibc
package import Proof
internal import Synchronization

extension Log {
  /// Copies the log, as it is at one moment, and the files that stand for it into a directory, and the
  /// keys that go with it into another; both are there and empty.
  ///
  /// The ledger goes on meanwhile. The log is copied first, so that the copy of the keys has the key
  /// of everybody in it. All is on the disk when this returns, and nothing has been verified yet.
  ///
  /// - Parameter progress: Is told how many bytes of `total` are written; returns false to stop.
  /// - Returns: The head of the copy.
  /// - Throws: `storageFull`, `storageFailed`; `jobStopped`.
  package func copy(
    into directory: String, keys keysDirectory: String,
    progress: @escaping @Sendable (_ done: Int64, _ total: Int64) -> Bool
  ) throws(Problem) -> TreeHead {
    let source = Directory.of(notary.path)
    let length = (try? Self.length(of: source + "/log.db")) ?? 0
    try Self.copy(source + "/log.db", to: directory + "/log.db") { done in
      progress(min(done, length), length)
    }
    try Self.copy(source + "/keys.db", to: keysDirectory + "/keys.db") { _ in
      progress(length, length)
    }
    let size = try LogCopy(directory: directory).size
    // What is on the disk counts a moment later.
    for _ in 0..<1000 where self.size < size { usleep(1000) }
    let head = try self.head(atSize: size)
    let file = try HeadFile(path: directory + "/head", origins: eras.origins)
    try file.create(head, directory: directory)
    try copyCheckpoints(to: directory + "/checkpoints", through: size)
    return head
  }

  /// One statement reads one state of the file, whatever is written meanwhile, and leaves behind what
  /// has been deleted.
  private static func copy(
    _ source: String, to target: String, progress: @escaping @Sendable (Int64) -> Bool
  ) throws(Problem) {
    let queue = try Connection.reading(source)
    let watch = CopyWatch(path: target, progress: progress)
    let result: Result<Void, Problem> = Result { () throws(Problem) in
      try queue.perform { db in
        watch.begin(db.sqliteConnection)
        defer { watch.end(db.sqliteConnection) }
        try db.execute(sql: "VACUUM INTO ?", arguments: [target])
      }
    }
    if watch.isStopped { throw .jobStopped }
    try result.get()
    guard chmod(target, 0o600) == 0 else { throw .system("chmod", path: target, errno: errno) }
    try Directory.syncFile(target)
  }

  private static func length(of path: String) throws(Problem) -> Int64 {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .system("stat", path: path, errno: errno) }
    return Int64(status.st_size)
  }

  /// The checkpoints of at most that size.
  private func copyCheckpoints(to target: String, through size: Int64) throws(Problem) {
    let copy = try CheckpointFile(path: target)
    var place: Int64 = 0
    while place < notary.end {
      let (notes, next) = try CheckpointFile.notes(
        notary.path, place..<notary.end, limit: 1024)
      for (_, note) in notes {
        guard let checkpoint = try? Checkpoint(parsing: note.text), checkpoint.head.size <= size
        else { continue }
        try copy.append(note, isLast: false)
      }
      guard next > place else { break }
      place = next
    }
    try copy.sync()
  }
}

/// Looks, now and then while SQLite copies, at how far it is.
///
/// Unchecked, because SQLite calls it on the thread that copies, which alone uses it.
private final class CopyWatch: @unchecked Sendable {
  private let path: String
  private let progress: @Sendable (Int64) -> Bool
  private(set) var isStopped = false

  /// Some milliseconds of SQLite's work.
  private static let operations: Int32 = 50_000

  init(path: String, progress: @escaping @Sendable (Int64) -> Bool) {
    self.path = path
    self.progress = progress
  }

  func begin(_ connection: OpaquePointer?) {
    sqlite3_progress_handler(
      connection, Self.operations,
      { Unmanaged<CopyWatch>.fromOpaque($0!).takeUnretainedValue().look() ? 0 : 1 },
      Unmanaged.passUnretained(self).toOpaque())
  }

  func end(_ connection: OpaquePointer?) {
    sqlite3_progress_handler(connection, 0, nil, nil)
  }

  private func look() -> Bool {
    var status = stat()
    let size = stat(path, &status) == 0 ? Int64(status.st_size) : 0
    if !progress(size) { isStopped = true }
    return !isStopped
  }
}
