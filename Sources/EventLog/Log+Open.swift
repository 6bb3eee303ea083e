package import Domain
internal import GRDB
internal import Glibc

extension Log {
  /// Opens the log of a data directory, makes it when there is none, and compares it with its head.
  ///
  /// A log that is shorter than its head or has another root opens with `damage` set: what can be read
  /// is read, appends are refused.
  ///
  /// - Throws: `storageFull`, `storageFailed`; `logDamaged` when the file is so far gone that SQLite
  ///   cannot open it.
  package static func open(directory: String, options: LogOptions) throws(Problem) -> Log {
    if mkdir(directory, 0o700) != 0, errno != EEXIST {
      throw .system("mkdir", path: directory, errno: errno)
    }
    let path = directory + "/log.db"
    let queue = try Connection.writing(path)
    let origin = try prepare(queue, options)
    let keys = try KeyStore(
      path: directory + "/keys.db", keyFile: options.keyFile ?? directory + "/key", origin: origin,
      sealed: try lastSealed(queue))
    let readers = ReaderPool(path: path)
    let headFile = try HeadFile(path: directory + "/head", origin: origin)
    var opening = Opening(origin: origin, options: options, readers: readers)
    try opening.read(queue, found: headFile.found)

    let frontier = opening.audit?.frontier ?? TreeFrontier()
    let head =
      opening.damage == nil
      ? TreeHead(size: frontier.size, root: frontier.root)
      : TreeHead(size: opening.size, root: opening.known?.root ?? .empty)
    let writer = try Writer(
      queue: queue, head: headFile, frontier: frontier, actors: opening.actors,
      lastAt: opening.audit?.lastAt ?? Timestamp(microseconds: 0),
      lastCommand: opening.audit?.lastCommand)
    if opening.damage == nil {
      if headFile.found == .none {
        try headFile.create(head, directory: directory)
      } else {
        try headFile.write(head)
        try headFile.sync()
      }
    }
    return Log(
      origin: origin, readers: readers, keys: keys, writer: writer, head: head,
      damage: opening.damage)
  }

  /// Makes or checks the schema, and returns the origin.
  private static func prepare(
    _ queue: DatabaseQueue, _ options: LogOptions
  ) throws(Problem) -> String {
    try queue.transaction { db in
      if try Schema.log.prepare(db, name: "log.db") {
        let origin = options.origin ?? randomOrigin()
        guard isOrigin(origin) else {
          throw Problem.storageFailed(
            "“\(origin)” cannot be an origin: 1 to 200 visible characters")
        }
        try db.execute(sql: "INSERT INTO meta VALUES ('origin', ?)", arguments: [origin])
        for type in EventType.allCases {
          try db.execute(
            sql: "INSERT INTO event_type VALUES (?, ?)",
            arguments: [type.rawValue, type.formName.description])
        }
      }
      try checkTypes(db)
      guard
        let origin = try String.fetchOne(db, sql: "SELECT value FROM meta WHERE key = 'origin'"),
        isOrigin(origin)
      else { throw Problem.logDamaged("the origin is missing") }
      if let wanted = options.origin, wanted != origin {
        throw Problem.storageFailed(
          "the origin of this log is \(origin), for ever; the configuration says \(wanted)")
      }
      return origin
    }
  }

  /// The highest customer of whom personal fields are kept.
  private static func lastSealed(_ queue: DatabaseQueue) throws(Problem) -> Int32 {
    try queue.perform { db in
      let value = try DatabaseValue.fetchOne(db, sql: "SELECT max(customer) FROM sealed") ?? .null
      return value.isNull ? 0 : try Int32.decoded(value, "sealed.customer")
    }
  }

  /// Adds the types that have come with this version, and compares the rest.
  private static func checkTypes(_ db: Database) throws {
    for type in EventType.allCases {
      let name = try String.fetchOne(
        db, sql: "SELECT name FROM event_type WHERE id = ?", arguments: [type.rawValue])
      if name == nil {
        try db.execute(
          sql: "INSERT INTO event_type VALUES (?, ?)",
          arguments: [type.rawValue, type.formName.description])
      } else if name != type.formName.description {
        throw Problem.logDamaged("event type \(type.rawValue) has another name")
      }
    }
  }

  private static func randomOrigin() -> String {
    "tagledger/" + Hex.text((0..<8).map { _ in UInt8.random(in: 0...255) })
  }

  private static func isOrigin(_ text: String) -> Bool {
    (1...200).contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f }
  }
}

/// What opening finds out before there is a log.
private struct Opening {
  let origin: String
  let options: LogOptions
  let readers: ReaderPool
  var actors = ActorNames()
  var size: Int64 = 0
  var known: TreeHead?
  var audit: Audit?
  var damage: Problem?

  /// Reads what the database holds, and compares it with the head file; damage is only noted.
  mutating func read(_ queue: DatabaseQueue, found: HeadFile.Content) throws(Problem) {
    do {
      var actors = ActorNames()
      size = try queue.perform { db in
        let rows = try GRDB.Row.fetchCursor(db, sql: "SELECT id, name FROM actor ORDER BY id")
        while let row = try rows.next() {
          let name = try row.value("name", as: String.self, in: "actor")
          let (number, isNew) = actors.number(of: name)
          guard isNew, number == (try row.value("id", as: Int64.self, in: "actor")) else {
            throw Problem.logDamaged("actor \(number) is missing or stands there twice")
          }
        }
        return try Int64.fetchOne(db, sql: "SELECT max(seq) FROM event") ?? 0
      }
      self.actors = actors
      try compare(found)
      try verify()
    } catch {
      guard case .logDamaged = error else { throw error }
      damage = error
    }
  }

  private mutating func compare(_ found: HeadFile.Content) throws(Problem) {
    switch found {
    case .none:
      guard size == 0 else {
        throw .logDamaged("there are \(size) events, but the file `head` is missing")
      }
    case .unreadable(let why):
      throw .logDamaged("the file `head` cannot be trusted: \(why)")
    case .head(let head):
      known = head
      guard head.size <= size else {
        throw .logDamaged("it ends at event \(size), but its head says \(head.size)")
      }
    }
  }

  private mutating func verify() throws(Problem) {
    let start =
      size <= options.verifiesWholeUpTo
      ? 0 : max(0, size - options.verifiesNewest) & ~Int64(TreeFrontier.tileWidth - 1)
    let rows = RowReader(form: PublicForm(origin: origin), actors: actors)
    var audit = try Audit(rows, readers, known: known, after: start)
    while audit.frontier.size < size {
      _ = try audit.replay(through: min(size, audit.frontier.size + Audit.stride))
    }
    self.audit = audit
  }
}
