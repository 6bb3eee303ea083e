package import Domain
internal import GRDB
internal import Glibc
internal import Proof

extension Log {
  /// Opens the log of a data directory, makes it when there is none, and compares it with its head and
  /// with what has been signed.
  ///
  /// A log that is shorter than its head or its last checkpoint, or has another root, opens with
  /// `damage` set: what can be read is read, appends are refused.
  ///
  /// - Throws: `storageFull`, `storageFailed`; `logDamaged` when the file is so far gone that SQLite
  ///   cannot open it, or when it is to go on under a new origin and is not sound in itself.
  package static func open(directory: String, options: LogOptions) throws(Problem) -> Log {
    if mkdir(directory, 0o700) != 0, errno != EEXIST {
      throw .system("mkdir", path: directory, errno: errno)
    }
    let path = directory + "/log.db"
    let queue = try Connection.writing(path)
    let eras = try prepare(queue, options)
    let keys = try KeyStore(
      path: directory + "/keys.db", keyFile: options.keyFile ?? directory + "/key",
      origin: eras.firstOrigin, sealed: try lastSealed(queue))
    let readers = ReaderPool(path: path)
    let headFile = try HeadFile(path: directory + "/head", origins: eras.origins)
    var opening = Opening(
      eras: eras, options: options, directory: directory, readers: readers)
    try opening.read(queue, found: headFile.found)
    if case .underNewOrigin(let name, let at) = options.continuing, opening.size > 0 {
      return try opening.goOn(as: name, at: at, queue, keys)
    }
    return try opening.log(queue, keys, headFile)
  }

  /// Makes or checks the schema, and returns the names of the log.
  private static func prepare(
    _ queue: DatabaseQueue, _ options: LogOptions
  ) throws(Problem) -> Eras {
    try queue.transaction { db in
      if try Schema.log.prepare(db, name: "log.db") {
        let origin = options.origin ?? Eras.randomOrigin()
        try Eras.checkOrigin(origin)
        try db.execute(sql: "INSERT INTO origin VALUES (1, ?)", arguments: [origin])
        for type in EventType.allCases {
          try db.execute(
            sql: "INSERT INTO event_type VALUES (?, ?)",
            arguments: [type.rawValue, type.formName.description])
        }
      }
      try checkTypes(db)
      let eras = try Eras.read(db)
      // What was set at the first start is still right when the log has gone on under another name.
      if let wanted = options.origin, !eras.origins.contains(wanted),
        case .asSigned = options.continuing
      {
        throw Problem.storageFailed(
          "the origin of this log is \(eras.current.origin); the configuration says \(wanted)")
      }
      return eras
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
}
