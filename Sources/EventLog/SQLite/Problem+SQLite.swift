internal import Domain
internal import GRDB
internal import GRDBSQLite
internal import Glibc

extension Problem {
  /// What the last failure of a connection means to a caller.
  init(sqlite connection: OpaquePointer?) {
    self = Self.storage(
      code: sqlite3_extended_errcode(connection),
      message: connection.flatMap { sqlite3_errmsg($0) }.map { String(cString: $0) } ?? "",
      errno: sqlite3_system_errno(connection))
  }

  /// The same for a failure that GRDB has thrown; GRDB does not tell the system's error number.
  init(storage error: any Error) {
    switch error {
    case let error as Problem: self = error
    case let error as DatabaseError:
      self = Self.storage(
        code: error.extendedResultCode.rawValue, message: error.message ?? "", errno: 0)
    default: self = .storageFailed("\(error)")
    }
  }

  private static func storage(code: Int32, message: String, errno: Int32) -> Self {
    switch code & 0xff {
    case SQLITE_FULL: .storageFull
    case SQLITE_CORRUPT, SQLITE_NOTADB: .logDamaged("SQLite: \(message) (\(code))")
    case SQLITE_IOERR, SQLITE_CANTOPEN:
      // The index of a WAL fails to grow for want of room; SQLite has no number of its own for that.
      Self.meansFull(errno) || code == SQLITE_IOERR | 19 << 8
        ? .storageFull : .storageFailed("\(message) (\(code), errno \(errno))")
    default: .storageFailed("\(message) (\(code))")
    }
  }

  /// A failed system call.
  static func system(_ call: String, path: String, errno number: Int32) -> Self {
    meansFull(number)
      ? .storageFull : .storageFailed("\(call) \(path): \(String(cString: strerror(number)))")
  }

  /// No space on the device, or none within the quota.
  private static func meansFull(_ number: Int32) -> Bool {
    number == ENOSPC || number == EDQUOT
  }
}
