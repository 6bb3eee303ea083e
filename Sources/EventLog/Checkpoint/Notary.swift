internal import Domain
internal import Proof
internal import Synchronization

/// Where signed checkpoints go besides the file `checkpoints`.
package enum SecondPlace: Sendable {
  /// A file elsewhere: on another disk, another machine, or where nothing can be taken away again.
  case file(String)
  /// Whoever keeps it: the daemon's journal.
  case told(@Sendable (_ checkpoint: String) -> Void)
}

/// Signs the head of the log, and keeps what it has signed.
final class Notary: Sendable {
  let key: SigningKey
  let path: String
  private let state: Mutex<State>

  private struct State {
    let file: CheckpointFile
    let copy: SecondPlace?
    /// The second place, once it has been opened.
    var copyFile: CheckpointFile?
    /// What has been signed last; nil before the first time, and where it cannot be trusted.
    var last: SignedHead?
    /// Why the second place does not take checkpoints at the moment.
    var trouble: String?
  }

  /// What has been signed, and the note that says so.
  struct SignedHead: Sendable {
    let head: TreeHead
    let note: SignedNote
  }

  init(key: SigningKey, file: CheckpointFile, last: SignedHead?, secondPlace: SecondPlace?) {
    self.key = key
    path = file.path
    state = Mutex(State(file: file, copy: secondPlace, last: last))
  }

  /// What has been signed last.
  var last: SignedHead? { state.withLock { $0.last } }

  /// Where the last note ends in the file.
  var end: Int64 { state.withLock { $0.file.end } }

  /// Why the second place lacks the last checkpoint; nil when all is well.
  var trouble: String? { state.withLock { $0.trouble } }

  /// Reads the last notes again, of the file and of a second place that is one.
  func reread() throws(Problem) -> [(what: String, note: SignedNote)] {
    try state.withLock { (state) throws(Problem) -> [(what: String, note: SignedNote)] in
      guard let last = state.last else { return [] }
      let found = try CheckpointFile(path: path)
      guard found.fault == nil, found.last == last.note, found.end == state.file.end else {
        throw .logDamaged("the file `checkpoints` does not end with what has been signed last")
      }
      var notes = [("the file `checkpoints`", last.note)]
      if case .file(let path)? = state.copy, let copy = try? CheckpointFile(path: path) {
        if let fault = copy.fault { throw fault }
        if let note = copy.last { notes.append((path, note)) }
      }
      return notes
    }
  }

  /// Signs a head, unless one at least as long has been signed already, and returns once the note is
  /// durable. The head has to be a durable one too.
  @discardableResult
  func sign(_ head: TreeHead) throws(Problem) -> SignedHead {
    try state.withLock { (state) throws(Problem) -> SignedHead in
      if let last = state.last, last.head.size >= head.size { return last }
      let text = Checkpoint(origin: key.verifier.name, head: head).text
      let signed = SignedHead(head: head, note: key.sign(text))
      try state.file.append(signed.note)
      state.last = signed
      Self.copy(signed.note, &state)
      return signed
    }
  }

  /// The log goes on without the second place: it would stop with every mount that is late.
  private static func copy(_ note: SignedNote, _ state: inout State) {
    guard let place = state.copy else { return }
    do throws(Problem) {
      switch place {
      case .told(let tell): tell(String(decoding: note.bytes, as: UTF8.self))
      case .file(let path):
        let file = if let open = state.copyFile { open } else { try CheckpointFile(path: path) }
        state.copyFile = nil
        try file.append(note)
        state.copyFile = file
      }
      state.trouble = nil
    } catch {
      state.trouble = "checkpoints do not reach the second place: \(error)"
    }
  }
}
