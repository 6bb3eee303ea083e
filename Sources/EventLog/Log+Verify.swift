package import Domain
internal import Proof
internal import Synchronization

extension Log {
  /// Replays the whole log and compares everything in it: columns with leaves, leaves with tiles, the
  /// tree with the head and with every checkpoint, these with their signatures, sealed fields with their
  /// digests. Stops at the first difference.
  ///
  /// The ledger goes on meanwhile; events appended later are not looked at.
  ///
  /// - Parameters:
  ///   - erased: Whose sealed fields need not be there any more.
  ///   - progress: Is told how many events have been verified; returns false to stop.
  package func verify(
    erased: CustomerSet = CustomerSet(), progress: (Int64) -> Bool = { _ in true }
  ) throws(Problem) {
    try noting { () throws(Problem) in
      if let damage { throw damage }
      let (_, rows) = snapshot
      // Connections that have been reading for a while answer from their memory.
      let readers = readers.afresh
      let head = self.head
      var signed = try SignedHeads(attestation, notary.path, end: notary.end)
      var audit = try Audit(rows, readers, known: head, after: 0)
      while audit.frontier.size < head.size {
        let end = min(head.size, audit.frontier.size + Audit.stride)
        let sealed = try audit.replay(through: end, signed: try signed.next(through: end))
        try readers.read { (reader) throws(Problem) in
          for event in sealed { try verifySealed(event, erased, reader) }
        }
        guard progress(end) else { return }
      }
    }
  }

  func verifySealed(
    _ event: RecordedEvent, _ erased: CustomerSet, _ reader: Reader
  ) throws(Problem) {
    let digests = event.sealedDigests
    guard let customer = event.customer, !digests.isEmpty else { return }
    let statement = reader.sealedOfEvent
    defer { statement.reset() }
    statement.bind(Int64(customer.rawValue), at: 1)
    statement.bind(event.seq, at: 2)
    var found: [String: JSON] = [:]
    while try statement.step() {
      let box = statement.bytes(2).map { Array($0) }
      found[statement.string(1) ?? ""] = box.map { .string(Seal.digest($0)) } ?? .null
    }
    // Who is erased while this goes on is not among those who had been before it.
    if found.isEmpty, erased.contains(customer) || keys.isHidden(customer) { return }
    guard found == digests else {
      throw .logDamaged(
        "the sealed fields of customer \(customer.rawValue) in event \(event.seq) "
          + "are not what was recorded")
    }
  }
}
