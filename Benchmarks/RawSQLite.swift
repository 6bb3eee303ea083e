import GRDBSQLite

/// Plain SQLite, the bound: no more than the library, in C, with the same columns and the same care.
final class RawSQLite {
  private var connection: OpaquePointer?
  private var insert: OpaquePointer?
  private var seq: Int64 = 0

  private static let table = """
    CREATE TABLE event (
      seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, type INTEGER NOT NULL, tag INTEGER,
      customer INTEGER, occurred INTEGER, data TEXT, actor INTEGER NOT NULL, reason TEXT,
      via INTEGER NOT NULL, cause INTEGER, command BLOB NOT NULL, leaf BLOB NOT NULL) STRICT
    """

  /// A new file of rows like those of the log.
  init(new path: String) throws {
    try open(path, flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
    try run("PRAGMA journal_mode = WAL")
    try run("PRAGMA synchronous = FULL")
    try run(Self.table)
    insert = try prepare(
      "INSERT INTO event VALUES (?1, ?2, 9, ?3, ?4, NULL, NULL, 1, NULL, 2, NULL, ?5, ?6)")
  }

  /// The log itself, to read.
  init(reading path: String) throws {
    try open(path, flags: SQLITE_OPEN_READONLY)
  }

  deinit {
    sqlite3_finalize(insert)
    sqlite3_close(connection)
  }

  /// Inserts so many rows, in transactions of `batch`.
  func append(_ count: Int, batch: Int) throws {
    let hash = [UInt8](repeating: 7, count: 32)
    for start in stride(from: 0, to: count, by: batch) {
      try run("BEGIN IMMEDIATE")
      for _ in start..<min(count, start + batch) {
        seq += 1
        sqlite3_bind_int64(insert, 1, seq)
        sqlite3_bind_int64(insert, 2, 1_800_000_000_000_000 + seq)
        sqlite3_bind_int64(insert, 3, 31)
        sqlite3_bind_int64(insert, 4, seq)
        sqlite3_bind_blob(insert, 5, hash, 16, nil)
        sqlite3_bind_blob(insert, 6, hash, 32, nil)
        guard sqlite3_step(insert) == SQLITE_DONE else { throw failure }
        sqlite3_reset(insert)
      }
      try run("COMMIT")
    }
  }

  /// Reads the integer columns of every row that replaying needs; returns how many rows there are.
  func scan() throws -> Int {
    let statement = try prepare("SELECT seq, at, type, tag, customer FROM event ORDER BY seq")
    defer { sqlite3_finalize(statement) }
    var rows = 0
    var sum: Int64 = 0
    while sqlite3_step(statement) == SQLITE_ROW {
      for column: Int32 in 0..<5 { sum &+= sqlite3_column_int64(statement, column) }
      rows += 1
    }
    guard sum != 0 else { throw Failure("the log is empty") }
    return rows
  }

  private func open(_ path: String, flags: Int32) throws {
    guard sqlite3_open_v2(path, &connection, flags, nil) == SQLITE_OK else { throw failure }
    sqlite3_busy_timeout(connection, 5000)
  }

  private func run(_ sql: String) throws {
    guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
  }

  private func prepare(_ sql: String) throws -> OpaquePointer? {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else {
      throw failure
    }
    return statement
  }

  private var failure: Failure {
    Failure("SQLite: \(String(cString: sqlite3_errmsg(connection)))")
  }
}
