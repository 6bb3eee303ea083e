import Domain
import Foundation
import GRDB
import GRDBSQLite

/// A prepared statement on SQLite's own interface, for the paths that handle millions of rows.
///
/// GRDB prepares and keeps it with its connection; it must be used within that connection's access.
struct RawStatement {
  private let statement: Statement
  private let handle: OpaquePointer

  init(_ db: Database, _ sql: String) throws(Problem) {
    statement = try Problem.wrapping { try db.cachedStatement(sql: sql) }
    handle = statement.sqliteStatement
  }

  func bind(_ index: Int32, _ value: Int64) {
    sqlite3_bind_int64(handle, index, value)
  }

  func bind(_ index: Int32, _ value: Int64?) {
    guard let value else {
      sqlite3_bind_null(handle, index)
      return
    }
    sqlite3_bind_int64(handle, index, value)
  }

  func bind(_ index: Int32, text: String?) {
    guard var text else {
      sqlite3_bind_null(handle, index)
      return
    }
    text.withUTF8 { bind(index, text: $0) }
  }

  func bind(_ index: Int32, text: UnsafeBufferPointer<UInt8>) {
    // An empty buffer may have no address, which SQLite would take for NULL.
    guard let start = text.baseAddress else {
      sqlite3_bind_text(handle, index, "", 0, Self.transient)
      return
    }
    let characters = UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self)
    sqlite3_bind_text(handle, index, characters, Int32(text.count), Self.transient)
  }

  /// Binds bytes that stay where they are until the statement has run.
  func bind(_ index: Int32, pinned bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress, !bytes.isEmpty else {
      sqlite3_bind_zeroblob(handle, index, 0)
      return
    }
    sqlite3_bind_blob(handle, index, start, Int32(bytes.count), nil)
  }

  /// Goes to the next row; false when there is none.
  func step() throws(Problem) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default:
      let connection = sqlite3_db_handle(handle)
      let code = sqlite3_extended_errcode(connection)
      let problem = Problem(
        sqlite: code, String(cString: sqlite3_errmsg(connection)),
        system: sqlite3_system_errno(connection))
      sqlite3_reset(handle)
      throw problem
    }
  }

  /// Runs to the end a statement that gives no rows.
  func run() throws(Problem) {
    _ = try step()
    sqlite3_reset(handle)
  }

  func reset() {
    sqlite3_reset(handle)
  }

  func int(_ column: Int32) -> Int64 {
    sqlite3_column_int64(handle, column)
  }

  func optionalInt(_ column: Int32) -> Int64? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : int(column)
  }

  /// SQLite's number for the type of what stands in a column.
  func kind(_ column: Int32) -> Int32 {
    sqlite3_column_type(handle, column)
  }

  func text(_ column: Int32) -> String? {
    sqlite3_column_text(handle, column).map { String(cString: $0) }
  }

  /// The bytes of a column, valid until the next step or reset.
  func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
    let start = sqlite3_column_blob(handle, column)
    let count = Int(sqlite3_column_bytes(handle, column))
    return UnsafeBufferPointer(start: start?.assumingMemoryBound(to: UInt8.self), count: count)
  }

  /// Tells SQLite to copy what is bound.
  private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
