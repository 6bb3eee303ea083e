import Domain
import Foundation
import GRDB
import GRDBSQLite

extension Problem {
  /// What an error of SQLite means to a caller: a full disk can be helped, anything else is a fault.
  init(sqlite code: Int32, _ message: String, system: Int32 = 0) {
    let primary = code & 0xFF
    if primary == SQLITE_FULL || (primary == SQLITE_IOERR && system == ENOSPC) {
      self = .storageFull
    } else {
      self = .storageFailed("views: \(message) (SQLite \(code))")
    }
  }

  init(_ error: any Error) {
    switch error {
    case let problem as Problem: self = problem
    case let error as DatabaseError:
      // GRDB keeps no errno. Where SQLite cannot write, a full disk is what an operator can help.
      let full = error.extendedResultCode == .SQLITE_IOERR_WRITE
      self.init(
        sqlite: error.extendedResultCode.rawValue, error.message ?? "\(error)",
        system: full ? errno : 0)
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
