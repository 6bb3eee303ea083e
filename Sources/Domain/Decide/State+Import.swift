import HashTreeCollections

extension State {
  /// Takes the rows of a file in their order; a row that is refused leaves the others as they are.
  func take(
    _ rows: [ImportRow], policy: ImportPolicy, limits: Limits, at: Timestamp
  ) -> Decision {
    var intake = Intake(state: self, policy: policy, limits: limits, at: at)
    for (index, row) in rows.enumerated() {
      do throws(Problem) {
        try intake.take(row)
      } catch {
        intake.decision.refusals.append(Refusal(row: index, problem: error))
      }
    }
    return intake.decision
  }
}

/// A file on its way in: what its rows have led to, and the state that the next row meets.
private struct Intake {
  var state: State
  let policy: ImportPolicy
  let limits: Limits
  let at: Timestamp
  var decision = Decision()
  private var tagsCreated = 0

  init(state: State, policy: ImportPolicy, limits: Limits, at: Timestamp) {
    self.state = state
    self.policy = policy
    self.limits = limits
    self.at = at
  }

  mutating func take(_ row: ImportRow) throws(Problem) {
    let before = (state, tagsCreated, decision.events.count)
    do throws(Problem) {
      switch row {
      case .customer(let draft, let id):
        try take(draft, of: id)
      case .membership(let customer, let tag, let details):
        try take(tag, for: customer, details: details)
      case .history(let row):
        try take(row)
      }
    } catch {
      (state, tagsCreated) = (before.0, before.1)
      decision.events.removeSubrange(before.2...)
      throw error
    }
  }

  private mutating func take(_ draft: CustomerDraft, of id: CustomerID?) throws(Problem) {
    let known =
      id
      ?? draft.lookups.ref.flatMap { state.customer(ref: $0) }
      ?? draft.lookups.phone.flatMap { state.customer(phone: $0) }
    guard let known else {
      record([try state.register(draft)])
      return
    }
    let revised = try state.revise(known, draft, revision: nil)
    decision.unchanged += revised.unchanged
    record(revised.events)
  }

  /// An archived tag is no longer applied, but who has it may be said to have it.
  private mutating func take(
    _ name: String, for customer: RowCustomer, details: Details?
  ) throws(Problem) {
    try State.check(details)
    let tag = try knownTag(name)
    let customer = try find(customer)
    let before = state.details(of: Membership(tag: tag.id, customer: customer)) ?? [:]
    if state.members(of: tag.id).contains(customer), details ?? before == before {
      decision.unchanged += 1
      return
    }
    apply(
      try state.applicable(tag.id), to: customer, details: details, source: source(nil, 1),
      occurred: nil)
  }

  /// A row that is not later than what is known already changes nothing.
  private mutating func take(_ row: HistoryRow) throws(Problem) {
    guard row.occurred <= at else {
      throw .parameterUnreadable(
        name: "time", value: row.occurred.text, expected: "a time that has passed")
    }
    let tag = try knownTag(row.tag)
    let customer = try find(row.customer)
    let mark = HistoryMark(occurred: row.occurred, ordinal: row.ordinal)
    let told = state.memberships[tag.id.index].history[customer]
    let isKnown =
      row.settled.map { row.occurred <= $0 } ?? false || told.map { mark <= $0 } ?? false
    if isKnown || state.members(of: tag.id).contains(customer) == row.applied {
      decision.unchanged += 1
      return
    }
    let source = source(row.source, row.ordinal)
    if row.applied {
      apply(
        try state.applicable(tag.id), to: customer, details: nil, source: source,
        occurred: row.occurred)
      return
    }
    record([
      Event(
        .tagRemoved, tag: tag.id, customer: customer, data: .object(["source": source]),
        occurred: row.occurred)
    ])
  }

  private mutating func apply(
    _ tag: CustomerTag, to customer: CustomerID, details: Details?, source: JSON,
    occurred: Timestamp?
  ) {
    var step = Decision()
    Applier(tag, in: state).apply(
      to: customer, in: state, details: details, source: source, occurred: occurred, into: &step)
    decision.unchanged += step.unchanged
    record(step.events)
  }

  private mutating func record(_ events: [Event]) {
    let base = decision.events.count
    for var event in events {
      event.cause = event.cause.map { $0 + base }
      let offset = Int64(decision.events.count)
      state.evolve(event, at: Timestamp(microseconds: at.rawValue + offset))
      decision.events.append(event)
    }
  }

  private func source(_ person: String?, _ ordinal: Int) -> JSON {
    var members: [String: JSON] = ["import": .string(policy.file)]
    if let person, !person.isEmpty { members["operator"] = .string(person) }
    if ordinal > 1 { members["ordinal"] = .int(Int64(ordinal)) }
    return .object(members)
  }

  // MARK: Finding or creating what a row names

  private mutating func knownTag(_ text: String) throws(Problem) -> CustomerTag {
    // A name that is there counts, whatever the limit has become.
    if let tag = state.tag(named: NameKey(text)) { return tag }
    let name = try TagName(text, limit: limits.nameLength)
    guard policy.createsTags else { throw .tagNotFound(name.text) }
    let color =
      policy.colors.isEmpty
      ? TagColor.palette(0) : policy.colors[tagsCreated % policy.colors.count]
    tagsCreated += 1
    record([try state.create(TagDraft(name: text, color: color), limits: limits)])
    return state.tags[state.tags.count - 1]
  }

  private mutating func find(_ customer: RowCustomer) throws(Problem) -> CustomerID {
    switch customer {
    case .id(let id):
      return try state.current(id)
    case .lookup(let draft):
      if let key = draft.lookups.ref, let known = state.customer(ref: key) { return known }
      if let key = draft.lookups.phone, let known = state.customer(phone: key) { return known }
      guard policy.createsCustomers else {
        throw .customerNotFound(draft.personal[.ref] ?? draft.personal[.phone] ?? "")
      }
      record([try state.register(draft)])
      return CustomerID(Int32(state.customers.count))
    }
  }
}
