internal import Domain
internal import GRDBSQLite

/// A prepared statement, used through SQLite's C interface: on the paths that run a million times a
/// second, a row as a value of another library costs more than the row itself (design.md, "Measured").
///
/// Belongs to one connection, and is used by one thread at a time, like the connection.
final class Statement {
  let handle: OpaquePointer

  init(_ sql: StaticString, on connection: OpaquePointer) throws(Problem) {
    var handle: OpaquePointer?
    let code = sql.withUTF8Buffer { text in
      text.withMemoryRebound(to: CChar.self) {
        // Long-lived: SQLite takes such a statement's memory from the general heap.
        sqlite3_prepare_v3(
          connection, $0.baseAddress, Int32($0.count), UInt32(SQLITE_PREPARE_PERSISTENT), &handle,
          nil)
      }
    }
    guard code == SQLITE_OK, let handle else { throw Problem(sqlite: connection) }
    self.handle = handle
  }

  deinit {
    sqlite3_finalize(handle)
  }

  /// Whether there is a row.
  @inline(__always)
  func step() throws(Problem) -> Bool {
    let code = sqlite3_step(handle)
    if code == SQLITE_ROW { return true }
    if code == SQLITE_DONE { return false }
    let problem = Problem(sqlite: sqlite3_db_handle(handle))
    sqlite3_reset(handle)
    throw problem
  }

  /// Runs a statement that returns no rows, and makes it ready for the next run.
  @inline(__always)
  func run() throws(Problem) {
    _ = try step()
    sqlite3_reset(handle)
  }

  func reset() {
    sqlite3_reset(handle)
  }

  @inline(__always)
  func bind(_ value: Int64, at index: Int32) {
    sqlite3_bind_int64(handle, index, value)
  }

  func bindNull(at index: Int32) {
    sqlite3_bind_null(handle, index)
  }

  /// Binds a copy of the text.
  func bind(_ text: String, at index: Int32) {
    var text = text
    _ = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) {
        // An empty string may have no address, which SQLite would read as NULL.
        if let start = $0.baseAddress {
          sqlite3_bind_text(handle, index, start, Int32($0.count), Self.copied)
        } else {
          sqlite3_bind_text(handle, index, "", 0, Self.copied)
        }
      }
    }
  }

  /// Binds bytes that stay where they are until the statement has run.
  @inline(__always)
  func bind(staying bytes: UnsafeRawBufferPointer, at index: Int32) {
    sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(bytes.count), nil)
  }

  /// Binds a copy of the bytes.
  func bind(_ bytes: [UInt8], at index: Int32) {
    _ = bytes.withUnsafeBytes {
      if let start = $0.baseAddress {
        sqlite3_bind_blob(handle, index, start, Int32($0.count), Self.copied)
      } else {
        sqlite3_bind_zeroblob(handle, index, 0)
      }
    }
  }

  /// Binds the 16 bytes of the column `command`.
  func bind(_ command: CommandID, at index: Int32) {
    withUnsafeBytes(of: (command.high.bigEndian, command.low.bigEndian)) {
      _ = sqlite3_bind_blob(handle, index, $0.baseAddress, Int32($0.count), Self.copied)
    }
  }

  @inline(__always)
  var columns: Columns { Columns(handle: handle) }

  @inline(__always)
  func int(_ column: Int32) -> Int64 { columns.int(column) }

  /// The bytes of a text or a blob, valid until the next step; nil for NULL.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer? { columns.bytes(column) }

  func string(_ column: Int32) -> String? { columns.string(column) }

  /// SQLITE_TRANSIENT, a cast that C's headers do not carry over.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}

/// The present row of a statement, by itself: reading through the statement would count references
/// for each column.
struct Columns {
  let handle: OpaquePointer

  @inline(__always)
  func int(_ column: Int32) -> Int64 {
    sqlite3_column_int64(handle, column)
  }

  @inline(__always)
  func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(handle, column) == SQLITE_NULL
  }

  /// Nil for NULL.
  @inline(__always)
  func optionalInt(_ column: Int32) -> Int64? {
    let value = sqlite3_column_value(handle, column)
    return sqlite3_value_type(value) == SQLITE_NULL ? nil : sqlite3_value_int64(value)
  }

  /// The bytes of a text or a blob, valid until the next step; nil for NULL.
  ///
  /// Looks the column up once, and asks what it has found: "not threadsafe", says SQLite of that, but a
  /// statement is used by one thread at a time.
  @inline(__always)
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer? {
    let value = sqlite3_column_value(handle, column)
    if sqlite3_value_type(value) == SQLITE_NULL { return nil }
    guard let start = sqlite3_value_blob(value) else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
  }

  func string(_ column: Int32) -> String? {
    bytes(column).map { String(decoding: $0, as: UTF8.self) }
  }
}
