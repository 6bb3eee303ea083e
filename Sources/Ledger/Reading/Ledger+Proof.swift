package import Domain
import EventLog
package import Proof

/// What the ledger proves of itself. None of it needs what is sealed or has been erased.
extension Ledger {
  /// The key by which others check what this ledger signs.
  package var verifierKey: VerifierKey { log.verifierKey }

  /// The size of the last checkpoint; nil where none can be trusted.
  package var signedSize: Int64? { (try? log.checkpoint)?.head.size }

  /// The names the log has had, the present one last.
  package var origins: [String] { log.origins }

  /// How far the scrubber has looked through the log in this pass, how many passes it has finished,
  /// and when the last one.
  package var scrubbed: (position: Int64, passes: Int64, finished: Timestamp?) {
    let progress = scrubber.progress
    return (progress.position, progress.passes, progress.finished)
  }

  package func checkpoint(by caller: Caller) throws(Problem) -> SignedNote {
    _ = try state(for: caller, .logRead)
    return try log.checkpoint.note
  }

  /// Checkpoints in the order they were signed; `place` is 0 or where an earlier page has ended.
  package func checkpoints(
    from place: Int64, limit: Int, by caller: Caller
  ) throws(Problem) -> (notes: [SignedNote], next: Int64?) {
    _ = try state(for: caller, .logRead)
    return try log.checkpoints(from: place, limit: limit)
  }

  /// Proves that an event stands in the log as it was signed last; an event newer than that is signed
  /// at once.
  package func receipt(of seq: Int64, by caller: Caller) throws(Problem) -> EventReceipt {
    _ = try state(for: caller, .logRead)
    return try log.receipt(of: seq)
  }

  /// Proves that the log of size `newer` begins with all of the log of size `older`.
  package func consistency(
    from older: Int64, to newer: Int64, by caller: Caller
  ) throws(Problem) -> (older: TreeHead, newer: TreeHead, proof: [TreeHash]) {
    _ = try state(for: caller, .logRead)
    return (
      try log.head(atSize: older), try log.head(atSize: newer),
      try log.consistencyProof(from: older, to: newer)
    )
  }

  /// Hashes of the tree, as tlog-tiles asks for them.
  package func tile(
    level: Int, position: Int64, width: Int, by caller: Caller
  ) throws(Problem) -> [TreeHash] {
    _ = try state(for: caller, .logRead)
    return try log.tile(level: level, position: position, width: width)
  }

  /// The public forms of events, as tlog-tiles asks for them.
  package func entries(
    position: Int64, width: Int, by caller: Caller
  ) throws(Problem) -> [[UInt8]] {
    _ = try state(for: caller, .logRead)
    return try log.entries(position: position, width: width)
  }
}
