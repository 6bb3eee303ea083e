internal import Crypto
package import Domain
internal import Foundation
internal import GRDB
internal import Synchronization

/// answers.db: the answers to requests with an `Idempotency-Key`, for as long as these are known again.
///
/// Not a part of the ledger's memory: what has been carried out stands in log.db, whether or not its
/// answer is here, so nothing waits for a flush of this file and a file that cannot be read is made
/// anew. Answers tell of people, so each is sealed under a key of its own kind and goes with them.
package final class AnswerStore: Sendable {
  private let key: SymmetricKey
  /// How long a request with a key is known again, at least; in µs.
  let window: Int64
  /// Nil once the store is closed.
  private let queue: Mutex<DatabaseQueue?>

  /// What is larger is worked out again from the events instead.
  private static let sizeLimit = 256 << 10
  /// So many of the oldest answers are looked at for each new one.
  private static let lookedAt = 2

  /// - Parameter window: how long an answer is kept, in µs.
  init(path: String, key: SymmetricKey, window: Int64) throws(Problem) {
    self.key = key
    self.window = window
    queue = Mutex(try Self.open(path))
  }

  private static func open(_ path: String) throws(Problem) -> DatabaseQueue {
    if let queue = try? prepared(path) { return queue }
    remove(path)
    if let queue = try? prepared(path) { return queue }
    // A disk that takes no file still has a log that can be read.
    do {
      let queue = try DatabaseQueue()
      try queue.perform { try create(in: $0) }
      return queue
    } catch {
      throw Problem(storage: error)
    }
  }

  /// Forgets all answers; the store must not be open.
  static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }

  private static func prepared(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.prepareDatabase { db in
      try db.execute(sql: "PRAGMA journal_mode = WAL")
      // Survives the end of the process; after a power cut, answers are worked out again.
      try db.execute(sql: "PRAGMA synchronous = OFF")
      try db.execute(sql: "PRAGMA secure_delete = ON")
      try db.execute(sql: "PRAGMA journal_size_limit = 1048576")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.inDatabase { db in
      if try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0 {
        try create(in: db)
      }
      _ = try Int.fetchOne(db, sql: "SELECT count(sealed) FROM answer")
    }
    chmod(path, 0o600)
    return queue
  }

  private static func create(in db: Database) throws {
    try db.execute(sql: String(decoding: PackageResources.answer_sql, as: UTF8.self))
  }

  // MARK: Keeping

  /// The answer that was given to the request of this key; nil where it is not kept.
  package func answer(_ digest: [UInt8]) -> StoredAnswer? {
    let row = queue.withLock { queue in
      try? queue?.read { db in
        try GRDB.Row.fetchOne(
          db, sql: "SELECT request, sealed FROM answer WHERE key = ?", arguments: [Data(digest)])
      }
    }
    guard let row, let request = Data.fromDatabaseValue(row["request"]),
      let sealed = Data.fromDatabaseValue(row["sealed"]),
      let plain = Seal.open(Array(sealed), digest, key: key)
    else { return nil }
    return StoredAnswer(request: Array(request), plain: plain)
  }

  /// Keeps an answer, and forgets a few that are too old.
  ///
  /// - Parameter customer: of whom it tells; nil where that is nobody, or cannot be said.
  package func keep(
    _ answer: StoredAnswer, for digest: [UInt8], customer: CustomerID?, at time: Timestamp
  ) {
    guard answer.body.count <= Self.sizeLimit else { return }
    let sealed = Seal.seal(answer.plain, digest, key: key)
    queue.withLock { queue in
      // What cannot be kept is worked out again when it is asked for.
      try? queue?.write { db in
        try db.cachedStatement(
          sql: """
            INSERT OR REPLACE INTO answer (key, request, customer, at, sealed)
            VALUES (?, ?, ?, ?, ?)
            """
        ).execute(arguments: [
          Data(digest), Data(answer.request), customer?.rawValue, time.rawValue, Data(sealed),
        ])
        try db.cachedStatement(
          sql: """
            DELETE FROM answer WHERE id IN (
              SELECT id FROM (SELECT id, at FROM answer ORDER BY id LIMIT ?) WHERE at < ?)
            """
        ).execute(arguments: [Self.lookedAt, time.rawValue - window])
      }
    }
  }

  /// Forgets every answer that tells of a customer, or may: those whose customer cannot be said go too.
  package func forget(_ customer: CustomerID) throws(Problem) {
    try queue.withLock { (queue) throws(Problem) in
      guard let queue else { throw .shuttingDown }
      try queue.perform { db in
        try db.execute(
          sql: "DELETE FROM answer WHERE customer = ? OR customer IS NULL",
          arguments: [customer.rawValue])
        _ = try? db.checkpoint(.truncate)
      }
    }
  }

  func close() {
    queue.withLock { queue in
      try? queue?.close()
      queue = nil
    }
  }
}

extension StoredAnswer {
  /// Status and headers as a line of canonical JSON, and the body behind it. A format.
  fileprivate var plain: [UInt8] {
    let head = JSON.object([
      "status": .int(Int64(status)), "headers": .object(headers.mapValues(JSON.string)),
    ])
    return Array(head.canonical.utf8) + [UInt8(ascii: "\n")] + body
  }

  fileprivate init?(request: [UInt8], plain: [UInt8]) {
    guard let end = plain.firstIndex(of: UInt8(ascii: "\n")),
      let head = try? JSON(parsing: Array(plain[..<end])), let status = head["status"]?.int
    else { return nil }
    self.init(
      request: request, status: Int(status),
      headers: head["headers"]?.object?.compactMapValues(\.string) ?? [:],
      body: Array(plain[(end + 1)...]))
  }
}
