internal import Domain
internal import GRDB
internal import Synchronization

/// One read-only connection with its statements; used by one thread at a time, which the pool sees to.
final class Reader: @unchecked Sendable {
  private let queue: DatabaseQueue
  private let begin: Statement
  private let end: Statement
  let one: Statement
  let range: Statement
  let rangeWithActor: Statement
  let rangeWithLeaf: Statement
  let rest: Statement
  let at: Statement
  let leaves: Statement
  let tile: Statement
  let sealedOfCustomer: Statement
  let sealedOfEvent: Statement
  let request: Statement

  init(path: String) throws(Problem) {
    queue = try Connection.reading(path)
    let handle = try queue.handle
    begin = try Statement("BEGIN", on: handle)
    end = try Statement("COMMIT", on: handle)
    one = try Statement(
      """
      SELECT seq, at, type, tag, customer, occurred, data, actor, reason, via, cause, command, leaf,
        credential
      FROM event WHERE seq = ?1
      """, on: handle)
    range = try Statement(
      """
      SELECT seq, at, type, tag, customer, occurred, data
      FROM event WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq
      """, on: handle)
    rangeWithActor = try Statement(
      """
      SELECT seq, at, type, tag, customer, occurred, data, actor, reason
      FROM event WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq
      """, on: handle)
    rangeWithLeaf = try Statement(
      """
      SELECT seq, at, type, tag, customer, occurred, data, actor, reason, via, cause, command, leaf,
        credential
      FROM event WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq
      """, on: handle)
    rest = try Statement(
      "SELECT via, cause, command, credential FROM event WHERE seq = ?1", on: handle)
    at = try Statement("SELECT at FROM event WHERE seq = ?1", on: handle)
    leaves = try Statement(
      "SELECT seq, leaf FROM event WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq", on: handle)
    tile = try Statement(
      "SELECT hashes FROM tile WHERE level = ?1 AND position = ?2", on: handle)
    sealedOfCustomer = try Statement(
      "SELECT seq, field, box FROM sealed WHERE customer = ?1 ORDER BY seq, field", on: handle)
    sealedOfEvent = try Statement(
      "SELECT seq, field, box FROM sealed WHERE customer = ?1 AND seq = ?2 ORDER BY field",
      on: handle)
    request = try Statement(
      "SELECT request, command, first, last, unchanged FROM idempotency WHERE key = ?1",
      on: handle)
  }

  /// Runs the body in one read transaction: many small reads would each lock and unlock the file.
  func together<T>(_ body: () throws(Problem) -> T) throws(Problem) -> T {
    try begin.run()
    defer { try? end.run() }
    return try body()
  }
}

/// Read-only connections, made when all are in use and kept for the next reader.
///
/// A reader may read again while it is reading: it is then given another connection.
final class ReaderPool: Sendable {
  private let path: String
  /// Nil once the pool is closed.
  private let free = Mutex<[Reader]?>([])
  /// As many as are kept; more are made in need and dropped after use.
  private static let kept = 8

  init(path: String) {
    self.path = path
  }

  func read<T>(_ body: (Reader) throws(Problem) -> T) throws(Problem) -> T {
    let kept = try free.withLock { (free) throws(Problem) in
      if free == nil { throw .shuttingDown }
      return free?.popLast()
    }
    let reader = if let kept { kept } else { try Reader(path: path) }
    defer {
      free.withLock { if $0.map({ $0.count < Self.kept }) == true { $0?.append(reader) } }
    }
    return try body(reader)
  }

  /// A pool of its own on the same file, whose connections have read nothing yet.
  var afresh: ReaderPool { ReaderPool(path: path) }

  func close() {
    free.withLock { $0 = nil }
  }
}
