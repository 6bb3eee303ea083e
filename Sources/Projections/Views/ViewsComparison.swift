package import Domain
import GRDB
import GRDBSQLite

/// The views of one moment, which stay as they are while the live ones go on.
///
/// While it exists, SQLite cannot give back what is written to the live file's log of changes.
package final class ViewsSnapshot: Sendable {
  /// The seq up to which they had read the log.
  package let position: Int64
  private let queue: DatabaseQueue

  package init(of path: String) throws(Problem) {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "views-snapshot"
    configuration.busyMode = .timeout(5)
    configuration.allowsUnsafeTransactions = true
    (queue, position) = try Problem.wrapping {
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let position = try queue.inDatabase { db in
        try db.execute(sql: "BEGIN")
        return try Int64.fetchOne(db, sql: "SELECT seq FROM position") ?? 0
      }
      return (queue, position)
    }
  }

  /// Compares with views built anew from the log up to the same seq, object by object.
  ///
  /// - Returns: the first difference, in words that name the table and the key; nil where there is none.
  package func firstDifference(from built: BuiltViews) throws(Problem) -> String? {
    let other = try ViewsSnapshot(of: built.path)
    return try Problem.wrapping {
      try queue.inDatabase { mine in
        try other.queue.inDatabase { theirs in
          try ViewsComparison(found: mine, expected: theirs).firstDifference()
        }
      }
    }
  }
}

/// Walks two views files side by side.
private struct ViewsComparison {
  let found: Database
  let expected: Database

  /// What is compared: the columns, of which the first `keys` give the order.
  private struct Listing {
    let name: String
    let sql: String
    let keys: Int
    let columns: [String]

    init(_ name: String, keys: [String], values: [String] = [], from source: String? = nil) {
      self.name = name
      self.keys = keys.count
      columns = keys + values
      sql = """
        SELECT \(columns.joined(separator: ", ")) FROM \(source ?? name)
        ORDER BY \(keys.joined(separator: ", "))
        """
    }
  }

  private static let listings = [
    Listing("schema", keys: ["type", "name"], values: ["sql"], from: "sqlite_schema"),
    Listing("position", keys: ["id"], values: ["origin", "seq"]),
    Listing("actor", keys: ["id"], values: ["name"]),
    Listing("wording", keys: ["id"], values: ["text"]),
    Listing(
      "customer", keys: ["id"],
      values: [
        "name", "name_key", "channel", "phone_key", "ref_key", "registered", "revision",
        "merged_into", "erased",
      ]),
    Listing("posting", keys: ["facet", "key", "first"], values: ["last", "count", "seqs"]),
  ]

  /// The words as FTS5 holds them: its own tables depend on how the rows came in, their meaning does not.
  private static let words = Listing(
    "words", keys: ["term", "doc", "col", "offset"], from: "temp.instances")

  func firstDifference() throws -> String? {
    for listing in Self.listings {
      if let difference = try compare(listing) { return difference }
    }
    for db in [found, expected] {
      try db.execute(
        sql: "CREATE VIRTUAL TABLE temp.instances USING fts5vocab (main, words, instance)")
    }
    let difference = try compare(Self.words)
    for db in [found, expected] { try db.execute(sql: "DROP TABLE temp.instances") }
    return difference
  }

  private func compare(_ listing: Listing) throws -> String? {
    let mine = try RawStatement(found, listing.sql)
    let theirs = try RawStatement(expected, listing.sql)
    defer {
      mine.reset()
      theirs.reset()
    }
    while true {
      switch (try mine.step(), try theirs.step()) {
      case (false, false):
        return nil
      case (true, false):
        return "\(Self.place(mine, listing)): is there, should not be"
      case (false, true):
        return "\(Self.place(theirs, listing)): is missing"
      case (true, true):
        if let difference = Self.compare(mine, theirs, listing) { return difference }
      }
    }
  }

  private static func compare(
    _ mine: RawStatement, _ theirs: RawStatement, _ listing: Listing
  ) -> String? {
    for column in 0..<Int32(listing.columns.count)
    where !mine.holdsSame(as: theirs, column) {
      guard column < listing.keys else {
        return """
          \(place(mine, listing)): \(listing.columns[Int(column)]) is \
          \(mine.inWords(column)), should be \(theirs.inWords(column))
          """
      }
      return """
        \(listing.name): \(place(mine, listing)) is there where \
        \(place(theirs, listing)) should be next
        """
    }
    return nil
  }

  /// Names a row by its table and its key.
  private static func place(_ row: RawStatement, _ listing: Listing) -> String {
    if listing.name == "posting", let facet = Facet(rawValue: row.int(0)) {
      return "posting of \(facet) \(row.int(1)) from seq \(row.int(2))"
    }
    let key = (0..<listing.keys).map { "\(listing.columns[$0]) \(row.inWords(Int32($0)))" }
    return "\(listing.name) \(key.joined(separator: ", "))"
  }
}

extension RawStatement {
  fileprivate func holdsSame(as other: RawStatement, _ column: Int32) -> Bool {
    let kind = kind(column)
    guard kind == other.kind(column) else { return false }
    switch kind {
    case SQLITE_NULL: return true
    case SQLITE_INTEGER: return int(column) == other.int(column)
    default: return bytes(column).elementsEqual(other.bytes(column))
    }
  }

  fileprivate func inWords(_ column: Int32) -> String {
    switch kind(column) {
    case SQLITE_NULL: "nothing"
    case SQLITE_INTEGER: "\(int(column))"
    case SQLITE_BLOB: "\(bytes(column).count) bytes \(Self.hex(bytes(column)))"
    default: "\"\(text(column) ?? "")\""
    }
  }

  private static func hex(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let shown = bytes.prefix(24).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }
    return shown.joined() + (bytes.count > 24 ? "…" : "")
  }
}
