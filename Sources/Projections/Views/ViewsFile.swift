import Domain
import Foundation
import GRDB

/// A views file on disk: its schema, and how it is opened. It may always be dropped and replayed.
enum ViewsFile {
  /// What a new file gets at once, in this order.
  private static let tables = [
    PackageResources.position_sql, PackageResources.actor_sql, PackageResources.posting_sql,
    PackageResources.wording_sql, PackageResources.words_sql, PackageResources.customer_sql,
  ]
  /// What is cheaper to make when the tables are full.
  private static let indexes = [
    PackageResources.customer_name_sql, PackageResources.customer_merged_sql,
    PackageResources.customer_phone_sql, PackageResources.customer_ref_sql,
  ]

  /// Raised when the same tables are filled in another way.
  private static let revision: UInt8 = 2

  /// A hash of the schema (FNV-1a): a file of any other version is dropped.
  private static let version: Int32 = {
    var hash: UInt32 = 2_166_136_261
    for byte in (tables + indexes + [[revision]]).joined() {
      hash = (hash ^ UInt32(byte)) &* 16_777_619
    }
    return Int32(hash & 0x7FFF_FFFF)
  }()

  /// Opens the file for the one connection that writes, and makes it anew where it does not fit:
  /// another schema, another ledger, more events than the log has, or damage.
  static func open(
    _ path: String, origin: String, logSize: Int64
  ) throws(Problem) -> DatabaseQueue {
    do {
      let queue = try connect(path)
      if try queue.read({ try fits($0, origin, logSize) }) { return queue }
      try queue.close()
    } catch let error as DatabaseError
      where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
    {
      // Derived data that cannot be read is worth no more than none.
    } catch {
      throw Problem(error)
    }
    try remove(path)
    return try Problem.wrapping {
      let queue = try connect(path)
      try queue.write { db in
        try create(db, origin: origin)
        try createIndexes(db)
      }
      return queue
    }
  }

  /// Makes a file to be filled at full speed: nothing is safe until it is settled.
  static func build(_ path: String, origin: String) throws(Problem) -> DatabaseQueue {
    try remove(path)
    return try Problem.wrapping {
      var configuration = Configuration()
      configuration.label = "views-build"
      // A build that fails is not rolled back but removed.
      configuration.allowsUnsafeTransactions = true
      configuration.prepareDatabase { db in
        try db.execute(
          sql: """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
            PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536; PRAGMA secure_delete = ON;
            """)
      }
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.write { try create($0, origin: origin) }
      return queue
    }
  }

  /// A pool of connections that read what the one writer has committed.
  static func readers(_ path: String) throws(Problem) -> DatabasePool {
    try Problem.wrapping {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.label = "views-readers"
      configuration.maximumReaderCount = 8
      configuration.busyMode = .timeout(5)
      return try DatabasePool(path: path, configuration: configuration)
    }
  }

  /// The schema as it is to be, in memory and without a row.
  static func model() throws -> DatabaseQueue {
    let queue = try DatabaseQueue()
    try queue.write { db in
      try create(db, origin: "")
      try createIndexes(db)
    }
    return queue
  }

  static func createIndexes(_ db: Database) throws {
    for sql in indexes { try db.execute(sql: String(decoding: sql, as: UTF8.self)) }
  }

  /// Removes the file and what SQLite keeps beside it.
  static func remove(_ path: String) throws(Problem) {
    for suffix in ["", "-journal", "-wal", "-shm"] where unlink(path + suffix) != 0 {
      guard errno == ENOENT else {
        throw .storageFailed("views: cannot remove \(path)\(suffix): errno \(errno)")
      }
    }
  }

  /// Makes sure that a renaming is on disk.
  static func flushFolder(of path: String) throws(Problem) {
    let folder = (path as NSString).deletingLastPathComponent
    let file = Foundation.open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw .storageFailed("views: cannot open \(folder): errno \(errno)") }
    defer { close(file) }
    guard fsync(file) == 0 else {
      throw .storageFailed("views: cannot flush \(folder): errno \(errno)")
    }
  }

  private static func connect(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "views-writer"
    configuration.journalMode = .wal  // with synchronous = NORMAL
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { db in
      // A long reader lets the log of changes grow; give the room back afterwards.
      // Much that comes in concerns customers all over the file: its pages are to stay at hand, and
      // not to be brought home after each transaction.
      // What an erasure takes away is overwritten, not only let go of.
      try db.execute(
        sql: """
          PRAGMA journal_size_limit = 67108864; PRAGMA wal_autocheckpoint = 8192;
          PRAGMA cache_size = -65536; PRAGMA secure_delete = ON;
          """)
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    // Names stand in it in plain, and SQLite goes by the mask; what lies there already is narrowed.
    for suffix in ["", "-wal", "-shm"] { chmod(path + suffix, 0o600) }
    return queue
  }

  private static func fits(_ db: Database, _ origin: String, _ logSize: Int64) throws -> Bool {
    guard try Int32.fetchOne(db, sql: "PRAGMA user_version") == version else { return false }
    guard let row = try Row.fetchOne(db, sql: "SELECT origin, seq FROM position") else {
      return false
    }
    let (known, position): (String, Int64) = (row["origin"], row["seq"])
    return known == origin && position <= logSize
  }

  private static func create(_ db: Database, origin: String) throws {
    for sql in tables { try db.execute(sql: String(decoding: sql, as: UTF8.self)) }
    try db.execute(
      sql: "INSERT INTO position (id, origin, seq) VALUES (1, ?, 0)", arguments: [origin])
    try db.execute(sql: "PRAGMA user_version = \(version)")
  }
}
