import Domain
import EventLog
import Projections

/// A stretch of the log, read and taken apart: columns for all its events, and apart from them what
/// few events have more.
struct Stretch: Sendable {
  let first: Int64
  private(set) var types: [EventType] = []
  /// 0 stands for none.
  private(set) var tags: [Int32] = []
  /// 0 stands for none.
  private(set) var customers: [Int32] = []
  /// µs since 1970.
  private(set) var times: [Int64] = []
  /// Events that the columns do not tell wholly, in order.
  private(set) var specials: [Special] = []
  /// The actors' names, where they are read.
  private(set) var actors: [String] = []
  /// The same events for the views, without what the state before an event adds to it.
  private(set) var slice: ViewsSlice?
  /// What a verification has found in its rows.
  var audited: AuditedSlice?
  /// The number of the last actor, since neighbours mostly have the same.
  private var actor: Int32 = 0

  /// What one event has besides the columns.
  struct Special: Sendable {
    let index: Int
    let occurred: Timestamp?
    let data: JSON?
    /// What a fact tells, where it is read without a tree of values; then `data` is nil.
    var fact: Fact?
    /// What the sealed fields say; nil where there are none or they were not opened.
    fileprivate(set) var fields: DirectoryFields?
  }

  init(first: Int64, capacity: Int, forViews: Bool) {
    self.first = first
    types.reserveCapacity(capacity)
    tags.reserveCapacity(capacity)
    customers.reserveCapacity(capacity)
    times.reserveCapacity(capacity)
    guard forViews else { return }
    var slice = ViewsSlice(first: first)
    slice.reserveCapacity(capacity)
    self.slice = slice
  }

  mutating func append(_ row: borrowing Row, _ replay: Replay) throws(Problem) {
    types.append(row.type)
    tags.append(row.tag)
    customers.append(row.customer)
    times.append(row.at)
    if replay.readsActors { actors.append(row.actorName ?? "") }
    if slice != nil { try addToSlice(row) }
    let isPlain = row.type == .tagApplied || row.type == .tagRemoved
    if isPlain && !row.hasData && row.occurred == nil { return }
    if row.type.isOfFacts, let fact = row.readFact() {
      specials.append(
        Special(
          index: types.count - 1, occurred: row.occurred.map { Timestamp(microseconds: $0) },
          data: nil, fact: fact))
      return
    }
    specials.append(
      Special(
        index: types.count - 1, occurred: row.occurred.map { Timestamp(microseconds: $0) },
        // The digests of sealed fields are most of what events of customers hold.
        data: try row.json(skipping: replay.opensFields ? nil : "sealed")))
  }

  /// Opens the sealed fields of all its events at once, since asking for each would take most of the
  /// time.
  mutating func openFields(_ log: Log) throws(Problem) {
    var places: [Int] = []
    var events: [SealedEvent] = []
    for place in specials.indices {
      let index = specials[place].index
      guard let data = specials[place].data, data["sealed"] != nil else { continue }
      places.append(place)
      events.append(
        SealedEvent(
          seq: first + Int64(index), type: types[index], customer: CustomerID(customers[index]),
          data: data))
    }
    guard !events.isEmpty else { return }
    for (place, personal) in zip(places, try log.personal(of: events)) {
      specials[place].fields = log.directoryFields(personal)
    }
  }

  private mutating func addToSlice(_ row: borrowing Row) throws(Problem) {
    let number = Int32(truncatingIfNeeded: row.actorNumber)
    if number != actor {
      guard let name = row.actorName else { throw .logDamaged("event \(row.seq) has no actor") }
      slice!.name(actor: number, name)
      actor = number
    }
    slice!.append(type: row.type, actor: number, tag: row.tag, customer: row.customer)
    row.withReason { reason in
      reason?.withMemoryRebound(to: UInt8.self) { slice!.add(reason: $0) }
    }
    row.withData { data in
      data?.withMemoryRebound(to: UInt8.self) { slice!.add(data: $0) }
    }
  }

  /// Folds all its events into the state, and completes the slice for the views.
  ///
  /// - Throws: `logDamaged` at the first event that does not fit, when those before it are folded.
  mutating func fold(
    into state: inout State, _ log: Log,
    visit: ((Replay.Step, State) throws(Problem) -> Void)?
  ) throws(Problem) {
    if let visit {
      var specials = specials[...]
      for index in types.indices {
        let special = specials.first?.index == index ? specials.removeFirst() : nil
        let step = step(index, special)
        if let fact = special?.fact {
          guard state.fits(fact, customer: step.customer) else { throw log.unfit(step.seq) }
          try visit(step, state)
          state.evolve(fact, customer: step.customer!, at: step.occurred ?? step.at)
          continue
        }
        try step.check(against: state, log)
        try visit(step, state)
        state.evolve(step, fields: special?.fields)
      }
      return
    }
    var start = 0
    for special in specials {
      try evolve(&state, start..<special.index, log)
      let step = step(special.index, special)
      if let fact = special.fact {
        guard state.fits(fact, customer: step.customer) else { throw log.unfit(step.seq) }
        state.evolve(fact, customer: step.customer!, at: step.occurred ?? step.at)
        start = special.index + 1
        continue
      }
      try step.check(against: state, log)
      if slice != nil && (step.type.spreads || step.type.isAboutCustomers) {
        try slice!.complete(
          special.index, tag: step.tag, customer: step.customer, data: step.data ?? .object([:]),
          fields: special.fields, before: state)
      }
      state.evolve(step, fields: special.fields)
      start = special.index + 1
    }
    try evolve(&state, start..<types.count, log)
  }

  private func evolve(
    _ state: inout State, _ range: Range<Int>, _ log: Log
  ) throws(Problem) {
    guard !range.isEmpty else { return }
    types.withUnsafeBufferPointer { types in
      tags.withUnsafeBufferPointer { tags in
        customers.withUnsafeBufferPointer { customers in
          times.withUnsafeBufferPointer { times in
            state.evolve(
              types: UnsafeBufferPointer(rebasing: types[range]),
              tags: UnsafeBufferPointer(rebasing: tags[range]),
              customers: UnsafeBufferPointer(rebasing: customers[range]),
              times: UnsafeBufferPointer(rebasing: times[range]))
          }
        }
      }
    }
    let end = first + Int64(range.upperBound)
    if state.position + 1 < end { throw log.unfit(state.position + 1) }
  }

  private func step(_ index: Int, _ special: Special?) -> Replay.Step {
    Replay.Step(
      seq: first + Int64(index), type: types[index],
      tag: tags[index] == 0 ? nil : TagID(tags[index]),
      customer: customers[index] == 0 ? nil : CustomerID(customers[index]),
      at: Timestamp(microseconds: times[index]), occurred: special?.occurred,
      data: special?.data, actor: actors.isEmpty ? nil : actors[index])
  }
}

extension State {
  fileprivate mutating func evolve(_ step: Replay.Step, fields: DirectoryFields?) {
    evolve(
      step.type, tag: step.tag, customer: step.customer, at: step.at, occurred: step.occurred,
      data: step.data, lookups: fields?.lookups)
  }
}

extension Replay.Step {
  fileprivate func check(against state: State, _ log: Log) throws(Problem) {
    guard state.fits(type, tag: tag, customer: customer, data: data) else { throw log.unfit(seq) }
  }
}

extension Log {
  fileprivate func unfit(_ seq: Int64) -> Problem {
    damaged("event \(seq) cannot follow those before it")
  }
}
