internal import Dispatch
package import Domain
package import Proof
internal import Synchronization

/// The ledger's memory: appends events, reads them, and proves that they are what was appended.
///
/// Invariant: nothing outside this module reads or writes log.db, keys.db and `head`, and one process
/// at a time opens them (the Ledger holds the lock file).
package final class Log: Sendable {
  let eras: Eras
  let readers: ReaderPool
  let keys: KeyStore
  let notary: Notary
  /// The answers to requests with a key.
  package let answers: AnswerStore
  /// Nil once the log is closed.
  let writer: Mutex<Writer?>
  let published: Mutex<Published>
  /// Flushes the head file and checkpoints, away from the path of a command.
  let housekeeping = DispatchQueue(label: "tagledger.log.housekeeping", qos: .utility)

  /// What readers may know; changed after each commit.
  struct Published: Sendable {
    var head: TreeHead
    /// The hashes of the unfinished tile of each level at that size.
    var unfinished: [[TreeHash]]
    var actors: ActorNames
    var lastAt: Timestamp
    var lastCommand: CommandID?
    var damage: Problem?
    var isHousekeepingDue = false
    /// Whether the WAL still holds pages from before an erasure.
    var isWALToBeEmptied = false
    var appends = 0
  }

  init(
    eras: Eras, readers: ReaderPool, keys: KeyStore, notary: Notary, writer: Writer, head: TreeHead,
    damage: Problem?, answers: AnswerStore
  ) {
    self.eras = eras
    self.answers = answers
    self.readers = readers
    self.keys = keys
    self.notary = notary
    published = Mutex(
      Published(
        head: head, unfinished: writer.frontier.partial, actors: writer.actors,
        lastAt: writer.lastAt, lastCommand: writer.lastCommand, damage: damage))
    self.writer = Mutex(writer)
  }

  /// The log's present name, which stands in the public form of every new event.
  package var origin: String { eras.current.origin }

  /// The number of the last durable event; 0 in an empty log.
  package var size: Int64 {
    published.withLock { $0.head.size }
  }

  /// The size and root of the log.
  package var head: TreeHead {
    published.withLock { $0.head }
  }

  /// When the last event was recorded, for the clock to go on from.
  package var lastAt: Timestamp {
    published.withLock { $0.lastAt }
  }

  /// The command of the last event, for the ids to go on from.
  package var lastCommand: CommandID? {
    published.withLock { $0.lastCommand }
  }

  /// Why appends are refused: the log is not what was appended. Set at opening or by a later read.
  package var damage: Problem? {
    published.withLock { $0.damage }
  }

  /// What an operator should be told, though the ledger goes on.
  package var warnings: [String] {
    let lost =
      keys.hasLostKeys
      ? ["keys.db was missing and has been made anew: earlier personal fields cannot be opened"]
      : []
    return lost + [notary.trouble].compactMap(\.self)
  }

  /// Remembers damage, whoever finds it first, and throws the problem on.
  func noting<T>(_ body: () throws(Problem) -> T) throws(Problem) -> T {
    do {
      return try body()
    } catch {
      throw noted(error)
    }
  }

  /// The same problem, which is remembered where it is damage.
  func noted(_ problem: Problem) -> Problem {
    if case .logDamaged = problem {
      published.withLock { if $0.damage == nil { $0.damage = problem } }
    }
    return problem
  }

  /// Remembers damage that whoever adds the log up has found, and returns it as a problem to throw.
  package func damaged(_ what: String) -> Problem {
    published.withLock { published in
      let problem = Problem.logDamaged(what)
      if published.damage == nil { published.damage = problem }
      return problem
    }
  }

  /// The canonical JSON that is hashed, proved and downloaded.
  package func publicForm(_ event: RecordedEvent) -> [UInt8] {
    var writer = ByteWriter()
    eras[event.seq].form.write(event, actor: PublicForm.quoted(event.actor.name), to: &writer)
    return Array(writer.bytes)
  }

  /// SHA-256(00 ‖ public form).
  package func leaf(_ event: RecordedEvent) -> TreeHash {
    TreeHash.leaf(publicForm(event))
  }

  /// The keyed hash by which a customer is found.
  package func lookupKey(_ kind: PersonalField, _ value: String) -> LookupKey {
    keys.lookupKey(kind, value)
  }

  /// Flushes and closes. Whoever appends later is told that the ledger is shutting down.
  package func close() {
    if damage == nil { _ = try? notary.sign(head) }
    // First, since only the writer may be the last to leave: it brings the WAL home.
    readers.close()
    writer.withLock { writer in
      guard let open = writer else { return }
      // Of a damaged log nothing is touched: its head says what has been lost.
      if damage == nil {
        open.checkpoint()
        if open.isHeadBehind { try? open.head.write(head) }
        try? open.head.sync()
      }
      writer = nil
    }
    keys.close()
    answers.close()
  }
}
