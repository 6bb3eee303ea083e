internal import Crypto
package import Domain
internal import Foundation
internal import GRDB
internal import Glibc
package import Proof

/// A copy of a log and, apart from it, of its keys; only read, never written.
package struct LogCopy: Sendable {
  private let path: String
  private let eras: Eras
  private let actors: ActorNames
  private let readers: ReaderPool
  /// How many events it holds.
  package let size: Int64

  /// Of more sealed fields than this, so many are opened, from one end to the other.
  private static let opened = 20_000

  /// - Parameter directory: where `log.db` lies.
  package init(directory: String) throws(Problem) {
    path = directory + "/log.db"
    let queue = try Connection.reading(path)
    (eras, actors, size) = try queue.perform { db in
      var actors = ActorNames()
      for name in try String.fetchAll(db, sql: "SELECT name FROM actor ORDER BY id") {
        _ = actors.number(of: name)
      }
      return (
        try Eras.read(db), actors, try Int64.fetchOne(db, sql: "SELECT max(seq) FROM event") ?? 0
      )
    }
    readers = ReaderPool(path: path)
  }

  /// The name it began with.
  package var firstOrigin: String { eras.firstOrigin }

  /// Who has been erased, by which event, when.
  package func erasures() throws(Problem) -> [(customer: CustomerID, seq: Int64, at: Timestamp)] {
    try Connection.reading(path).perform { db in
      let rows = try GRDB.Row.fetchAll(
        db, sql: "SELECT customer, seq, at FROM event WHERE type = ? ORDER BY seq",
        arguments: [EventType.customerErased.rawValue])
      return try rows.map { row in
        (
          CustomerID(try row.value("customer", as: Int32.self, in: "event")),
          try row.value("seq", as: Int64.self, in: "event"),
          Timestamp(microseconds: try row.value("at", as: Int64.self, in: "event"))
        )
      }
    }
  }

  /// How many events a data directory has had, by all that says so: the log, its head, and what was
  /// signed. What does not read says nothing.
  package static func knownSize(of directory: String) throws(Problem) -> Int64 {
    var size = (try? LogCopy(directory: directory).size) ?? 0
    if let text = try SecretFile.read(directory + "/head") {
      // Both slots, whatever name the log had: the third line of each is its size.
      for slot in [text.prefix(512), text.dropFirst(512)] {
        let lines = slot.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.count > 2, let told = Int64(lines[2]) { size = max(size, told) }
      }
    }
    let path = directory + "/checkpoints"
    if access(path, F_OK) == 0, let note = try CheckpointFile(path: path).last,
      let checkpoint = try? Checkpoint(parsing: note.text)
    {
      size = max(size, checkpoint.head.size)
    }
    return size
  }

  /// Recomputes every leaf, tile and the root.
  ///
  /// - Throws: `logDamaged` where it is not what was recorded.
  package func head(progress: (Int64) -> Bool = { _ in true }) throws(Problem) -> TreeHead {
    var audit = try Audit(RowReader(eras: eras, actors: actors), readers, known: nil, after: 0)
    while audit.frontier.size < size {
      _ = try audit.replay(through: min(size, audit.frontier.size + Audit.stride))
      guard progress(audit.frontier.size) else { throw .jobStopped }
    }
    return TreeHead(size: size, root: audit.frontier.root)
  }

  /// Opens sealed fields with the keys of the copy, all of them or a sample, after comparing each with
  /// the digest in its event.
  ///
  /// - Returns: How many were opened.
  /// - Throws: `logDamaged` where one does not open, and is not of somebody erased.
  package func openFields(
    keys directory: String, keyFile: String
  ) throws(Problem) -> Int {
    let keys = try KeyCopy(directory: directory, keyFile: keyFile, origin: firstOrigin)
    let queue = try Connection.reading(path)
    let rows = RowReader(eras: eras, actors: actors)
    let boxes = try queue.perform { db in
      let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM sealed") ?? 0
      let step = count / Self.opened + 1
      var boxes: [SealedBox] = []
      var index = 0
      let cursor = try GRDB.Row.fetchCursor(db, sql: "SELECT customer, seq, field, box FROM sealed")
      while let row = try cursor.next() {
        defer { index += 1 }
        guard index % step == 0, let bytes = row["box"] as Data? else { continue }
        let name = try row.value("field", as: String.self, in: "sealed")
        guard let field = PersonalField(rawValue: name) else { continue }
        boxes.append(
          SealedBox(
            customer: CustomerID(try row.value("customer", as: Int32.self, in: "sealed")),
            seq: try row.value("seq", as: Int64.self, in: "sealed"), field: field,
            bytes: Array(bytes)))
      }
      return boxes
    }
    var count = 0
    try readers.read { (reader) throws(Problem) in
      var writer = ByteWriter()
      for box in boxes {
        let event = try rows.event(box.seq, reader, &writer)
        guard let bytes = box.bytes,
          event.sealedDigests[box.field.rawValue] == .string(Seal.digest(bytes))
        else { throw .sealedDamaged(box) }
        // Recorded as erased, and not yet destroyed when the copy was made.
        guard let key = try keys.key(of: box.customer) else { continue }
        let binding = Seal.Binding(
          origin: eras[box.seq].origin, type: event.type, field: box.field, customer: box.customer)
        guard Seal.open(bytes, binding, key: key) != nil else {
          throw .logDamaged(
            "the keys of the copy do not open customer \(box.customer.rawValue) in event \(box.seq)"
          )
        }
        count += 1
      }
    }
    return count
  }
}

/// The keys of a copy.
private struct KeyCopy {
  private let queue: DatabaseQueue
  private let file: KeyFile
  private let origin: String

  init(directory: String, keyFile: String, origin: String) throws(Problem) {
    queue = try Connection.reading(directory + "/keys.db")
    file = try KeyFile(path: keyFile, mayCreate: false)
    self.origin = origin
    let owner = try queue.perform {
      try String.fetchOne($0, sql: "SELECT value FROM ledger WHERE key = 'origin'")
    }
    guard owner == origin else {
      throw .storageFailed(
        "\(directory)/keys.db belongs to \(owner ?? "nothing"), not to \(origin)")
    }
  }

  /// Nil where it has been destroyed.
  func key(of customer: CustomerID) throws(Problem) -> SymmetricKey? {
    try queue.perform { db in
      let select = try db.cachedStatement(
        sql: "SELECT epoch, wrapped FROM data_key WHERE customer = ?")
      guard let row = try GRDB.Row.fetchOne(select, arguments: [customer.rawValue]) else {
        throw Problem.logDamaged("the key of customer \(customer.rawValue) is not in the copy")
      }
      let wrapped = Array(try row.value("wrapped", as: Data.self, in: "data_key"))
      guard !KeyStore.isDestroyed(wrapped) else { return nil }
      let wrapping = try file.key(row.value("epoch", as: Int64.self, in: "data_key"))
      guard
        let plain = Seal.open(
          wrapped, KeyStore.binding(customer.rawValue, origin: origin), key: wrapping)
      else {
        throw Problem.logDamaged("the key file does not open the key of \(customer.rawValue)")
      }
      return Seal.key(plain)
    }
  }
}
