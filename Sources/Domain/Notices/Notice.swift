import OrderedCollections

/// An event that concerns others than who caused it, and who of them has read of it (T2).
package struct Notice: Hashable, Sendable {
  /// The event it tells of; a notice has no number of its own.
  package let seq: Int64
  /// Whom it concerned when it happened, in the order of their numbers.
  package let recipients: [OperatorID]
  /// When each of those who have read it did.
  package internal(set) var readers: [OperatorID: Timestamp] = [:]

  package func isRead(by id: OperatorID) -> Bool {
    readers[id] != nil
  }
}

/// All notices, in the order of the log.
package struct Notices: Hashable, Sendable {
  private var bySeq: OrderedDictionary<Int64, Notice> = [:]

  package var all: some RandomAccessCollection<Notice> { bySeq.values }

  package subscript(seq: Int64) -> Notice? { bySeq[seq] }

  mutating func add(_ notice: Notice) {
    bySeq[notice.seq] = notice
  }

  /// Whoever has read one before has read it then, and not now.
  mutating func read(_ seqs: [Int64], by id: OperatorID, at time: Timestamp) {
    for seq in seqs where bySeq[seq]?.isRead(by: id) == false {
      bySeq[seq]!.readers[id] = time
    }
  }
}
