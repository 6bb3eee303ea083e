internal import Domain
internal import Proof

/// Reads rows of the table `event`, in order or one by one, and recomputes their leaves.
struct RowReader: Sendable {
  let eras: Eras
  let actors: ActorNames

  /// Visits the rows of a range without looking at their leaves; a gap in the numbers is noticed.
  func plain(
    _ range: ClosedRange<Int64>, _ reader: Reader, withActor: Bool,
    _ body: (borrowing Row) throws(Problem) -> Void
  ) throws(Problem) {
    let statement = withActor ? reader.rangeWithActor : reader.range
    let extent: Row.Extent = withActor ? .withActor : .ofState
    defer { statement.reset() }
    statement.bind(range.lowerBound, at: 1)
    statement.bind(range.upperBound, at: 2)
    var next = range.lowerBound
    try withUnsafePointer(to: actors) { (actors) throws(Problem) in
      while try statement.step() {
        guard let row = Row(statement, of: reader, extent: extent, actors: actors), row.seq == next
        else { throw .unreadable(next) }
        try body(row)
        next += 1
      }
    }
    if next <= range.upperBound { throw .unreadable(next) }
  }

  /// Visits each row of a range with its recomputed leaf.
  func verified(
    _ range: ClosedRange<Int64>, _ reader: Reader,
    _ body: (borrowing Row, TreeHash) throws(Problem) -> Void
  ) throws(Problem) {
    let statement = reader.rangeWithLeaf
    defer { statement.reset() }
    statement.bind(range.lowerBound, at: 1)
    statement.bind(range.upperBound, at: 2)
    var writer = ByteWriter()
    var next = range.lowerBound
    var form = eras[next].form
    var lastOfForm = eras.end(of: next)
    // Neighbours mostly have the same actor.
    var actor: (number: Int64, quoted: [UInt8]) = (0, [])
    try withUnsafePointer(to: actors) { (actors) throws(Problem) in
      while try statement.step() {
        guard let row = Row(statement, of: reader, extent: .whole, actors: actors), row.seq == next
        else { throw .unreadable(next) }
        if row.actorNumber != actor.number {
          guard let entry = actors.pointee[row.actorNumber] else { throw .unreadable(next) }
          actor = (row.actorNumber, entry.quoted)
        }
        if next > lastOfForm {
          form = eras[next].form
          lastOfForm = eras.end(of: next)
        }
        guard let leaf = row.leaf(form, actor: actor.quoted, &writer) else {
          throw .unreadable(next)
        }
        try body(row, leaf)
        next += 1
      }
    }
    if next <= range.upperBound { throw .unreadable(next) }
  }

  /// One event, checked against its leaf.
  func event(
    _ seq: Int64, _ reader: Reader, _ writer: inout ByteWriter
  ) throws(Problem) -> RecordedEvent {
    let statement = reader.one
    defer { statement.reset() }
    statement.bind(seq, at: 1)
    guard try statement.step() else { throw .unreadable(seq) }
    let event = withUnsafePointer(to: actors) { actors -> RecordedEvent? in
      guard let row = Row(statement, of: reader, extent: .whole, actors: actors), row.seq == seq,
        let entry = actors.pointee[row.actorNumber],
        row.leaf(eras[seq].form, actor: entry.quoted, &writer) != nil
      else { return nil }
      return row.recorded
    }
    guard let event else { throw .unreadable(seq) }
    return event
  }
}

extension Problem {
  /// A row that is missing, or is not what was appended.
  static func unreadable(_ seq: Int64) -> Self {
    .logDamaged("event \(seq) is missing or is not what was recorded")
  }
}
