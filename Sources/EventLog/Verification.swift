package import Domain
internal import Proof

/// What `Log.verify` does, for somebody who reads the whole log anyway: stretches are read on any
/// thread, and taken in order.
package struct Verification {
  /// Reads stretches.
  package let reader: VerifyingReader
  private let log: Log
  private let head: TreeHead
  private var audit: Audit
  private var signed: SignedHeads

  /// Begins with the first event, and ends where the log ends now.
  ///
  /// - Parameter erased: Whose sealed fields need not be there any more.
  package init(of log: Log, erased: CustomerSet) throws(Problem) {
    self.log = log
    head = log.head
    // Connections that have been reading for a while answer from their memory.
    let readers = log.readers.afresh
    let (rows, head) = (log.snapshot.rows, head)
    reader = VerifyingReader(log: log, rows: rows, readers: readers, erased: erased)
    (audit, signed) = try log.noting { () throws(Problem) in
      if let damage = log.damage { throw damage }
      let signed = try SignedHeads(log.attestation, log.notary.path, end: log.notary.end)
      return (try Audit(rows, readers, known: head, after: 0), signed)
    }
  }

  /// Adds the next stretch to the tree, and compares that with tiles, head and checkpoints.
  package mutating func take(_ slice: AuditedSlice) throws(Problem) {
    do {
      let end = audit.frontier.size + Int64(slice.leaves.count)
      var heads = try signed.next(through: end)[...]
      try audit.take(slice, &heads)
    } catch {
      throw log.noted(error)
    }
  }

  /// Goes on with what nobody else reads, up to the end.
  package mutating func finish() throws(Problem) {
    while audit.frontier.size < head.size {
      let start = audit.frontier.size + 1
      try take(try reader.read(start...min(head.size, start + Audit.sliceSize - 1)) { _ in })
    }
  }
}

/// Reads rows of the log as they lie on the disk: each has to have its leaf, and its sealed fields the
/// digests that it holds.
package struct VerifyingReader: Sendable {
  fileprivate let log: Log
  fileprivate let rows: RowReader
  fileprivate let readers: ReaderPool
  fileprivate let erased: CustomerSet

  /// Visits the rows of a range, in order.
  package func read(
    _ range: ClosedRange<Int64>, _ body: (borrowing Row) throws(Problem) -> Void
  ) throws(Problem) -> AuditedSlice {
    try log.noting { () throws(Problem) in
      try readers.read { (reader) throws(Problem) in
        let slice = try AuditedSlice(range, rows, reader, body)
        try reader.together { () throws(Problem) in
          for event in slice.sealed { try log.verifySealed(event, erased, reader) }
        }
        return slice
      }
    }
  }
}
