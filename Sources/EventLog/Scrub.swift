package import Domain
internal import Proof

extension Log {
  /// What has been signed is held against the log as it lies on the disk.
  var attestation: Attestation {
    let readers = readers.afresh
    return Attestation(eras: eras, key: notary.key, size: size) { (size) throws(Problem) in
      try readers.read { (reader) throws(Problem) in try TreeSource(reader).root(0..<size) }
    }
  }

  /// Compares the log with the last checkpoint, in the file and in a second place that is one.
  ///
  /// - Throws: `logDamaged`, and the log takes no more events.
  package func compareWithSigned() throws(Problem) {
    try noting { () throws(Problem) in
      if let damage { throw damage }
      let attestation = attestation
      for (what, note) in try notary.reread() {
        _ = try attestation.checked(note, what)
      }
    }
  }
}

/// Looks through the whole log a little at a time: values against leaves, leaves against tiles, sealed
/// fields against their digests.
///
/// Unlike `Log.verify` it keeps to one thread, and to one small read at a time.
package struct Scrub {
  private let log: Log
  /// Connections that have been reading for a while answer from their memory.
  private let readers: ReaderPool
  private var audit: Audit

  /// Begins behind `watermark` events, or a little before that.
  ///
  /// - Throws: `logDamaged`, and the log takes no more events.
  package init(_ log: Log, after watermark: Int64) throws(Problem) {
    self.log = log
    let readers = log.readers.afresh
    self.readers = readers
    let start = min(watermark, log.size) & ~Int64(TreeFrontier.tileWidth - 1)
    audit = try log.noting { () throws(Problem) in
      try Audit(log.snapshot.rows, readers, known: nil, after: start)
    }
  }

  /// How many events have been looked at, or lie before the beginning.
  package var position: Int64 { audit.frontier.size }

  /// Looks at the next few thousand events; false when there are none.
  ///
  /// - Parameter erased: Whose sealed fields need not be there any more.
  /// - Throws: `logDamaged`, and the log takes no more events.
  package mutating func step(erased: CustomerSet) throws(Problem) -> Bool {
    let end = min(log.size, audit.frontier.size + Audit.sliceSize)
    guard end > audit.frontier.size else { return false }
    // Names that came meanwhile are known to a later reader only.
    var next = audit.reading(log.snapshot.rows)
    let (log, readers) = (log, readers)
    try log.noting { () throws(Problem) in
      let sealed = try next.replay(through: end)
      try readers.read { (reader) throws(Problem) in
        for event in sealed { try log.verifySealed(event, erased, reader) }
      }
    }
    audit = next
    return true
  }
}
