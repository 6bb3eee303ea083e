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
///
/// What may be refused comes before what is recorded, so that a refused row leaves nothing behind
/// and no copy of the state is needed to go back to.
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
    switch row {
    case .customer(let draft, let id, let known):
      try take(draft, of: id, known: known)
    case .membership(let customer, let tag, let details):
      try take(tag, for: customer, details: details)
    case .history(let row):
      try take(row)
    }
  }

  private mutating func take(
    _ draft: CustomerDraft, of id: CustomerID?, known: KnownFields?
  ) throws(Problem) {
    guard let found = try id.map(state.current) ?? state.customer(draft.lookups) else {
      record([try register(draft)])
      return
    }
    var draft = draft
    // A key by which they are found already says nothing new; it may be that of somebody who was
    // merged into them, and must not take the place of their own.
    if let key = draft.lookups.phone, state.customer(phone: key) == found {
      draft.personal[.phone] = nil
    }
    if let key = draft.lookups.ref, state.customer(ref: key) == found {
      draft.personal[.ref] = nil
    }
    if let known, known.customer == found, known.revision == state.revision(of: found) {
      draft.personal = draft.personal.filter { !known.fields.contains($0.key) }
    }
    let revised = try state.revise(found, draft, revision: nil)
    decision.unchanged += revised.unchanged
    record(revised.events)
  }

  /// An archived tag is no longer applied, but who has it may be said to have it.
  private mutating func take(
    _ name: String, for customer: RowCustomer, details: Details?
  ) throws(Problem) {
    try State.check(details)
    let tag = try find(tag: name)
    let customer = try find(customer)
    if let tag = tag.known, let customer = customer.known,
      state.members(of: tag.id).contains(customer)
    {
      let before = state.details(of: Membership(tag: tag.id, customer: customer)) ?? [:]
      guard details ?? before != before else {
        decision.unchanged += 1
        return
      }
    }
    try tag.known?.refuseArchived()
    if let customer = customer.known { try state.refuseErased(customer) }
    apply(
      resolve(tag), to: resolve(customer), details: details, source: source(nil, 1), occurred: nil)
  }

  private mutating func take(_ row: HistoryRow) throws(Problem) {
    try State.check(row.source, "operator", limit: 100)
    guard row.occurred <= at else {
      throw .parameterUnreadable(
        name: "time", value: row.occurred.text, expected: .timePassed)
    }
    let tag = try find(tag: row.tag)
    let customer = try find(row.customer)
    guard isNews(row, tag.known, customer.known) else {
      decision.unchanged += 1
      return
    }
    if let customer = customer.known { try state.refuseErased(customer) }
    let source = source(row.source, row.ordinal)
    if row.applied {
      try tag.known?.refuseArchived()
      apply(
        resolve(tag), to: resolve(customer), details: nil, source: source, occurred: row.occurred)
    } else {
      record([
        Event(
          .tagRemoved, tag: resolve(tag).id, customer: resolve(customer),
          data: .object(["source": source]), occurred: row.occurred)
      ])
    }
  }

  /// Whether a row changes anything: it does not where the past it tells of is settled already.
  private func isNews(_ row: HistoryRow, _ tag: CustomerTag?, _ customer: CustomerID?) -> Bool {
    guard let tag, let customer else { return row.applied }
    if let settled = row.settled, row.occurred <= settled { return false }
    let mark = HistoryMark(occurred: row.occurred, ordinal: row.ordinal)
    if let told = state.memberships[tag.id.index].history[customer], mark <= told { return false }
    guard row.applied != state.members(of: tag.id).contains(customer) else { return false }
    return !row.applied || !isOutdated(row, tag, customer)
  }

  /// In a set a customer holds one tag at a time, so what is told of one is so of the others.
  private func isOutdated(_ row: HistoryRow, _ tag: CustomerTag, _ customer: CustomerID) -> Bool {
    guard let set = tag.setKey else { return false }
    return state.tags(inSet: set).contains { rival in
      let told = state.memberships[rival.id.index].history[customer]
      return told.map { row.occurred < $0.occurred } ?? false
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

  private func find(tag text: String) throws(Problem) -> Named<CustomerTag> {
    if let tag = state.tag(everNamed: NameKey(text)) { return .known(tag) }
    let name = try TagName(text, limit: limits.nameLength)
    guard policy.createsTags else { throw .tagNotFound(name.text) }
    let color =
      policy.colors.isEmpty
      ? TagColor.palette(0) : policy.colors[tagsCreated % policy.colors.count]
    return .new(try state.create(TagDraft(name: text, color: color), limits: limits))
  }

  private mutating func resolve(_ tag: Named<CustomerTag>) -> CustomerTag {
    switch tag {
    case .known(let tag):
      return tag
    case .new(let event):
      tagsCreated += 1
      record([event])
      return state.tags[state.tags.count - 1]
    }
  }

  private func find(_ customer: RowCustomer) throws(Problem) -> Named<CustomerID> {
    switch customer {
    case .id(let id):
      return .known(try state.current(id))
    case .lookup(let draft):
      if let known = state.customer(draft.lookups) { return .known(known) }
      guard policy.createsCustomers else {
        throw .customerNotFound(draft.personal[.ref] ?? draft.personal[.phone] ?? "")
      }
      return .new(try register(draft))
    }
  }

  /// Who has nothing to be found again by would be registered anew each time the file is taken.
  private func register(_ draft: CustomerDraft) throws(Problem) -> Event {
    guard draft.lookups != Lookups() else { throw .cellMissing("phone / ref") }
    return try state.register(draft)
  }

  private mutating func resolve(_ customer: Named<CustomerID>) -> CustomerID {
    switch customer {
    case .known(let id):
      return id
    case .new(let event):
      record([event])
      return CustomerID(state.lastCustomer)
    }
  }
}

/// What a row names: there already, or to be created if nothing else speaks against the row.
private enum Named<Known> {
  case known(Known)
  case new(Event)

  var known: Known? {
    guard case .known(let known) = self else { return nil }
    return known
  }
}
