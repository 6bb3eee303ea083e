import Domain
import GRDB

/// Keeps the customer directory.
struct DirectoryWriter {
  private let insert: RawStatement
  private let rename: RawStatement
  private let rechannel: RawStatement
  private let revise: RawStatement
  private let merge: RawStatement
  private let erase: RawStatement
  private let phone: LookupColumn
  private let ref: LookupColumn
  /// Keys that customers merged away still hold; nobody else can hold one that another then takes.
  private var phonesMergedAway: [Int64: CustomerID] = [:]
  private var refsMergedAway: [Int64: CustomerID] = [:]

  init(_ db: Database) throws(Problem) {
    insert = try RawStatement(
      db,
      """
      INSERT INTO customer (id, name, name_key, channel, registered, revision)
      VALUES (?, ?, ?, ?, ?, 1)
      """)
    rename = try RawStatement(db, "UPDATE customer SET name = ?2, name_key = ?3 WHERE id = ?1")
    rechannel = try RawStatement(db, "UPDATE customer SET channel = ?2 WHERE id = ?1")
    revise = try RawStatement(db, "UPDATE customer SET revision = revision + 1 WHERE id = ?")
    merge = try RawStatement(db, "UPDATE customer SET merged_into = ?2 WHERE id = ?1")
    erase = try RawStatement(
      db,
      """
      UPDATE customer SET name = NULL, name_key = '', phone_key = NULL, ref_key = NULL,
        revision = revision + 1, erased = ?2
      WHERE id = ?1
      """)
    phone = try LookupColumn(db, "phone_key")
    ref = try LookupColumn(db, "ref_key")
    phonesMergedAway = try phone.mergedAway(db)
    refsMergedAway = try ref.mergedAway(db)
  }

  mutating func write(_ change: ViewsSlice.DirectoryChange, seq: Int64) throws(Problem) {
    let id = change.customer
    switch change.act {
    case .registered(let channel):
      try register(id, name: change.fields.name, channel: channel, seq: seq)
    case .revised(let channel):
      try run(revise, id)
      if let channel { try run(rechannel, id, channel) }
      if let name = change.fields.name { try set(name: name, of: id) }
    case .merged(let target):
      merge.bind(2, Int64(target.rawValue))
      try run(merge, id)
      try run(revise, id)
      try run(revise, target)
      if let key = try phone.key(of: id) { phonesMergedAway[key] = id }
      if let key = try ref.key(of: id) { refsMergedAway[key] = id }
    case .erased:
      if let key = try phone.key(of: id) { phonesMergedAway[key] = nil }
      if let key = try ref.key(of: id) { refsMergedAway[key] = nil }
      erase.bind(2, seq)
      try run(erase, id)
      return
    case .unmerged(let target):
      merge.bind(2, nil)
      try run(merge, id)
      try run(revise, id)
      try run(revise, target)
      if let key = try phone.key(of: id) { phonesMergedAway[key] = nil }
      if let key = try ref.key(of: id) { refsMergedAway[key] = nil }
    }
    try phone.write(change.fields.lookups.phone, of: id, mergedAway: &phonesMergedAway)
    try ref.write(change.fields.lookups.ref, of: id, mergedAway: &refsMergedAway)
  }

  private func register(
    _ id: CustomerID, name: String?, channel: String?, seq: Int64
  ) throws(Problem) {
    let name = name.flatMap { $0.isEmpty ? nil : $0 }
    insert.bind(2, text: name)
    insert.bind(3, text: name.map(NameKey.fold) ?? "")
    insert.bind(4, text: channel)
    insert.bind(5, seq)
    try run(insert, id)
  }

  private func set(name: String, of id: CustomerID) throws(Problem) {
    rename.bind(2, text: name.isEmpty ? nil : name)
    rename.bind(3, text: NameKey.fold(name))
    try run(rename, id)
  }

  private func run(
    _ statement: RawStatement, _ id: CustomerID, _ text: String?
  ) throws(Problem) {
    statement.bind(2, text: text)
    try run(statement, id)
  }

  private func run(_ statement: RawStatement, _ id: CustomerID) throws(Problem) {
    statement.bind(1, Int64(id.rawValue))
    try statement.run()
  }
}

/// The column of one kind of look-up key.
private struct LookupColumn {
  private let name: String
  private let select: RawStatement
  private let update: RawStatement

  init(_ db: Database, _ name: String) throws(Problem) {
    self.name = name
    select = try RawStatement(db, "SELECT \(name) FROM customer WHERE id = ?")
    update = try RawStatement(db, "UPDATE customer SET \(name) = ?2 WHERE id = ?1")
  }

  func mergedAway(_ db: Database) throws(Problem) -> [Int64: CustomerID] {
    let rows = try Problem.wrapping {
      try Row.fetchAll(
        db,
        sql: """
          SELECT \(name), id FROM customer WHERE merged_into IS NOT NULL AND \(name) IS NOT NULL
          """)
    }
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], CustomerID($0[1])) })
  }

  func key(of id: CustomerID) throws(Problem) -> Int64? {
    select.bind(1, Int64(id.rawValue))
    defer { select.reset() }
    return try select.step() ? select.optionalInt(0) : nil
  }

  /// A key belongs to one customer: who takes it from one merged away leaves that one without.
  func write(
    _ change: LookupChanges.Change, of id: CustomerID, mergedAway: inout [Int64: CustomerID]
  ) throws(Problem) {
    switch change {
    case .kept:
      return
    case .cleared:
      try set(nil, of: id)
    case .set(let key):
      let key = Int64(bitPattern: key.rawValue)
      if let other = mergedAway[key] {
        try set(nil, of: other)
        mergedAway[key] = nil
      }
      try set(key, of: id)
    }
  }

  private func set(_ key: Int64?, of id: CustomerID) throws(Problem) {
    update.bind(1, Int64(id.rawValue))
    update.bind(2, key)
    try update.run()
  }
}
