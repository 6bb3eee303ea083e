import Dispatch
import Domain
import EventLog
import Projections
import Synchronization

/// Reads the log from its start and adds it up.
///
/// Rows are read and decoded on several cores, a slice on each; the fold itself is one pass in
/// order, since each event meets the state that the earlier ones have left.
struct Replay {
  let log: Log
  var cores = 4
  /// Events per slice: enough to keep a core busy, few enough to keep memory small.
  var slice: Int64 = 65_536
  /// Recompute each leaf from its row.
  var verifying = false
  /// Open the sealed fields of each customer, where no directory can give the keys.
  var opensFields = false
  /// Read what the views need besides: actors, reasons and texts.
  var forViews = false
  /// Read who acted.
  var readsActors = false

  /// What the fold needs of one event.
  struct Step: Sendable {
    let seq: Int64
    let type: EventType
    let tag: TagID?
    let customer: CustomerID?
    let at: Timestamp
    let occurred: Timestamp?
    let data: JSON?
    /// What the sealed fields say; nil where they were not opened.
    let fields: DirectoryFields?
    /// The name of the actor, where that is read.
    let actor: String?
    let reason: String?
    let text: String?
    /// The whole event, where the views have to take it apart.
    let recorded: RecordedEvent?
  }

  /// Folds the events behind `state` up to `end`.
  ///
  /// - Parameters:
  ///   - visit: called with each event in order and the state before it.
  ///   - progress: called now and then with how far the fold is.
  func fold(
    _ state: inout State, through end: Int64,
    visit: ((Step, State) throws(Problem) -> Void)? = nil,
    progress: (Int64) throws(Problem) -> Void = { _ in }
  ) throws(Problem) {
    while state.position < end {
      let starts = stride(
        from: state.position + 1, through: end, by: Int64.Stride(slice)
      ).prefix(cores)
      for steps in try slices(Array(starts), end: end) {
        for step in steps {
          guard state.fits(step.type, tag: step.tag, customer: step.customer, data: step.data)
          else { throw log.damaged("event \(step.seq) cannot follow those before it") }
          try visit?(step, state)
          state.evolve(
            step.type, tag: step.tag, customer: step.customer, at: step.at,
            occurred: step.occurred, data: step.data, lookups: step.fields?.lookups)
        }
      }
      try progress(state.position)
    }
  }

  private func slices(_ starts: [Int64], end: Int64) throws(Problem) -> [[Step]] {
    let results = Mutex([Result<[Step], Problem>?](repeating: nil, count: starts.count))
    DispatchQueue.concurrentPerform(iterations: starts.count) { index in
      let last = min(starts[index] + slice - 1, end)
      let result: Result<[Step], Problem>
      do throws(Problem) {
        result = .success(try steps(from: starts[index], through: last))
      } catch {
        result = .failure(error)
      }
      results.withLock { $0[index] = result }
    }
    var slices: [[Step]] = []
    for result in results.withLock({ $0 }) { slices.append(try result!.get()) }
    return slices
  }

  private func steps(from first: Int64, through last: Int64) throws(Problem) -> [Step] {
    var steps: [Step] = []
    steps.reserveCapacity(Int(last - first + 1))
    try log.scan(from: first, through: last, verifying: verifying) { row throws(Problem) in
      steps.append(try step(row))
    }
    return steps
  }

  private func step(_ row: borrowing Row) throws(Problem) -> Step {
    let isWhole = forViews && (row.type.spreads || row.type.isAboutCustomers)
    return Step(
      seq: row.seq, type: row.type, tag: row.tag == 0 ? nil : TagID(row.tag),
      customer: row.customer == 0 ? nil : CustomerID(row.customer),
      at: Timestamp(microseconds: row.at),
      occurred: row.occurred.map { Timestamp(microseconds: $0) }, data: try row.json(),
      fields: opensFields && row.type.isSealed ? try log.directoryFields(seq: row.seq) : nil,
      actor: forViews || readsActors ? row.actorName : nil,
      reason: forViews ? row.reason : nil, text: forViews ? row.data : nil,
      recorded: isWhole ? row.recorded : nil)
  }
}

extension EventType {
  /// Whether personal fields may be sealed beside it.
  var isSealed: Bool { self == .customerRegistered || self == .customerRevised }
}

extension Log {
  /// What the sealed fields of an event say for the directory.
  func directoryFields(seq: Int64) throws(Problem) -> DirectoryFields {
    let personal = try personal(seq: seq)
    return DirectoryFields(
      name: personal[.name], lookups: LookupChanges(personal: personal, key: lookupKey))
  }
}

extension Row {
  /// The data as a value; nil where there is none.
  borrowing func json() throws(Problem) -> JSON? {
    guard let data else { return nil }
    do {
      return try JSON(parsing: data)
    } catch {
      throw .logDamaged("the data of event \(seq) is not JSON")
    }
  }
}
