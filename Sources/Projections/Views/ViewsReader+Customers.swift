package import Domain
import GRDB

/// A customer as the directory shows them.
package struct DirectoryEntry: Hashable, Sendable {
  package let id: CustomerID
  package let name: String?
  package let channel: String?
  package let phone: LookupKey?
  package let ref: LookupKey?
  /// The `seq` of their registration.
  package let registered: Int64
  package let revision: Int64
  package let mergedInto: CustomerID?
  /// The `seq` of their erasure.
  package let erased: Int64?

  /// In this order, since a row that is asked by name compares names.
  fileprivate static let columns =
    "id, name, channel, phone_key, ref_key, registered, revision, erased, merged_into, name_key"
  fileprivate static let nameKeyColumn = 9

  init(_ row: Row) {
    id = CustomerID(row[0])
    name = row[1]
    channel = row[2]
    phone = (row[3] as Int64?).map { LookupKey(rawValue: UInt64(bitPattern: $0)) }
    ref = (row[4] as Int64?).map { LookupKey(rawValue: UInt64(bitPattern: $0)) }
    registered = row[5]
    revision = row[6]
    erased = row[7]
    mergedInto = (row[8] as Int32?).map { CustomerID($0) }
  }
}

/// Which customers are asked for; those merged into others or erased are left out.
package struct CustomerQuery: Hashable, Sendable {
  /// Every word of it stands somewhere in the name, or in that of somebody who was merged into the
  /// customer, whatever the case and the accents.
  package var name: String?
  package var sort: Sort
  package var limit: Int
  package var cursor: CustomerCursor?

  package enum Sort: Hashable, Sendable {
    case name
    case id
  }

  package init(
    name: String? = nil, sort: Sort = .id, limit: Int = 50, cursor: CustomerCursor? = nil
  ) {
    self.name = name
    self.sort = sort
    self.limit = limit
    self.cursor = cursor
  }
}

/// The last customer of a page, by what the list is sorted by.
package struct CustomerCursor: Hashable, Sendable {
  package let nameKey: String
  package let id: CustomerID

  package init(nameKey: String, id: CustomerID) {
    self.nameKey = nameKey
    self.id = id
  }
}

package struct CustomerPage: Hashable, Sendable {
  package let customers: [DirectoryEntry]
  /// Goes into the next query's `cursor`; nil on the last page.
  package let next: CustomerCursor?
  package let position: Int64
}

extension ViewsReader {
  /// Returns the customers of these numbers, in that order, merged ones too; unknown ones are left out.
  package func customers(_ ids: [CustomerID]) throws(Problem) -> [DirectoryEntry] {
    try readHere { (db) throws(Problem) in
      try Problem.wrapping {
        let statement = try db.cachedStatement(
          sql: "SELECT \(DirectoryEntry.columns) FROM customer WHERE id = ?")
        return try ids.compactMap {
          try Row.fetchOne(statement, arguments: [$0.rawValue]).map(DirectoryEntry.init)
        }
      }
    }
  }

  /// Returns the names of those of these customers who have one, merged ones too.
  package func names(of ids: [CustomerID]) throws(Problem) -> [CustomerID: String] {
    try readHere { (db) throws(Problem) in
      let rows = try RawStatement(db, "SELECT name FROM customer WHERE id = ?")
      defer { rows.reset() }
      var names: [CustomerID: String] = [:]
      for id in ids {
        rows.bind(1, Int64(id.rawValue))
        if try rows.step(), let name = rows.text(0) { names[id] = name }
        rows.reset()
      }
      return names
    }
  }

  /// Returns by which events those of these customers who are known were registered and, if so, erased.
  package func ends(
    of ids: [CustomerID]
  ) throws(Problem) -> [(customer: CustomerID, registered: Int64, erased: Int64?)] {
    try readHere { (db) throws(Problem) in
      let rows = try RawStatement(db, "SELECT registered, erased FROM customer WHERE id = ?")
      defer { rows.reset() }
      var ends: [(CustomerID, Int64, Int64?)] = []
      for id in ids {
        rows.bind(1, Int64(id.rawValue))
        if try rows.step() { ends.append((id, rows.int(0), rows.optionalInt(1))) }
        rows.reset()
      }
      return ends
    }
  }

  /// Returns who holds a key; a customer merged away keeps theirs until another takes it.
  package func customer(phone key: LookupKey) throws(Problem) -> DirectoryEntry? {
    try customer(holding: key, in: "phone_key")
  }

  package func customer(ref key: LookupKey) throws(Problem) -> DirectoryEntry? {
    try customer(holding: key, in: "ref_key")
  }

  package func customers(_ query: CustomerQuery) async throws(Problem) -> CustomerPage {
    let page = { @Sendable (db: Database) throws(Problem) in
      try Problem.wrapping { try Self.customers(query, db) }
    }
    // Only a name has to be looked for.
    return try await query.name == nil ? readHere(page) : read(page)
  }

  /// Visits the look-up keys of all customers, in the order of their numbers; meant for the start.
  package func eachLookup(
    _ body: (CustomerID, _ phone: LookupKey?, _ ref: LookupKey?) -> Void
  ) throws(Problem) {
    try readHere { (db) throws(Problem) in
      let rows = try RawStatement(db, "SELECT id, phone_key, ref_key FROM customer ORDER BY id")
      defer { rows.reset() }
      func key(_ column: Int32) -> LookupKey? {
        rows.optionalInt(column).map { LookupKey(rawValue: UInt64(bitPattern: $0)) }
      }
      while try rows.step() {
        body(CustomerID(Int32(truncatingIfNeeded: rows.int(0))), key(1), key(2))
      }
    }
  }

  private func customer(
    holding key: LookupKey, in column: String
  ) throws(Problem) -> DirectoryEntry? {
    try readHere { (db) throws(Problem) in
      try Problem.wrapping {
        let statement = try db.cachedStatement(
          sql: "SELECT \(DirectoryEntry.columns) FROM customer WHERE \(column) = ?")
        return try Row.fetchOne(statement, arguments: [Int64(bitPattern: key.rawValue)])
          .map(DirectoryEntry.init)
      }
    }
  }

  /// Into whom they were merged, in the end, who have such a name.
  private static func former(_ isNamed: String) -> String {
    """
    WITH RECURSIVE former (id) AS (
      SELECT merged_into FROM customer WHERE merged_into IS NOT NULL AND \(isNamed)
      UNION
      SELECT merged_into FROM customer JOIN former USING (id) WHERE merged_into IS NOT NULL
    )
    """
  }

  private static func customers(_ query: CustomerQuery, _ db: Database) throws -> CustomerPage {
    let position = try Self.position(db)
    var conditions = ["merged_into IS NULL", "erased IS NULL"]
    var arguments: [any DatabaseValueConvertible] = []
    let words = NameKey.fold(query.name ?? "").split(separator: " ").map(String.init)
    let isNamed = words.map { _ in "instr(name_key, ?)" }.joined(separator: " AND ")
    if !words.isEmpty {
      conditions.append("(\(isNamed) OR id IN former)")
      arguments = words + words
    }
    let order: String
    switch query.sort {
    case .id:
      order = "id"
      if let cursor = query.cursor {
        conditions.append("id > ?")
        arguments.append(cursor.id.rawValue)
      }
    case .name:
      order = "name_key, id"
      if let cursor = query.cursor {
        conditions.append("(name_key, id) > (?, ?)")
        arguments += [cursor.nameKey, cursor.id.rawValue]
      }
    }
    let rows = try Row.fetchAll(
      db,
      sql: """
        \(words.isEmpty ? "" : former(isNamed))
        SELECT \(DirectoryEntry.columns) FROM customer WHERE \(conditions.joined(separator: " AND "))
        ORDER BY \(order) LIMIT ?
        """, arguments: StatementArguments(arguments + [query.limit + 1]))
    let page = rows.prefix(query.limit)
    let last = rows.count > page.count ? page.last : nil
    return CustomerPage(
      customers: page.map(DirectoryEntry.init),
      next: last.map {
        CustomerCursor(nameKey: $0[DirectoryEntry.nameKeyColumn], id: CustomerID($0[0]))
      },
      position: position)
  }
}
