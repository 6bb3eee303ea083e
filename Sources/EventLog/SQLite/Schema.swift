internal import Domain
internal import GRDB

/// The SQL of a database file, from schema/ in the repository, and the version it stands for.
struct Schema {
  /// The objects, tables before the triggers on them.
  let objects: [[UInt8]]
  /// "TgLg" for both files, so that `file` and other programs can tell them.
  static let applicationID = 0x5467_4c67
  /// The version that `objects` make; `PRAGMA user_version`. Raised with each file in schema/upgrades.
  static let version = 1

  static let log = Self(objects: [
    PackageResources.origin_sql, PackageResources.actor_sql, PackageResources.event_type_sql,
    PackageResources.event_sql, PackageResources.tile_sql, PackageResources.sealed_sql,
    PackageResources.idempotency_sql,
    PackageResources.origin_refuses_update_sql, PackageResources.origin_refuses_delete_sql,
    PackageResources.actor_refuses_update_sql, PackageResources.actor_refuses_delete_sql,
    PackageResources.event_type_refuses_update_sql, PackageResources.event_type_refuses_delete_sql,
    PackageResources.event_refuses_update_sql, PackageResources.event_refuses_delete_sql,
    PackageResources.tile_refuses_update_sql, PackageResources.tile_refuses_delete_sql,
    PackageResources.sealed_refuses_update_sql,
  ])

  static let keys = Self(objects: [
    PackageResources.ledger_sql, PackageResources.lookup_key_sql, PackageResources.data_key_sql,
  ])

  /// The scripts that bring an older file to `version`, by the version they lead to.
  private static let upgrades: [Int: [UInt8]] = [1: PackageResources._001_sql]

  /// Makes a new file's objects, or brings an older file up to date, and compares the result.
  ///
  /// - Returns: Whether the file was new.
  func prepare(_ db: Database, name: String) throws -> Bool {
    let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let isNew = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
    if isNew {
      try create(in: db)
    } else if found > Self.version {
      throw Problem.storageFailed(
        "\(name) is of version \(found); this program knows versions up to \(Self.version)")
    } else if found < Self.version {
      try upgrade(db, from: found)
    }
    // A damaged schema would make SQLite read the tables in another way without a word.
    let expected = try DatabaseQueue().write { memory in
      try create(in: memory)
      return try Self.listing(memory)
    }
    guard try Self.listing(db) == expected else {
      throw Problem.logDamaged("the schema of \(name) is not that of version \(Self.version)")
    }
    return isNew
  }

  private func create(in db: Database) throws {
    for object in objects {
      try db.execute(sql: String(decoding: object, as: UTF8.self))
    }
    try db.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
    try db.execute(sql: "PRAGMA user_version = \(Self.version)")
  }

  private func upgrade(_ db: Database, from version: Int) throws {
    for next in version + 1...Self.version {
      guard let script = Self.upgrades[next] else { continue }
      try db.execute(sql: String(decoding: script, as: UTF8.self))
    }
    try db.execute(sql: "PRAGMA user_version = \(Self.version)")
  }

  private static func listing(_ db: Database) throws -> [String] {
    try String.fetchAll(
      db,
      sql: """
        SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '')
        FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name
        """)
  }
}
