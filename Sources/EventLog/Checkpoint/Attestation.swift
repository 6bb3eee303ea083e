internal import Domain
internal import Glibc
internal import Proof

/// Compares what has been signed with the log, when it is opened and later on.
struct Attestation: Sendable {
  let eras: Eras
  let key: SigningKey
  let size: Int64
  /// The root the log had at a size.
  let root: @Sendable (Int64) throws(Problem) -> TreeHash

  /// Looks at the end of a file of checkpoints; a piece that a write cut short has left is taken away.
  ///
  /// - Parameter what: What the file is, for the reason.
  /// - Returns: The last checkpoint under the log's present name; nil where there is none.
  /// - Throws: `logDamaged` when the log is shorter than what was signed, or has another root.
  func compare(
    _ file: CheckpointFile, _ what: String
  ) throws(Problem) -> Notary.SignedHead? {
    if let fault = file.fault { throw fault }
    var found: Notary.SignedHead?
    if let note = file.last {
      let checkpoint = try checked(note, what)
      if checkpoint.origin == key.verifier.name {
        found = Notary.SignedHead(head: checkpoint.head, note: note)
      }
    }
    if !file.tail.isEmpty {
      guard try isCutShort(file.tail) else {
        throw .logDamaged("\(what) ends with something that was never signed")
      }
      try file.cutTail()
    }
    return found
  }

  /// Checks one note against the log.
  func checked(_ note: SignedNote, _ what: String) throws(Problem) -> Checkpoint {
    let checkpoint = try read(note, what)
    guard let limit = eras.limit(of: checkpoint.origin) else {
      throw .logDamaged(
        "\(what) holds a checkpoint of \(checkpoint.origin), which this log has never been")
    }
    guard checkpoint.head.size <= limit else { return checkpoint }
    guard checkpoint.head.size <= size else {
      throw .logDamaged(
        "it ends at event \(size), but \(checkpoint.head.size) events have been signed: \(what)")
    }
    guard try root(checkpoint.head.size) == checkpoint.head.root else {
      throw .logDamaged(
        "its first \(checkpoint.head.size) events are not those that have been signed: \(what)")
    }
    return checkpoint
  }

  /// Reads a note, and checks its signature where it is of the present name. A key that was lost with
  /// an earlier name cannot be asked any more.
  func read(_ note: SignedNote, _ what: String) throws(Problem) -> Checkpoint {
    do {
      let checkpoint = try Checkpoint(parsing: note.text)
      if checkpoint.origin == key.verifier.name {
        try note.verify([key.verifier])
      } else if let earlier = key.renamed(checkpoint.origin)?.verifier,
        note.signatures.contains(where: { $0.keyID == earlier.id })
      {
        try note.verify([earlier])
      }
      return checkpoint
    } catch {
      throw .logDamaged("\(what) holds a note that proves nothing: \(error)")
    }
  }

  /// Whether this is what a write of the next note leaves when it is cut short: the beginning of the
  /// very note, which can be made again since Ed25519 signs the same text alike; and perhaps zeros,
  /// where the file had grown but its bytes had not arrived.
  private func isCutShort(_ tail: [UInt8]) throws(Problem) -> Bool {
    let piece = tail.prefix(tail.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0)
    let lines = String(decoding: piece, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let start = Array("\(key.verifier.name)\n".utf8)
    guard lines.count > 2, let signed = Int64(lines[1]), signed >= 0, signed <= size else {
      // Too short to tell which: a name, and digits.
      let digits = piece.dropFirst(start.count)
      return lines.count <= 2 && (start.starts(with: piece) || piece.starts(with: start))
        && digits.allSatisfy { (0x30...0x39).contains($0) }
    }
    let head = TreeHead(size: signed, root: try root(signed))
    let note = key.sign(Checkpoint(origin: key.verifier.name, head: head).text).bytes
    return (note + [0x0a]).starts(with: piece)
  }
}
