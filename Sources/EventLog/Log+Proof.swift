package import Domain
package import Proof

extension Log {
  /// The key by which others check what this log signs.
  package var verifierKey: VerifierKey { notary.key.verifier }

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

  /// Proves that event `seq` stands in the log, against what has been signed last.
  package func receipt(of seq: Int64) throws(Problem) -> EventReceipt {
    guard seq >= 1, seq <= size else { throw .seqNotFound(seq) }
    let (head, note) = try signedCheckpoint(atLeast: seq)
    return EventReceipt(
      index: seq - 1, proof: try inclusionProof(of: seq, inSize: head.size), note: note)
  }
}
