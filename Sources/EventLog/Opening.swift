internal import Domain
internal import GRDB
internal import Glibc
internal import Proof

/// What opening finds out before there is a log.
struct Opening {
  let eras: Eras
  let options: LogOptions
  let directory: String
  let readers: ReaderPool
  private var actors = ActorNames()
  private(set) var size: Int64 = 0
  private var known: TreeHead?
  private var audit: Audit?
  private var damage: Problem?

  init(eras: Eras, options: LogOptions, directory: String, readers: ReaderPool) {
    self.eras = eras
    self.options = options
    self.directory = directory
    self.readers = readers
  }

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
      try verify(known: known)
    } catch {
      guard case .logDamaged = error else { throw error }
      damage = error
    }
  }

  private mutating func compare(_ found: HeadFile.Content) throws(Problem) {
    switch found {
    case .former:
      break
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

  private mutating func verify(known: TreeHead?, whole: Bool = false) throws(Problem) {
    let start =
      whole || size <= options.verifiesWholeUpTo
      ? 0 : max(0, size - options.verifiesNewest) & ~Int64(TreeFrontier.tileWidth - 1)
    let rows = RowReader(eras: eras, actors: actors)
    var audit = try Audit(rows, readers, known: known, after: start)
    while audit.frontier.size < size {
      _ = try audit.replay(through: min(size, audit.frontier.size + Audit.stride))
    }
    self.audit = audit
  }

  /// The log as it has been found, for reading only where it is damaged.
  mutating func log(
    _ queue: DatabaseQueue, _ keys: KeyStore, _ headFile: HeadFile
  ) throws(Problem) -> Log {
    let notary = try notary()
    let frontier = audit?.frontier ?? TreeFrontier()
    let head =
      damage == nil
      ? TreeHead(size: frontier.size, root: frontier.root)
      : TreeHead(size: size, root: known?.root ?? .empty)
    if damage == nil {
      if case .head = headFile.found {
        try headFile.write(head)
        try headFile.sync()
      } else {
        try headFile.create(head, directory: directory)
      }
      try notary.sign(head)
    }
    let writer = try Writer(
      queue: queue, head: headFile, frontier: frontier, actors: actors,
      lastAt: audit?.lastAt ?? Timestamp(microseconds: 0), lastCommand: audit?.lastCommand)
    return Log(
      eras: eras, readers: readers, keys: keys, notary: notary, writer: writer, head: head,
      damage: damage, answers: try answers(keys))
  }

  private var answersPath: String { directory + "/answers.db" }

  private func answers(_ keys: KeyStore) throws(Problem) -> AnswerStore {
    try AnswerStore(
      path: answersPath, key: keys.answerKey,
      window: Int64(options.remembersRequestsFor) * 3_600_000_000)
  }

  // MARK: What has been signed

  private func attestation(_ seed: [UInt8]) throws(Problem) -> Attestation {
    guard let key = SigningKey(name: eras.current.origin, seed: seed) else {
      throw .logDamaged("no key can be named \(eras.current.origin)")
    }
    let readers = readers
    return Attestation(eras: eras, key: key, size: size) { (size) throws(Problem) in
      try readers.read { (reader) throws(Problem) in try TreeSource(reader).root(0..<size) }
    }
  }

  private var signingKeyFile: String { options.signingKeyFile ?? directory + "/signing.key" }

  private mutating func notary() throws(Problem) -> Notary {
    let seed = try SigningKeyFile.seed(path: signingKeyFile, mayCreate: size == 0)
    let attestation = try attestation(seed)
    let file = try CheckpointFile(path: directory + "/checkpoints")
    var last: Notary.SignedHead?
    do throws(Problem) {
      if file.isEmpty {
        guard size == 0 else {
          throw .logDamaged("there are \(size) events, but the file `checkpoints` is missing")
        }
        try Directory.sync(directory)
      }
      last = try attestation.compare(file, "the file `checkpoints`")
      // A second place that cannot be reached is told of when something is to be written there.
      if case .file(let path)? = options.secondPlace, let copy = try? CheckpointFile(path: path) {
        _ = try attestation.compare(copy, path)
      }
    } catch {
      guard case .logDamaged = error else { throw error }
      // Events that are damaged themselves say more than a root that differs.
      if damage == nil { damage = error }
    }
    return Notary(
      key: attestation.key, file: file, last: last, secondPlace: options.secondPlace)
  }

  // MARK: Going on

  /// Takes the log as it is, if it is sound in itself, and records under a new name what had been
  /// signed under the last one.
  mutating func goOn(
    as name: String?, at now: Timestamp, _ queue: DatabaseQueue, _ keys: KeyStore
  ) throws(Problem) -> Log {
    damage = nil
    try verify(known: nil, whole: true)
    guard let audit else { throw .logDamaged("it could not be read") }
    let name = name ?? Eras.randomOrigin()
    try Eras.checkOrigin(name)
    guard eras.limit(of: name) == nil else {
      throw .storageFailed("the new origin has to be one that this log has never had: \(name)")
    }
    let seed = try SigningKeyFile.seed(path: signingKeyFile, mayCreate: true)
    let attestation = try attestation(seed)
    let file = try soundCheckpoints()
    let cited = citation(file, attestation)
    let agreed = try attestation.agreed(file, also: cited?.head)
    let eras = eras.adding(name, first: size + 1, agreed: agreed)
    let headFile = try HeadFile(path: directory + "/head", origins: eras.origins)
    // They may tell of events that are lost.
    AnswerStore.remove(answersPath)
    let writer = try Writer(
      queue: queue, head: headFile, frontier: audit.frontier, actors: actors,
      lastAt: audit.lastAt, lastCommand: audit.lastCommand)
    guard let key = attestation.key.renamed(name) else {
      throw .storageFailed("no key can be named \(name)")
    }
    let log = Log(
      eras: eras, readers: readers, keys: keys,
      notary: Notary(key: key, file: file, last: nil, secondPlace: options.secondPlace),
      writer: writer, head: TreeHead(size: size, root: audit.frontier.root), damage: nil,
      answers: try answers(keys))
    var ids = CommandIDGenerator(after: audit.lastCommand)
    let data: JSON = .object([
      "agreed": .int(agreed), "name": .string(name),
      "origin": .string(cited?.origin ?? self.eras.current.origin),
      "root": .string((cited?.head.root ?? .empty).base64), "size": .int(cited?.head.size ?? 0),
    ])
    let draft = Draft(
      command: ids.next(now: now), actor: .system, at: now,
      events: [Event(.ledgerContinued, data: data)])
    let appended = try log.append([draft]) { (writer) throws(Problem) in
      writer.insertOrigin.bind(writer.frontier.size + 1, at: 1)
      writer.insertOrigin.bind(name, at: 2)
      try writer.insertOrigin.run()
    }
    try headFile.create(appended.head, directory: directory)
    try log.notary.sign(appended.head)
    return log
  }

  /// The file of checkpoints, without a piece at its end; one that does not read is put aside.
  private func soundCheckpoints() throws(Problem) -> CheckpointFile {
    let path = directory + "/checkpoints"
    var file = try CheckpointFile(path: path)
    if file.fault != nil {
      guard rename(path, "\(path).unreadable-\(size)") == 0 else {
        throw .system("rename", path: path, errno: errno)
      }
      file = try CheckpointFile(path: path)
    }
    if !file.tail.isEmpty { try file.cutTail() }
    try Directory.sync(directory)
    return file
  }

  /// The longest that is known to have been signed; else what the head file says.
  private func citation(_ file: CheckpointFile, _ attestation: Attestation) -> Checkpoint? {
    var notes = [file.last]
    if case .file(let path)? = options.secondPlace {
      notes.append((try? CheckpointFile(path: path))?.last)
    }
    let signed = notes.compactMap { note in
      note.flatMap { try? attestation.read($0, "a checkpoint") }
    }
    return signed.max { $0.head.size < $1.head.size }
      ?? known.map { Checkpoint(origin: eras.current.origin, head: $0) }
  }
}

extension Attestation {
  /// How many events of the log are those that have been signed, by the longest checkpoint that holds.
  ///
  /// - Parameter also: A checkpoint that may stand elsewhere.
  func agreed(_ file: CheckpointFile, also: TreeHead?) throws(Problem) -> Int64 {
    var heads: [TreeHead] = [TreeHead.empty] + [also].compactMap(\.self)
    var place: Int64 = 0
    while place < file.end {
      let (notes, next) = try CheckpointFile.notes(file.path, place..<file.end, limit: 1024)
      for (_, note) in notes {
        // Whoever signed it: a root that the log has is one it had.
        guard let checkpoint = try? Checkpoint(parsing: note.text) else { continue }
        if eras.limit(of: checkpoint.origin) ?? 0 >= checkpoint.head.size {
          heads.append(checkpoint.head)
        }
      }
      place = next
    }
    heads = heads.filter { $0.size <= size }.sorted { $0.size < $1.size }
    // Whatever holds, everything shorter that was signed of the same log holds too.
    var (low, high) = (0, heads.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if try root(heads[middle].size) == heads[middle].root { low = middle } else { high = middle }
    }
    return heads[low].size
  }
}
