import Foundation
import GRDB
import GRDBSQLite

/// Walks two views files side by side.
struct ViewsComparison {
  let found: Database
  let expected: Database
  let scope: Scope

  /// What is compared in one go.
  enum Scope {
    /// All but customers and which events concern them.
    case rest
    /// The directory, as far as the range goes.
    case directory(ClosedRange<UInt32>)
    /// The events of the customers of the range.
    case customers(ClosedRange<UInt32>)
  }

  /// What is to be compared of a part, the most work first; the directory in pieces, as far as there are
  /// parts to go by.
  static func scopes(of part: ViewsPart, beside parts: [ViewsPart]) -> [Scope] {
    let events = part.customers.map { [Scope.customers($0)] } ?? []
    guard part.hasRest else { return events }
    return events + [.rest] + parts.compactMap(\.customers).map { .directory($0) }
  }

  /// What is compared: the columns, of which the first `keys` give the order.
  private struct Listing {
    let name: String
    let sql: String
    let keys: Int
    let columns: [String]

    init(
      _ name: String, keys: [String], values: [String] = [], from source: String? = nil,
      where condition: String = "true"
    ) {
      self.name = name
      self.keys = keys.count
      columns = keys + values
      sql = """
        SELECT \(columns.joined(separator: ", ")) FROM \(source ?? name)
        WHERE \(condition) ORDER BY \(keys.joined(separator: ", "))
        """
    }
  }

  private static let schema = Listing(
    "schema", keys: ["type", "name"], values: ["sql"], from: "sqlite_schema")

  private static let small = [
    Listing("position", keys: ["id"], values: ["origin", "seq"]),
    Listing("actor", keys: ["id"], values: ["name"]),
    Listing("wording", keys: ["id"], values: ["first", "text"]),
  ]

  private static func customers(where condition: String) -> Listing {
    Listing(
      "customer", keys: ["id"],
      values: [
        "name", "name_key", "channel", "phone_key", "ref_key", "registered", "revision",
        "merged_into", "erased",
      ], where: condition)
  }

  private static func postings(where condition: String) -> Listing {
    Listing(
      "posting", keys: ["facet", "key", "first"], values: ["last", "count", "seqs"],
      where: condition)
  }

  /// The scopes together leave out no row, whatever stands in the file.
  private var listings: [Listing] {
    let customer = Facet.customer.rawValue
    switch scope {
    case .rest:
      return Self.small + ["<", ">"].map { Self.postings(where: "facet \($0) \(customer)") }
    case .directory(let range):
      return [Self.customers(where: Self.condition("id", range))]
    case .customers(let range):
      return [Self.postings(where: "facet = \(customer) AND \(Self.condition("key", range))")]
    }
  }

  /// The ends take in whatever lies beyond them.
  private static func condition(_ column: String, _ range: ClosedRange<UInt32>) -> String {
    let bounds: [String] =
      (range.lowerBound > 1 ? ["\(column) >= \(range.lowerBound)"] : [])
      + (range.upperBound < .max ? ["\(column) <= \(range.upperBound)"] : [])
    return bounds.isEmpty ? "true" : bounds.joined(separator: " AND ")
  }

  /// The words as FTS5 holds them: its own tables depend on how the rows came in, their meaning does not.
  private static let words = Listing(
    "words", keys: ["term", "doc", "col", "offset"], from: "temp.instances")

  func firstDifference() throws -> String? {
    if case .rest = scope, let difference = try schemaDifference() { return difference }
    for listing in listings {
      if let difference = try compare(listing) { return difference }
    }
    if case .rest = scope { return try wordDifference() }
    return nil
  }

  /// Views that are built to be compared with have no indexes; those in use need them.
  private func schemaDifference() throws -> String? {
    try ViewsFile.model().inDatabase { model in
      try Self(found: found, expected: model, scope: scope).compare(Self.schema)
    }
  }

  private func wordDifference() throws -> String? {
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
    default:
      let (mine, theirs) = (bytes(column), other.bytes(column))
      guard mine.count == theirs.count, let start = mine.baseAddress, let other = theirs.baseAddress
      else { return mine.isEmpty && theirs.isEmpty }
      return memcmp(start, other, mine.count) == 0
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
