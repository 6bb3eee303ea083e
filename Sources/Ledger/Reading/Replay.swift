import Domain
import EventLog
import Projections

/// Reads the log from its start and adds it up.
///
/// Rows are read and taken apart on several cores, a stretch on each; the fold itself is one pass in
/// order, since each event meets the state that the earlier ones have left. What concerns one tag or one
/// customer alone waits until the end of the stretch, and is put in place on all cores.
struct Replay {
  let log: Log
  var cores = 4
  /// Events per stretch: enough to keep a core busy, few enough to keep memory small.
  var slice: Int64 = 65_536
  /// Recompute each leaf from its row.
  var verifying = false
  /// Open the sealed fields of each customer, where no directory can give the keys.
  var opensFields = false
  /// Read what the views need besides: actors, reasons and texts.
  var forViews = false
  /// Read what somebody needs who looks on, as `visit` does, who cannot be there otherwise: who acted, and
  /// all that events say.
  var isWatched = false
  /// Reads every row with its leaf instead, for a verification.
  var reader: VerifyingReader?

  /// Whether anybody asks for more of a registration than on which channel the customer came.
  var looksAtRegistrations: Bool { opensFields || forViews }

  /// Stretches that are read before the first of them is folded: one for each core, and some that wait,
  /// all together as large as one of the usual size.
  private var ahead: Int { cores + max(1, Int(65_536 / slice)) }

  /// One event as somebody who looks on sees it.
  struct Step: Sendable {
    let seq: Int64
    let type: EventType
    let tag: TagID?
    let customer: CustomerID?
    let at: Timestamp
    let occurred: Timestamp?
    /// Nil also for facts that are read without a tree of values.
    let data: JSON?
    /// The name of the actor, where that is read.
    let actor: String?
  }

  /// Folds the events behind `state` up to `end`.
  ///
  /// - Parameters:
  ///   - visit: called with each event in order and the state before it, which takes its time.
  ///   - slices: called with what the views need of each stretch, in order.
  ///   - audited: called with what the reader has found in each stretch, before it is folded.
  ///   - progress: called now and then with how far the fold is.
  ///   - passing: called now and then with the state so far.
  func fold(
    _ state: inout State, through end: Int64,
    visit: ((Step, State) throws(Problem) -> Void)? = nil,
    slices: (ViewsSlice) throws(Problem) -> Void = { _ in },
    audited: (AuditedSlice) throws(Problem) -> Void = { _ in },
    progress: (Int64) throws(Problem) -> Void = { _ in },
    passing: (State) -> Void = { _ in }
  ) throws(Problem) {
    guard state.position < end else { return }
    precondition((visit != nil) == isWatched)
    let ahead = ReadAhead(
      from: state.position + 1, through: end, by: slice, ahead: ahead, read: stretch)
    defer { ahead.end() }
    while var stretch = try ahead.next() {
      if let slice = stretch.audited { try audited(slice) }
      try stretch.fold(into: &state, log, spread: cores > 1 ? onAllCores : inOrder, visit: visit)
      if let slice = stretch.slice { try slices(slice) }
      try progress(state.position)
      passing(state)
    }
  }

  @Sendable private func stretch(_ range: ClosedRange<Int64>) throws(Problem) -> Stretch {
    var stretch = Stretch(first: range.lowerBound, capacity: range.count, forViews: forViews)
    if let reader {
      stretch.audited = try reader.read(range) { row throws(Problem) in
        try stretch.append(row, self)
      }
    } else {
      try log.scan(
        from: range.lowerBound, through: range.upperBound, verifying: verifying,
        withActor: forViews || isWatched
      ) { row throws(Problem) in try stretch.append(row, self) }
    }
    if opensFields { try stretch.openFields(log) }
    return stretch
  }
}

extension EventType {
  /// Whether personal fields may be sealed beside it.
  var isSealed: Bool { self == .customerRegistered || self == .customerRevised }
}

extension Log {
  /// What the sealed fields of an event say for the directory.
  func directoryFields(seq: Int64) throws(Problem) -> DirectoryFields {
    directoryFields(try personal(seq: seq))
  }

  /// What opened fields say for the directory.
  func directoryFields(_ personal: PersonalFields) -> DirectoryFields {
    DirectoryFields(
      name: personal[.name], lookups: LookupChanges(personal: personal, key: lookupKey))
  }
}

extension Row {
  /// The bytes of the canonical data, without a copy.
  borrowing func withBytes<T>(_ body: (UnsafeBufferPointer<UInt8>?) -> T) -> T {
    withData { body($0.map { $0.assumingMemoryBound(to: UInt8.self) }) }
  }

  /// The data as a value; nil where there is none.
  ///
  /// - Parameter skipped: the name of members that nobody will look at.
  borrowing func json(skipping skipped: String? = nil) throws(Problem) -> JSON? {
    let result: Result<JSON, JSON.ParseError>? = withData { bytes in
      guard let bytes else { return nil }
      do throws(JSON.ParseError) {
        return .success(
          try bytes.withMemoryRebound(to: UInt8.self) { (bytes) throws(JSON.ParseError) in
            try JSON(parsing: bytes, skipping: skipped)
          })
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case nil: return nil
    case .success(let json)?: return json
    case .failure?: throw .logDamaged("the data of event \(seq) is not JSON")
    }
  }
}
