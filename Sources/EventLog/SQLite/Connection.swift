internal import Domain
internal import GRDB
internal import GRDBSQLite
internal import SQLiteShims

/// Opens the connections to one database file.
///
/// "One connection in one process writes and checkpoints each file; all others are read-only" (design.md):
/// SQLite up to 3.51.2 can corrupt a WAL database when two connections write or checkpoint at once.
enum Connection {
  /// The one connection that writes.
  static func writing(_ path: String) throws(Problem) -> DatabaseQueue {
    var configuration = Self.configuration
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      // "In WAL mode … with synchronous=FULL … transactions are durable across a power loss."
      // https://www.sqlite.org/pragma.html#pragma_synchronous
      try db.execute(sql: "PRAGMA synchronous = FULL")
      // Checkpoints are taken when the writer is idle (Log+Housekeeping).
      try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
      try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
      try db.execute(sql: "PRAGMA cache_size = -16384")
      try db.execute(sql: "PRAGMA temp_store = MEMORY")
      // What an erasure deletes is overwritten, not only let go of.
      try db.execute(sql: "PRAGMA secure_delete = ON")
    }
    return try open(path, configuration)
  }

  static func reading(_ path: String) throws(Problem) -> DatabaseQueue {
    var configuration = Self.configuration
    configuration.readonly = true
    configuration.prepareDatabase { db in
      // Makes more of a page's damage an error instead of a wrong row.
      try db.execute(sql: "PRAGMA cell_size_check = ON")
    }
    return try open(path, configuration)
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    // The public form holds what a row refers to; checking references would cost each insert a look-up.
    configuration.foreignKeysEnabled = false
    configuration.busyMode = .timeout(5)
    return configuration
  }

  /// Once in the process, before its first connection: the log is opened before anything else.
  private static let keepsNoStatistics = tagledger_sqlite_keep_no_memory_statistics() == SQLITE_OK

  private static func open(
    _ path: String, _ configuration: Configuration
  ) throws(Problem) -> DatabaseQueue {
    _ = keepsNoStatistics
    do {
      return try DatabaseQueue(path: path, configuration: configuration)
    } catch {
      throw Problem(storage: error)
    }
  }
}

extension GRDB.Row {
  /// A value that may be damaged: GRDB's own subscripts end the program where it is of another kind.
  func value<T: DatabaseValueConvertible>(
    _ column: String, as type: T.Type, in table: String
  ) throws(Problem) -> T {
    try T.decoded(self[column] as DatabaseValue, "\(table).\(column)")
  }
}

extension DatabaseValueConvertible {
  static func decoded(_ value: DatabaseValue, _ name: String) throws(Problem) -> Self {
    guard let decoded = fromDatabaseValue(value) else {
      throw .logDamaged("\(name) holds what it cannot hold")
    }
    return decoded
  }
}

extension DatabaseQueue {
  /// The SQLite connection below, for the hot paths; the caller keeps the queue, and to one thread.
  var handle: OpaquePointer {
    get throws(Problem) {
      guard let handle = try perform({ $0.sqliteConnection }) else {
        throw .storageFailed("the database is closed")
      }
      return handle
    }
  }

  /// Runs the body outside a transaction, and tells failures as problems.
  func perform<T>(_ body: (Database) throws -> T) throws(Problem) -> T {
    do {
      return try inDatabase(body)
    } catch {
      throw Problem(storage: error)
    }
  }

  /// Runs the body in one transaction, and tells failures as problems.
  func transaction<T>(_ body: (Database) throws -> T) throws(Problem) -> T {
    do {
      return try inDatabase { db in
        var result: T?
        try db.inTransaction(.immediate) {
          result = try body(db)
          return .commit
        }
        return result!
      }
    } catch {
      throw Problem(storage: error)
    }
  }
}
