import Domain
import EventLog
import Projections

/// A stretch of the log, read and taken apart: columns for all its events, and apart from them what
/// few events have more.
struct Stretch: Sendable {
  let first: Int64
  private var columns: EventColumns
  /// Facts as they are told, in order, where somebody looks on.
  private var told: [Told] = []
  /// Events that neither the columns nor the facts tell wholly, in order.
  private(set) var specials: [Special] = []
  /// The actors' names, where they are read.
  private(set) var actors: [String] = []
  /// The same events for the views, without what the state before an event adds to it.
  private(set) var slice: ViewsSlice?
  /// What a verification has found in its rows.
  var audited: AuditedSlice?
  /// The number of the last actor, since neighbours mostly have the same.
  private var actor: Int32 = 0

  /// What one event tells that is a fact.
  struct Told: Sendable {
    let index: Int
    let occurred: Timestamp?
    let fact: Fact
  }

  /// What one event has besides the columns.
  struct Special: Sendable {
    let index: Int
    let occurred: Timestamp?
    let data: JSON?
    /// What the sealed fields say; nil where there are none or they were not opened.
    fileprivate(set) var fields: DirectoryFields?
  }

  init(first: Int64, capacity: Int, forViews: Bool) {
    self.first = first
    columns = EventColumns(capacity: capacity)
    guard forViews else { return }
    var slice = ViewsSlice(first: first)
    slice.reserveCapacity(capacity)
    self.slice = slice
  }

  mutating func append(_ row: borrowing Row, _ replay: Replay) throws(Problem) {
    columns.append(row.type, tag: row.tag, customer: row.customer, at: row.at)
    if replay.isWatched { actors.append(row.actorName ?? "") }
    if slice != nil { try addToSlice(row) }
    let occurred = row.occurred.map { Timestamp(microseconds: $0) }
    if replay.isWatched ? show(row, occurred) : tell(row, occurred, replay) { return }
    specials.append(
      Special(
        index: columns.count - 1, occurred: occurred,
        // The digests of sealed fields are most of what events of customers hold.
        data: try row.json(skipping: replay.opensFields ? nil : "sealed")))
  }

  /// Has the columns tell what the last event says; false where it says more.
  private mutating func tell(
    _ row: borrowing Row, _ occurred: Timestamp?, _ replay: Replay
  ) -> Bool {
    if row.type == .customerRegistered && replay.looksAtRegistrations { return false }
    return row.withBytes { columns.tell($0, occurred: occurred) }
  }

  /// Takes in what the last event tells somebody who looks on, where that is no more than the columns do,
  /// or a fact; false where it is more.
  private mutating func show(_ row: borrowing Row, _ occurred: Timestamp?) -> Bool {
    if row.type == .tagApplied || row.type == .tagRemoved { return !row.hasData && occurred == nil }
    let type = row.type
    guard type.isOfFacts,
      let fact = row.withBytes({ bytes in bytes.flatMap { Fact(type, canonical: $0) } })
    else { return false }
    told.append(Told(index: columns.count - 1, occurred: occurred, fact: fact))
    return true
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
          seq: first + Int64(index), type: columns.types[index],
          customer: CustomerID(columns.customers[index]),
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
    into state: inout State, _ log: Log, spread: Spread,
    visit: ((Replay.Step, State) throws(Problem) -> Void)?
  ) throws(Problem) {
    if let visit { return try show(&state, log, to: visit) }
    var gathered = GatheredTurns()
    // Up to the event that does not fit, should there be one.
    defer { take(&gathered, before: Int(state.position + 1 - first), into: &state, spread) }
    var start = 0
    for special in specials {
      try gather(start..<special.index, &state, log, into: &gathered)
      let step = step(special.index, special)
      try step.check(against: state, log)
      if step.type.waitsForGathered {
        take(&gathered, before: special.index, into: &state, spread)
      }
      if slice != nil && (step.type.spreads || step.type.isAboutCustomers) {
        try slice!.complete(
          special.index, tag: step.tag, customer: step.customer, data: step.data ?? .object([:]),
          fields: special.fields, before: state)
      }
      state.evolve(step, fields: special.fields)
      start = special.index + 1
    }
    try gather(start..<columns.count, &state, log, into: &gathered)
  }

  /// Folds events without anything special among them, but for what can wait.
  private func gather(
    _ range: Range<Int>, _ state: inout State, _ log: Log, into gathered: inout GatheredTurns
  ) throws(Problem) {
    state.evolve(columns, range, into: &gathered)
    let end = first + Int64(range.upperBound)
    if state.position + 1 < end { throw log.unfit(state.position + 1) }
  }

  /// Puts in place what has waited.
  private mutating func take(
    _ gathered: inout GatheredTurns, before index: Int, into state: inout State,
    _ spread: Spread
  ) {
    state.take(&gathered, spread: spread)
    state.take(&columns.facts, before: index, spread: spread)
  }

  /// Folds one event after the other, for somebody who looks at the state before each.
  private func show(
    _ state: inout State, _ log: Log, to visit: (Replay.Step, State) throws(Problem) -> Void
  ) throws(Problem) {
    var (facts, specials) = (told[...], specials[...])
    for index in 0..<columns.count {
      let told = facts.first?.index == index ? facts.removeFirst() : nil
      let special = specials.first?.index == index ? specials.removeFirst() : nil
      let step = step(index, special, told)
      if let fact = told?.fact {
        guard state.fits(fact, customer: step.customer) else { throw log.unfit(step.seq) }
      } else {
        try step.check(against: state, log)
      }
      try visit(step, state)
      if let fact = told?.fact {
        state.evolve(fact, of: step.customer!, at: step.occurred ?? step.at)
      } else {
        state.evolve(step, fields: special?.fields)
      }
    }
  }

  private func step(_ index: Int, _ special: Special?, _ told: Told? = nil) -> Replay.Step {
    Replay.Step(
      seq: first + Int64(index), type: columns.types[index],
      tag: columns.tags[index] == 0 ? nil : TagID(columns.tags[index]),
      customer: columns.customers[index] == 0 ? nil : CustomerID(columns.customers[index]),
      at: Timestamp(microseconds: columns.times[index]),
      occurred: special?.occurred ?? told?.occurred,
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
