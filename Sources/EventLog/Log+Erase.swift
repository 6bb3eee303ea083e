internal import Crypto
package import Domain
internal import GRDBSQLite
internal import Synchronization

/// Everything that was sealed of some customers, taken before it is destroyed: to find copies of it
/// elsewhere, and to try afterwards whether it still opens.
package struct PersonalTrace: Sendable {
  /// Each value that a field has ever had, oldest first.
  package fileprivate(set) var values: [(field: PersonalField, text: String)] = []
  fileprivate var boxes: [(box: SealedBox, type: EventType)] = []

  /// How many boxes with a value there are.
  package var count: Int { boxes.count }
}

extension Log {
  /// The name the ledger began with, by which it is the same ledger whatever it is called now.
  package var firstOrigin: String { eras.firstOrigin }

  /// 32 bytes that stand for others, and tell nothing of them to whoever lacks keys.db.
  package func keyedHash(_ label: String, _ bytes: [UInt8]) -> [UInt8] {
    keys.keyedHash(label, bytes)
  }

  /// From now on nobody is told anything personal of these customers.
  package func hide(_ customers: [CustomerID]) {
    keys.hide(customers)
  }

  /// How often each field of a customer has been given a value.
  package func fieldCounts(of customer: CustomerID) throws(Problem) -> FieldCounts {
    let boxes = try readers.read { (reader) throws(Problem) in
      try reader.boxes(of: customer, seq: nil)
    }
    var counts: FieldCounts = [:]
    for box in boxes where box.bytes != nil { counts[box.field, default: 0] += 1 }
    return counts
  }

  /// What stands sealed of these customers, opened as far as their keys are there.
  package func trace(of customers: [CustomerID]) throws(Problem) -> PersonalTrace {
    let keys = try keys.keys(ofMany: customers, hiddenToo: true)
    var trace = PersonalTrace()
    for customer in customers {
      let boxes = try readers.read { (reader) throws(Problem) in
        try reader.boxes(of: customer, seq: nil)
      }
      for box in boxes where box.bytes != nil {
        let event = try events(seqs: CollectionOfOne(box.seq))[0]
        trace.boxes.append((box, event.type))
        guard let key = keys[customer],
          let text = try open(box, event.type, event.sealedDigests, key: key)
        else { continue }
        trace.values.append((box.field, text))
      }
    }
    return trace
  }

  /// How many of the boxes still open with what keys.db holds.
  package func openable(_ trace: PersonalTrace) throws(Problem) -> Int {
    var count = 0
    for (box, type) in trace.boxes {
      let binding = Seal.Binding(
        origin: eras[box.seq].origin, type: type, field: box.field, customer: box.customer)
      if try keys.opens(box, binding) { count += 1 }
    }
    return count
  }

  /// Overwrites the keys of these customers; from then on no copy of their ciphertext opens.
  ///
  /// - Returns: Whether keys.db-wal could be emptied too.
  package func destroyKeys(of customers: [CustomerID]) throws(Problem) -> Bool {
    try keys.destroy(customers)
  }

  /// Deletes the ciphertext of these customers and overwrites where it stood.
  ///
  /// - Returns: How many rows there were.
  package func destroyCiphertext(of customers: [CustomerID]) throws(Problem) -> Int {
    try writer.withLock { (writer) throws(Problem) in
      guard let writer else { throw .shuttingDown }
      let handle = try writer.queue.handle
      let delete = try Statement("DELETE FROM sealed WHERE customer = ?1", on: handle)
      var rows = 0
      try writer.transaction { () throws(Problem) in
        for customer in customers {
          delete.bind(Int64(customer.rawValue), at: 1)
          try delete.run()
          rows += Int(sqlite3_changes(handle))
        }
      }
      return rows
    }
  }

  /// Whether a customer's key or ciphertext is still there.
  package func isSealed(_ customer: CustomerID) throws(Problem) -> Bool {
    if try !keys.isDestroyed(customer) { return true }
    return try !readers.read { (reader) throws(Problem) in
      try reader.boxes(of: customer, seq: nil).isEmpty
    }
  }

  /// Brings the whole WAL home and empties it: older pages in it still hold what was deleted.
  ///
  /// Readers may hold it back; then it is tried again when the log is quiet, until it succeeds.
  ///
  /// - Returns: Whether it is empty now.
  package func emptyWAL() throws(Problem) -> Bool {
    let isEmpty = try writer.withLock { (writer) throws(Problem) in
      guard let writer else { throw .shuttingDown }
      return writer.emptyWAL()
    }
    let isDue = published.withLock { published in
      published.isWALToBeEmptied = !isEmpty
      guard !isEmpty, !published.isHousekeepingDue else { return false }
      published.isHousekeepingDue = true
      return true
    }
    if isDue { scheduleHousekeeping() }
    return isEmpty
  }
}

extension Writer {
  /// Waits a moment for readers, no longer than a command may be held up.
  func emptyWAL() -> Bool {
    guard let handle = try? queue.handle else { return false }
    sqlite3_busy_timeout(handle, 200)
    defer { sqlite3_busy_timeout(handle, 5000) }
    return sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil) == SQLITE_OK
  }
}
