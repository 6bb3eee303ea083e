package import Domain
package import Proof

extension Log {
  /// The key by which others check what this log signs.
  package var verifierKey: VerifierKey { notary.key.verifier }

  /// The names the log has had, the present one last.
  package var origins: [String] { eras.origins }

  /// What has been signed last.
  ///
  /// - Throws: the damage of a log of which nothing that was signed can be trusted.
  package var checkpoint: (head: TreeHead, note: SignedNote) {
    get throws(Problem) {
      guard let last = notary.last else { throw damage ?? .shuttingDown }
      return (last.head, last.note)
    }
  }

  /// The last checkpoint, if it covers the log up to `seq`; else a new one, signed at once.
  package func signedCheckpoint(
    atLeast seq: Int64
  ) throws(Problem) -> (head: TreeHead, note: SignedNote) {
    if let last = notary.last, last.head.size >= seq { return (last.head, last.note) }
    let head = head
    guard seq <= head.size else { throw .seqNotFound(seq) }
    if let damage { throw damage }
    let signed = try notary.sign(head)
    return (signed.head, signed.note)
  }

  /// Up to `limit` of the notes that have been signed, the oldest first, from a place that an earlier
  /// call has given; 0 is the beginning.
  ///
  /// - Returns: The notes, and where the next begins; nil behind the last one.
  package func checkpoints(
    from place: Int64, limit: Int
  ) throws(Problem) -> (notes: [SignedNote], next: Int64?) {
    let end = notary.end
    guard place >= 0, place <= end else { throw .seqNotFound(place) }
    let (notes, next) = try CheckpointFile.notes(notary.path, place..<end, limit: limit)
    return (notes.map(\.note), next < end ? next : nil)
  }

  /// Hashes of the tree as tlog-tiles asks for them: `width` of level `level`, from `256 × position` on.
  ///
  /// - Throws: `seqNotFound` where they are not all there yet.
  package func tile(
    level: Int, position: Int64, width: Int
  ) throws(Problem) -> [TreeHash] {
    let size = size
    let nodes = level < 8 ? size >> (8 * Int64(level)) : 0
    let first = position << 8
    guard position >= 0, position < 1 << 54, first + Int64(width) <= nodes else {
      throw .seqNotFound(size + 1)
    }
    return try tree(size) { (tree) throws(Problem) in
      try tree.hashes(level: level, first..<first + Int64(width))
    }
  }

  /// The public forms of `width` events from `256 × position` on, counted from 0.
  package func entries(position: Int64, width: Int) throws(Problem) -> [[UInt8]] {
    let first = position << 8
    guard position >= 0, position < 1 << 54, first + Int64(width) <= size else {
      throw .seqNotFound(size + 1)
    }
    return try events(after: first, limit: width).map(publicForm)
  }

  /// Proves that event `seq` stands in the log, against what has been signed last.
  package func receipt(of seq: Int64) throws(Problem) -> EventReceipt {
    guard seq >= 1, seq <= size else { throw .seqNotFound(seq) }
    let (head, note) = try signedCheckpoint(atLeast: seq)
    return EventReceipt(
      index: seq - 1, proof: try inclusionProof(of: seq, inSize: head.size), note: note)
  }
}
