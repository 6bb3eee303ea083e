package import Domain
internal import Proof
internal import Synchronization

extension Log {
  /// Rows that one read transaction covers: a longer one would keep the WAL from being reused.
  private static let sliceSize: Int64 = 65_536

  /// Visits the rows `from...through` in order, as far as the log reaches, on a connection of its own.
  ///
  /// Several scans may run at once. The log may be read within the body.
  ///
  /// - Parameters:
  ///   - verifying: Recomputes every leaf, and refuses a row that is not what was appended. Without it,
  ///     a gap in the numbers is still noticed, and the head has been compared at opening.
  ///   - withActor: whether it is asked who acted and why, which takes a fifth of the time.
  package func scan(
    from: Int64, through: Int64, verifying: Bool, withActor: Bool = true,
    _ body: (borrowing Row) throws(Problem) -> Void
  ) throws(Problem) {
    let (size, rows) = snapshot
    let last = min(through, size)
    var start = max(from, 1)
    while start <= last {
      let end = min(last, start + Self.sliceSize - 1)
      try noting { () throws(Problem) in
        try readers.read { (reader) throws(Problem) in
          if verifying {
            try rows.verified(start...end, reader) { (row, _) throws(Problem) in try body(row) }
          } else {
            try rows.plain(start...end, reader, withActor: withActor, body)
          }
        }
      }
      start = end + 1
    }
  }

  /// Visits the rows of these numbers, which rise, without looking at their leaves.
  ///
  /// Neighbours are read together, and so are those with few others between them.
  package func visit(
    _ seqs: [Int64], _ body: (borrowing Row) throws(Problem) -> Void
  ) throws(Problem) {
    var start = 0
    while start < seqs.count {
      var end = start + 1
      while end < seqs.count, end - start < Int(Self.sliceSize),
        seqs[end] - seqs[end - 1] <= Self.gapLimit
      {
        end += 1
      }
      let run = seqs[start..<end]
      var next = run.startIndex
      try noting { () throws(Problem) in
        let (size, rows) = snapshot
        guard run.first! >= 1, run.last! <= size else { throw .seqNotFound(run.last!) }
        try readers.read { (reader) throws(Problem) in
          try rows.plain(run.first!...run.last!, reader, withActor: true) { (row) throws(Problem) in
            guard row.seq == seqs[next] else { return }
            next += 1
            try body(row)
          }
        }
      }
      start = end
    }
  }

  /// Rows that are read over rather than looked up anew: some ten cost as much as one look-up.
  private static let gapLimit: Int64 = 10

  /// The size at this moment, and what is needed to read the rows up to it.
  var snapshot: (size: Int64, rows: RowReader) {
    published.withLock { ($0.head.size, RowReader(eras: eras, actors: $0.actors)) }
  }

  /// The numbers of the whole log in so many parts, to scan them in parallel.
  package func ranges(parts: Int) -> [ClosedRange<Int64>] {
    let size = self.size
    let part = max(1, (size + Int64(parts) - 1) / Int64(parts) + 255) & ~255
    return stride(from: 1, through: size, by: Int64.Stride(part)).map { start in
      start...min(size, start + part - 1)
    }
  }

  /// The events of these numbers, in that order, each checked against its leaf.
  ///
  /// - Throws: `seqNotFound` for a number beyond the log; `logDamaged` when a row is not what was
  ///   appended.
  package func events(seqs: some Sequence<Int64>) throws(Problem) -> [RecordedEvent] {
    try noting { () throws(Problem) in
      let (size, rows) = snapshot
      return try readers.read { (reader) throws(Problem) in
        var writer = ByteWriter()
        var events: [RecordedEvent] = []
        events.reserveCapacity(seqs.underestimatedCount)
        try reader.together { () throws(Problem) in
          for seq in seqs {
            guard seq >= 1, seq <= size else { throw .seqNotFound(seq) }
            events.append(try rows.event(seq, reader, &writer))
          }
        }
        return events
      }
    }
  }

  /// Up to `limit` events after a number, in order, each checked against its leaf.
  package func events(after: Int64, limit: Int) throws(Problem) -> [RecordedEvent] {
    // A number that no log reaches may be the greatest there is.
    guard after < size else { return [] }
    let start = max(after, 0) + 1
    var events: [RecordedEvent] = []
    try scan(from: start, through: start + Int64(limit) - 1, verifying: true) {
      (row) throws(Problem) in
      guard let event = row.recorded else { throw .unreadable(row.seq) }
      events.append(event)
    }
    return events
  }

  /// The first event recorded at that time or later; the next number when there is none.
  package func seq(atOrAfter time: Timestamp) throws(Problem) -> Int64 {
    let size = self.size
    return try noting { () throws(Problem) in
      try readers.read { (reader) throws(Problem) in
        var low: Int64 = 1
        var high = size + 1
        while low < high {
          let middle = (low + high) / 2
          defer { reader.at.reset() }
          reader.at.bind(middle, at: 1)
          guard try reader.at.step() else { throw .unreadable(middle) }
          if reader.at.int(0) < time.rawValue { low = middle + 1 } else { high = middle }
        }
        return low
      }
    }
  }
}
