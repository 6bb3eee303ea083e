package import Domain

/// A ledger on paper: decides, evolves and writes down, with neither a disk nor a clock.
///
/// Sealed fields stand in the events as made-up digests, since nothing is sealed here.
package struct PaperLedger: Sendable {
  package private(set) var state = State()
  package private(set) var events: [RecordedEvent] = []
  /// What each event did to the keys by which customers are found; nil where it touched none.
  package private(set) var lookups: [LookupChanges?] = []
  /// The personal fields that each event has set, in plain text; nil where it has set none.
  private var personal: [PersonalFields?] = []
  package var limits = Limits()
  /// When the next command's first event will be recorded; a second passes between commands.
  package private(set) var now = Timestamp(microseconds: 1_795_309_323_000_000)
  private var commands: UInt64 = 0

  package static let actor = Actor.local(uid: 1000)

  package init() {}

  /// What a command would lead to; nothing is written down.
  package func decide(_ command: Command, reason: String? = nil) throws(Problem) -> Decision {
    try state.decide(command, reason: reason, limits: limits, at: now)
  }

  /// Decides a command and writes down what follows; a refused one leaves everything as it was.
  @discardableResult
  package mutating func take(
    _ command: Command, reason: String? = nil, by actor: Actor = actor
  ) throws(Problem) -> Decision {
    let decision = try decide(command, reason: reason)
    commands += 1
    let id = CommandID(high: 0x019a_0000_0000_7000, low: 0x8000_0000_0000_0000 | commands)
    let first = state.position + 1
    for (offset, event) in decision.events.enumerated() {
      let at = Timestamp(microseconds: now.rawValue + Int64(offset))
      events.append(
        RecordedEvent(
          seq: state.position + 1, at: at, type: event.type, actor: actor, tag: event.tag,
          customer: event.customer, command: id,
          cause: event.cause.map { first + Int64($0) } ?? event.origin,
          occurred: event.occurred, reason: event.reason, data: Self.recordedData(of: event)))
      lookups.append(event.lookups)
      personal.append(event.personal)
      state.evolve(event, at: at)
    }
    now = Timestamp(microseconds: now.rawValue + 1_000_000)
    return decision
  }

  /// Rows of a history with what the ledger adds to them: when their customer and tag, or another tag
  /// of its set, were last changed by hand.
  package func settled(_ rows: [ImportRow]) -> [ImportRow] {
    rows.map { row in
      guard case .history(var row) = row, let customer = customer(of: row),
        let tag = state.tag(everNamed: NameKey(row.tag))
      else { return row }
      var tags = [tag.id]
      if row.applied, let set = tag.setKey { tags = state.tags(inSet: set).map(\.id) }
      row.settled = tags.compactMap { lastByHand($0, customer) }.max()
      return .history(row)
    }
  }

  private func customer(of row: HistoryRow) -> CustomerID? {
    switch row.customer {
    case .id(let id): try? state.current(id)
    case .lookup(let draft):
      draft.lookups.ref.flatMap { state.customer(ref: $0) }
        ?? draft.lookups.phone.flatMap { state.customer(phone: $0) }
    }
  }

  /// The newest event of each membership that is this one now, of those the one by hand and latest;
  /// an import that has been undone, and its undo, count for nothing.
  private func lastByHand(_ tag: TagID, _ customer: CustomerID) -> Timestamp? {
    var newest: [Membership: RecordedEvent] = [:]
    var undone: [Membership: Int64] = [:]
    for event in events.reversed() {
      guard let part = event.tag, let person = event.customer,
        (try? state.current(part))?.id == tag, (try? state.current(person)) == customer
      else { continue }
      let membership = Membership(tag: part, customer: person)
      guard newest[membership] == nil, event.seq < undone[membership] ?? .max else { continue }
      if let first = try? event.undoneImport() {
        undone[membership] = first
      } else {
        newest[membership] = event
      }
    }
    return newest.values.filter { $0.occurred == nil }.map(\.at).max()
  }

  /// The state that the events written down add up to, their data read again from its text.
  package func replayed() throws -> State {
    var state = State()
    for (event, lookups) in zip(events, lookups) {
      let data = try event.data.map { try JSON(parsing: $0) }
      guard state.fits(event.type, tag: event.tag, customer: event.customer, data: data) else {
        throw Problem.logDamaged("event \(event.seq) does not fit")
      }
      state.evolve(
        event.type, tag: event.tag, customer: event.customer, at: event.at,
        occurred: event.occurred, data: data, lookups: lookups)
    }
    return state
  }

  /// The same as a replay finds it: what concerns one tag or one customer alone is gathered, and put in
  /// place when it is looked at, the last share first, since none may depend on another.
  package func gathered() throws -> State {
    let backwards: Spread = { count, share in
      for index in (0..<count).reversed() { share(index) }
    }
    var state = State()
    for start in stride(from: 0, to: events.count, by: Self.stretch) {
      try fold(start..<min(start + Self.stretch, events.count), into: &state, backwards)
    }
    return state
  }

  /// Few, so that a history has many.
  private static let stretch = 64

  private func fold(_ range: Range<Int>, into state: inout State, _ spread: Spread) throws {
    var columns = EventColumns(capacity: range.count)
    var gathered = GatheredTurns()
    var start = 0
    func take(before index: Int) {
      state.take(&gathered, spread: spread, from: 1)
      state.take(&columns.facts, before: index, spread: spread, from: 1)
    }
    for (index, event) in events[range].enumerated() {
      let lookups = lookups[range.lowerBound + index]
      columns.append(
        event.type, tag: event.tag?.rawValue ?? 0, customer: event.customer?.rawValue ?? 0,
        at: event.at.rawValue)
      if columns.tell(event, lookups) { continue }
      state.evolve(columns, start..<index, into: &gathered)
      if event.type.waitsForGathered { take(before: index) }
      state.evolve(
        event.type, tag: event.tag, customer: event.customer, at: event.at,
        occurred: event.occurred, data: try event.data.map { try JSON(parsing: $0) },
        lookups: lookups)
      start = index + 1
    }
    state.evolve(columns, start..<range.count, into: &gathered)
    take(before: range.count)
  }

  /// The state after the first events.
  package func state(at seq: Int64) throws -> State {
    var copy = self
    copy.events = Array(events.prefix(Int(seq)))
    copy.lookups = Array(lookups.prefix(Int(seq)))
    return try copy.replayed()
  }

  /// What undoing the commands of these events needs to know, as if they were one.
  package func undo(of parts: ClosedRange<Int64>...) throws -> Undo {
    try undo(of: parts)
  }

  package func undo(of parts: [ClosedRange<Int64>]) throws -> Undo {
    let (first, last) = (parts[0].lowerBound, parts.last!.upperBound)
    var undo = Undo(
      command: events[Int(first) - 1].command, parts: parts, before: try state(at: first - 1),
      after: try state(at: last))
    for (index, event) in events.enumerated() where event.seq >= first {
      let data = try event.parsedData()
      guard parts.contains(where: { $0.contains(event.seq) }) else {
        undo.touched.note(
          Touched.Touch(seq: event.seq, actor: event.actor.name), event.type, tag: event.tag,
          customer: event.customer, data: data)
        continue
      }
      undo.add(
        event.type, tag: event.tag, customer: event.customer, hasOccurred: event.occurred != nil,
        data: data)
      guard event.type == .customerRevised, let customer = event.customer else { continue }
      for field in (personal[index] ?? [:]).keys {
        set(field, of: customer, before: first, in: &undo)
      }
    }
    return undo
  }

  private func set(
    _ field: PersonalField, of customer: CustomerID, before seq: Int64, in undo: inout Undo
  ) {
    let known = zip(events, personal).reversed().first { event, personal in
      event.seq < seq && event.customer == customer && personal?[field] != nil
    }
    let value = known?.1?[field] ?? ""
    var draft =
      undo.personal[customer] ?? CustomerDraft(personal: [:], lookups: Lookups())
    draft.personal[field] = value
    if field == .phone, !value.isEmpty { draft.lookups.phone = Self.key(value) }
    if field == .ref, !value.isEmpty { draft.lookups.ref = Self.key(value) }
    undo.personal[customer] = draft
  }

  /// The key by which a phone or a reference is found on paper (FNV-1a).
  package static func key(_ value: String) -> LookupKey {
    LookupKey(
      rawValue: value.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
  }

  private static func recordedData(of event: Event) -> String? {
    var data = event.data
    if let personal = event.personal, !personal.isEmpty {
      var members = event.data?.object ?? [:]
      members["sealed"] = .object(
        Dictionary(
          uniqueKeysWithValues: personal.map { field, value in
            (field.rawValue, value.isEmpty ? .null : .string(String(repeating: "0", count: 64)))
          }))
      data = .object(members)
    }
    return data?.canonical
  }
}

extension CustomerDraft {
  /// A draft with the keys of its phone and reference; an empty text clears a field.
  package static func draft(
    name: String? = nil, phone: String? = nil, ref: String? = nil, channel: String? = nil
  ) -> Self {
    var personal: PersonalFields = [:]
    personal[.name] = name
    personal[.phone] = phone
    personal[.ref] = ref
    func key(_ value: String?) -> LookupKey? {
      value.flatMap { $0.isEmpty ? nil : PaperLedger.key($0) }
    }
    return Self(
      personal: personal, channel: channel, lookups: Lookups(phone: key(phone), ref: key(ref)))
  }
}

extension PaperLedger {
  /// Lets time pass.
  package mutating func wait(until time: Timestamp) {
    now = max(now, time)
  }
}

extension EventColumns {
  /// Tells the last event as a replay does; false where that is more than columns can tell. The keys by
  /// which somebody is found are no matter of theirs.
  fileprivate mutating func tell(_ event: RecordedEvent, _ lookups: LookupChanges?) -> Bool {
    if event.type == .customerRegistered && lookups ?? .init() != .init() { return false }
    guard let data = event.data else { return tell(nil, occurred: event.occurred) }
    return Array(data.utf8).withUnsafeBufferPointer { tell($0, occurred: event.occurred) }
  }
}
