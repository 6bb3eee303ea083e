internal import Crypto
package import Domain
internal import Proof
internal import Synchronization

extension Log {
  /// Seals, hashes and appends all drafts in one transaction, and returns when that is durable.
  ///
  /// All or nothing: after an error nothing has changed, and the next append may succeed.
  ///
  /// - Throws: `storageFull`, `storageFailed`, `eventTooLarge`; `logDamaged` when the log has been found
  ///   not to be what was appended; `shuttingDown` after `close`.
  package func append(_ batch: [Draft]) throws(Problem) -> Appended {
    try append(batch) { _ in }
  }

  /// Events from which on the tree grows on another core while their rows go in.
  private static let large = 1024

  /// - Parameter more: What else is written in the same transaction.
  func append(
    _ batch: [Draft], and more: (Writer) throws(Problem) -> Void
  ) throws(Problem) -> Appended {
    try noting { () throws(Problem) in
      try writer.withLock { (writer) throws(Problem) in
        guard let writer else { throw .shuttingDown }
        if let damage { throw damage }
        return try append(batch, and: more, with: writer)
      }
    }
  }

  private func append(
    _ batch: [Draft], and more: (Writer) throws(Problem) -> Void, with writer: Writer
  ) throws(Problem) -> Appended {
    var actors = writer.actors
    var newActors: [(Int64, String)] = []
    var numbers: [Int64] = []
    for draft in batch {
      let (number, isNew) = actors.number(of: draft.actor.name)
      if isNew { newActors.append((number, draft.actor.name)) }
      numbers.append(number)
    }
    var work = Preparation(
      batch: batch, first: writer.frontier.size + 1, lastAt: writer.lastAt, origin: origin)
    guard !work.events.isEmpty else {
      return Appended(
        first: writer.frontier.size + 1, events: [], ranges: work.ranges, head: head)
    }
    // Durable before the log row that needs it.
    let isSealing = batch.contains { $0.events.contains { $0.personal != nil } }
    let keys = isSealing ? try self.keys.keys(of: batch.sealedCustomers, making: true) : [:]
    try work.prepare(form: eras.current.form, actors: actors, keys: keys)

    var growth = TreeGrowth(of: writer.frontier)
    try writer.transaction { () throws(Problem) in
      for (number, name) in newActors {
        writer.insertActor.bind(number, at: 1)
        writer.insertActor.bind(name, at: 2)
        try writer.insertActor.run()
      }
      let insert = { () throws(Problem) in
        try writer.insert(work.events, leaves: work.leaves, ranges: work.ranges, actors: numbers)
      }
      if work.leaves.count < Self.large {
        growth.add(work.leaves)
        try insert()
      } else {
        try atOnce({ growth.add(work.leaves) }, insert)
      }
      try writer.insert(growth.tiles)
      try writer.insert(work.boxes)
      try writer.insertKeys(
        of: batch, events: work.events, ranges: work.ranges, window: answers.window)
      try more(writer)
    }
    let frontier = growth.frontier
    writer.frontier = frontier
    writer.actors = actors
    writer.lastAt = work.events[work.events.count - 1].at
    writer.lastCommand = work.events[work.events.count - 1].command
    let head = TreeHead(size: frontier.size, root: frontier.root)
    publish(head, writer)
    return Appended(
      first: work.events[0].seq, events: work.events, ranges: work.ranges, head: head)
  }

  private func publish(_ head: TreeHead, _ writer: Writer) {
    do {
      try writer.head.write(head)
      writer.isHeadBehind = false
    } catch {
      // The events are durable, so their receipts are due. An older head is still a true one; it is
      // caught up with by the next append or by housekeeping.
      writer.isHeadBehind = true
    }
    let isDue = published.withLock { published in
      published.head = head
      published.unfinished = writer.frontier.partial
      published.actors = writer.actors
      published.lastAt = writer.lastAt
      published.lastCommand = writer.lastCommand
      published.appends += 1
      defer { published.isHousekeepingDue = true }
      return !published.isHousekeepingDue
    }
    if isDue { scheduleHousekeeping() }
    if writer.walPages > Self.walPageLimit { scheduleCheckpoint() }
  }
}

extension [Draft] {
  fileprivate var sealedCustomers: [CustomerID] {
    flatMap { draft in draft.events.lazy.filter { $0.personal != nil }.compactMap(\.customer) }
  }
}

extension Writer {
  /// Inserts all rows; one actor number for each range.
  fileprivate func insert(
    _ events: [RecordedEvent], leaves: [TreeHash], ranges: [Range<Int>], actors: [Int64]
  ) throws(Problem) {
    for (range, actor) in zip(ranges, actors) where !range.isEmpty {
      let first = events[range.lowerBound]
      insertEvent.bind(actor, at: 8)
      insertEvent.bind(Int64(first.actor.via.rawValue), at: 10)
      insertEvent.bind(first.command, at: 12)
      bind(first.actor.credential, at: 14)
      for index in range {
        try insert(events[index], leaves[index])
      }
    }
  }

  @inline(__always)
  private func insert(_ event: RecordedEvent, _ leaf: TreeHash) throws(Problem) {
    insertEvent.bind(event.seq, at: 1)
    insertEvent.bind(event.at.rawValue, at: 2)
    insertEvent.bind(Int64(event.type.rawValue), at: 3)
    bind(event.tag.map { Int64($0.rawValue) }, at: 4)
    bind(event.customer.map { Int64($0.rawValue) }, at: 5)
    bind(event.cause, at: 11)
    bind(event.occurred?.rawValue, at: 6)
    if let reason = event.reason {
      insertEvent.bind(reason, at: 9)
    } else {
      insertEvent.bindNull(at: 9)
    }
    if let data = event.data {
      insertEvent.bind(data, at: 7)
    } else {
      insertEvent.bindNull(at: 7)
    }
    let problem: Problem? = withUnsafeBytes(of: leaf) {
      insertEvent.bind(staying: $0, at: 13)
      do throws(Problem) {
        try insertEvent.run()
        return nil
      } catch {
        return error
      }
    }
    if let problem { throw problem }
  }

  @inline(__always)
  private func bind(_ value: Int64?, at index: Int32) {
    if let value { insertEvent.bind(value, at: index) } else { insertEvent.bindNull(at: index) }
  }

  fileprivate func insert(_ boxes: [SealedBox]) throws(Problem) {
    for box in boxes {
      insertSealed.bind(Int64(box.customer.rawValue), at: 1)
      insertSealed.bind(box.seq, at: 2)
      insertSealed.bind(box.field.rawValue, at: 3)
      if let bytes = box.bytes {
        insertSealed.bind(bytes, at: 4)
      } else {
        insertSealed.bindNull(at: 4)
      }
      try insertSealed.run()
    }
  }

  fileprivate func insert(_ tiles: [Tile]) throws(Problem) {
    for tile in tiles {
      insertTile.bind(Int64(tile.level), at: 1)
      insertTile.bind(tile.position, at: 2)
      insertTile.bind(tile.hashes.withUnsafeBytes { Array($0) }, at: 3)
      try insertTile.run()
    }
  }
}

/// A tree that leaves are appended to, and the tiles that they fill.
private struct TreeGrowth {
  private(set) var frontier: TreeFrontier
  private(set) var tiles: [Tile] = []

  init(of frontier: TreeFrontier) {
    self.frontier = frontier
  }

  mutating func add(_ leaves: [TreeHash]) {
    for leaf in leaves {
      frontier.append(leaf) { tiles.append($0) }
    }
  }
}
