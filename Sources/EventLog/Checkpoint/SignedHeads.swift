internal import Dispatch
internal import Domain
internal import Proof
internal import Synchronization

/// All heads that have been signed of a log, by size, as far as they bind it; read along with a replay.
struct SignedHeads {
  private let attestation: Attestation
  private let path: String
  private var sections: [Section] = []

  /// The checkpoints under one name, which stand together in the file.
  private struct Section {
    let origin: String
    /// How long the log may be for them to bind it.
    let limit: Int64
    let end: Int64
    var place: Int64
    var heads: ArraySlice<TreeHead> = []
  }

  private static let batch = 4096

  /// Reads the whole file once, checks every signature, and that sizes rise under each name.
  init(_ attestation: Attestation, _ path: String, end: Int64) throws(Problem) {
    self.attestation = attestation
    self.path = path
    var place: Int64 = 0
    var last: Checkpoint?
    while place < end {
      let (notes, next) = try CheckpointFile.notes(path, place..<end, limit: Self.batch)
      let checkpoints = try Self.read(notes.map(\.note), attestation)
      for (checkpoint, (place, _)) in zip(checkpoints, notes) {
        if let last, last.origin == checkpoint.origin {
          guard last.head.size < checkpoint.head.size else {
            throw .logDamaged(
              "checkpoint \(checkpoint.head.size) stands behind \(last.head.size) in \(path)")
          }
        } else {
          try begin(checkpoint.origin, at: place, end)
        }
        last = checkpoint
      }
      place = next
    }
  }

  private mutating func begin(
    _ origin: String, at place: Int64, _ end: Int64
  ) throws(Problem) {
    guard let limit = attestation.eras.limit(of: origin),
      !sections.contains(where: { $0.origin == origin })
    else { throw .logDamaged("checkpoints of \(origin) stand where none can be in \(path)") }
    if let former = sections.popLast() {
      sections.append(
        Section(
          origin: former.origin, limit: former.limit, end: place, place: former.place))
    }
    sections.append(Section(origin: origin, limit: limit, end: end, place: place))
  }

  /// Checking a signature takes a tenth of a millisecond, so all cores do.
  private static func read(
    _ notes: [SignedNote], _ attestation: Attestation
  ) throws(Problem) -> [Checkpoint] {
    let parts = 16
    let found = Mutex([Result<[Checkpoint], Problem>](repeating: .success([]), count: parts))
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let range = notes.count * part / parts..<notes.count * (part + 1) / parts
      let result = Result { () throws(Problem) in
        var read: [Checkpoint] = []
        for note in notes[range] {
          read.append(try attestation.read(note, "the file `checkpoints`"))
        }
        return read
      }
      found.withLock { $0[part] = result }
    }
    var checkpoints: [Checkpoint] = []
    for result in found.withLock({ $0 }) { checkpoints += try result.get() }
    return checkpoints
  }

  /// The heads of up to `end` events that have not been handed out yet, in order.
  mutating func next(through end: Int64) throws(Problem) -> [TreeHead] {
    var heads: [TreeHead] = []
    for index in sections.indices {
      while true {
        if sections[index].heads.isEmpty {
          let section = sections[index]
          guard section.place < section.end else { break }
          let (notes, next) = try CheckpointFile.notes(
            path, section.place..<section.end, limit: Self.batch)
          sections[index].place = next
          sections[index].heads = try Self.heads(notes.map(\.note))[...]
        }
        guard let head = sections[index].heads.first,
          head.size <= min(end, sections[index].limit)
        else { break }
        sections[index].heads.removeFirst()
        guard head.size > 0 || head == .empty else {
          throw .logDamaged("the first checkpoint is not that of an empty log")
        }
        if head.size > 0 { heads.append(head) }
      }
    }
    return sections.count > 1 ? heads.sorted { $0.size < $1.size } : heads
  }

  private static func heads(_ notes: [SignedNote]) throws(Problem) -> [TreeHead] {
    var heads: [TreeHead] = []
    for note in notes {
      guard let checkpoint = try? Checkpoint(parsing: note.text) else {
        throw .logDamaged("a checkpoint has changed while it was read")
      }
      heads.append(checkpoint.head)
    }
    return heads
  }
}
