package import Domain

/// What became of a request that has been carried out before.
package struct RememberedRequest: Hashable, Sendable {
  /// The digest of what was asked then.
  package let request: [UInt8]
  package let command: CommandID
  /// The numbers of its events.
  package let seqs: ClosedRange<Int64>
  /// What was already as asked.
  package let unchanged: Int
}

extension Log {
  /// The request of this key, where its events are durable and it has not been forgotten; nil else.
  package func remembered(_ digest: [UInt8]) throws(Problem) -> RememberedRequest? {
    try readers.read { (reader) throws(Problem) in
      let statement = reader.request
      defer { statement.reset() }
      statement.bind(digest, at: 1)
      guard try statement.step() else { return nil }
      let (first, last) = (statement.int(2), statement.int(3))
      guard let command = statement.bytes(1).flatMap({ CommandID(bytes: $0) }), first <= last
      else { throw .logDamaged("a row of the table idempotency holds what it cannot hold") }
      return RememberedRequest(
        request: statement.bytes(0).map { Array($0) } ?? [], command: command, seqs: first...last,
        unchanged: Int(statement.int(4)))
    }
  }
}

extension Writer {
  /// So many of the oldest keys are looked at for each new one.
  private static let lookedAt: Int64 = 2

  /// Notes by what keys the drafts are known again, and forgets a few that are too old.
  func insertKeys(
    of batch: [Draft], events: [RecordedEvent], ranges: [Range<Int>], window: Int64
  ) throws(Problem) {
    var count: Int64 = 0
    var latest: Int64 = 0
    for (draft, range) in zip(batch, ranges) where !range.isEmpty {
      guard let key = draft.key else { continue }
      latest = events[range.lowerBound].at.rawValue
      insertKey.bind(key.digest, at: 1)
      insertKey.bind(key.request, at: 2)
      insertKey.bind(draft.command, at: 3)
      insertKey.bind(events[range.lowerBound].seq, at: 4)
      insertKey.bind(events[range.upperBound - 1].seq, at: 5)
      insertKey.bind(Int64(draft.unchanged), at: 6)
      insertKey.bind(latest, at: 7)
      try insertKey.run()
      count += 1
    }
    guard count > 0 else { return }
    forgetKeys.bind(latest - window, at: 1)
    forgetKeys.bind(count * Self.lookedAt, at: 2)
    try forgetKeys.run()
  }
}
