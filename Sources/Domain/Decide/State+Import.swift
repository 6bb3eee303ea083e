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
        try State.check(details)
        let tag = try applicableTag(tag)
        let customer = try find(customer)
        apply(tag, to: customer, details: details, source: source(nil, 1), occurred: nil)
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

  /// A row that is not later than what history has told already is known, and changes nothing.
  private mutating func take(_ row: HistoryRow) throws(Problem) {
    let tag = row.applied ? try applicableTag(row.tag) : try knownTag(row.tag)
    let customer = try find(row.customer)
    let mark = HistoryMark(occurred: row.occurred, ordinal: row.ordinal)
    let has = state.members(of: tag.id).contains(customer)
    if let told = state.memberships[tag.id.index].history[customer], mark <= told {
      decision.unchanged += 1
    } else if has == row.applied {
      decision.unchanged += 1
    } else {
      let source = source(row.source, row.ordinal)
      if row.applied {
        apply(tag, to: customer, details: nil, source: source, occurred: row.occurred)
      } else {
        record([
          Event(
            .tagRemoved, tag: tag.id, customer: customer, data: .object(["source": source]),
            occurred: row.occurred)
        ])
      }
    }
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
    let name = try TagName(text, limit: limits.nameLength)
    if let tag = state.tag(named: name.key) { return tag }
    guard policy.createsTags else { throw .tagNotFound(name.text) }
    let color =
      policy.colors.isEmpty
      ? TagColor.palette(0) : policy.colors[tagsCreated % policy.colors.count]
    tagsCreated += 1
    record([try state.create(TagDraft(name: text, color: color), limits: limits)])
    return state.tags[state.tags.count - 1]
  }

  private mutating func applicableTag(_ text: String) throws(Problem) -> CustomerTag {
    // Two steps: the state to ask is the one after the tag may have been created.
    let id = try knownTag(text).id
    return try state.applicable(id)
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
