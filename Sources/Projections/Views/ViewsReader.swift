package import Domain
import GRDB
import Synchronization

/// Reads the views, from any thread, while they are written.
package final class ViewsReader: Sendable {
  private let pools: Mutex<Pools>

  /// Connections to one file, those for short reads apart: who waits for one of them holds a thread that
  /// tasks run on, and a long read needs such a thread to give its connection back.
  private struct Pools {
    let long: DatabasePool
    let short: DatabasePool

    init(_ path: String) throws(Problem) {
      long = try ViewsFile.readers(path)
      short = try ViewsFile.readers(path)
    }
  }

  init(_ path: String) throws(Problem) {
    pools = Mutex(try Pools(path))
  }

  /// Reads from the file that stands at a path from now on; what is being read goes on in the old one.
  func replace(with path: String) throws(Problem) {
    let new = try Pools(path)
    pools.withLock { $0 = new }
  }

  /// Runs `body` on one connection, in one snapshot, on a thread that may take long.
  func read<Result: Sendable>(
    _ body: @Sendable @escaping (Database) throws(Problem) -> Result
  ) async throws(Problem) -> Result {
    let pool = pools.withLock { $0.long }
    do {
      return try await pool.read { db in try body(db) }
    } catch {
      throw Problem(error)
    }
  }

  /// The same where the caller is, for what is read in no time: handing it to another thread and back would
  /// take longer.
  func readHere<Result>(
    _ body: (Database) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    let pool = pools.withLock { $0.short }
    return try Problem.wrapping { try pool.read { db in try body(db) } }
  }

  /// The seq up to which the views have read the log.
  package func position() throws(Problem) -> Int64 {
    try readHere { (db) throws(Problem) in try Self.position(db) }
  }

  static func position(_ db: Database) throws(Problem) -> Int64 {
    try Problem.wrapping { try Int64.fetchOne(db, sql: "SELECT seq FROM position") ?? 0 }
  }
}
