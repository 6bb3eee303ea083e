package import Domain
import GRDB
import Synchronization

/// Reads the views, from any thread, while they are written.
package final class ViewsReader: Sendable {
  private let pool: Mutex<DatabasePool>

  init(_ pool: DatabasePool) {
    self.pool = Mutex(pool)
  }

  /// Reads from another file from now on; what is being read goes on in the old one.
  func replace(with pool: DatabasePool) {
    self.pool.withLock { $0 = pool }
  }

  /// Runs `body` on one connection, in one snapshot, on a thread that may take long.
  func read<Result: Sendable>(
    _ body: @Sendable @escaping (Database) throws(Problem) -> Result
  ) async throws(Problem) -> Result {
    let pool = self.pool.withLock { $0 }
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
    let pool = self.pool.withLock { $0 }
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
