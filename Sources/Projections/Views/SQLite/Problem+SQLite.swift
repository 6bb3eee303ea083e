import Domain
import Foundation
import GRDB
import GRDBSQLite

extension Problem {
  /// What an error of SQLite means to a caller: a full disk can be helped, anything else is a fault.
  init(sqlite code: Int32, _ message: String, system: Int32 = 0) {
    let primary = code & 0xFF
    // The shared memory beside the file is the one thing whose growth SQLite reports otherwise.
    if primary == SQLITE_FULL || code == ResultCode.SQLITE_IOERR_SHMSIZE.rawValue
      || (primary == SQLITE_IOERR && system == ENOSPC)
    {
      self = .storageFull
    } else {
      self = .storageFailed("views: \(message) (SQLite \(code))")
    }
  }

  init(_ error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let error as DatabaseError:
      self.init(sqlite: error.extendedResultCode.rawValue, error.message ?? "\(error)")
    // Who asked has gone, or is about to.
    case is CancellationError: self = .shuttingDown
    default: self = .storageFailed("views: \(error)")
    }
  }

  /// Runs what throws any error, and says it as a `Problem`.
  static func wrapping<Result>(_ body: () throws -> Result) throws(Problem) -> Result {
    do {
      return try body()
    } catch {
      throw Problem(error)
    }
  }
}
