import HashTreeCollections

/// Deciding about segments and the work on them.
extension State {
  /// Enough for any team; a list of more is not a list that anybody reads.
  static let segmentLimit = 1000

  func decide(
    _ command: SegmentCommand, limits: Limits, at: Timestamp
  ) throws(Problem) -> Decision {
    switch command {
    case .create(let terms):
      var rest = terms
      rest.filter = try storedFilter(terms.filter)
      rest = try checked(rest, for: nil)
      guard segments.listed.count < Self.segmentLimit else {
        throw .segmentsTooMany(limit: Self.segmentLimit)
      }
      let id = SegmentID(Int32(segments.all.count + 1))
      return Decision(events: [SegmentChange.created(id, rest).event()])
    case .adopt(let drafts): return adopt(drafts)
    case .revise(let id, let changes): return try revise(id, changes)
    case .remove(let id):
      let name = try segment(id).terms.name
      return Decision(events: [SegmentChange.removed(id, name: name).event()])
    case .fallDue(let id, let day, let due):
      return try fallDue(id, DueMoment(day: day, at: due), limits: limits, at: at)
    case .work(let act, let id, let customers, let holder):
      return try work(act, id, customers, by: holder, limits: limits)
    case .configureRFM(let settings, let revision):
      return try configure(settings, revision: revision)
    }
  }

  /// What is said of a segment, trimmed and checked; the filter is in its stored form already.
  private func checked(_ terms: SegmentTerms, for id: SegmentID?) throws(Problem) -> SegmentTerms {
    var terms = terms
    terms.name = terms.name.trimmed
    terms.purpose = terms.purpose?.trimmed
    if terms.purpose?.isEmpty == true { terms.purpose = nil }
    guard !terms.name.isEmpty else { throw .textEmpty(field: "name") }
    try Self.check(terms.name, "name", limit: 60)
    try Self.check(terms.purpose, "purpose", limit: 500)
    if let other = segments.segment(named: terms.name), other.id != id {
      throw .segmentNameTaken(terms.name, by: other.id)
    }
    if let owner = terms.owner {
      guard let found = team[owner] else { throw .operatorNotFound("\(owner.rawValue)") }
      if found.isArchived { throw .operatorArchived(owner) }
    }
    if let role = terms.routine?.role, team[role]?.isRemoved ?? true {
      throw .roleNotFound("\(role.rawValue)")
    }
    return terms
  }

  /// The ready segments that can be made here: those of whose tags none is missing.
  private func adopt(_ drafts: [SegmentTerms]) -> Decision {
    var decision = Decision()
    var names: Set<NameKey> = []
    for draft in drafts {
      var terms = draft
      guard let filter = try? storedFilter(draft.filter) else { continue }
      terms.filter = filter
      guard names.insert(NameKey(terms.name)).inserted, let checked = try? checked(terms, for: nil)
      else {
        decision.unchanged += 1
        continue
      }
      let number = segments.all.count + decision.events.count + 1
      decision.events.append(
        SegmentChange.created(SegmentID(Int32(number)), checked).event())
    }
    return decision
  }

  private func revise(_ id: SegmentID, _ changes: SegmentChanges) throws(Problem) -> Decision {
    let old = try segment(id).terms
    var terms = old
    if let name = changes.name { terms.name = name }
    if let purpose = changes.purpose { terms.purpose = purpose }
    if let owner = changes.owner { terms.owner = owner }
    if let filter = changes.filter { terms.filter = try storedFilter(filter) }
    switch changes.routine {
    case nil: break
    case .some(.none): terms.routine = nil
    case .to(let routine): terms.routine = routine
    }
    terms = try checked(terms, for: id)
    let revision = SegmentChange.Revision(from: old, to: terms)
    guard !revision.isEmpty else { return Decision(events: [], unchanged: 1) }
    return Decision(events: [SegmentChange.revised(id, revision).event()])
  }

  // MARK: Lists

  private func fallDue(
    _ id: SegmentID, _ due: DueMoment, limits: Limits, at: Timestamp
  ) throws(Problem) -> Decision {
    let segment = try segment(id)
    guard let routine = segment.terms.routine, routine.falls(on: due.day),
      due.at > segment.routineSince, due.at <= at,
      segment.list.map({ $0.day < due.day && $0.due < due.at }) ?? true
    else { return Decision(events: [], unchanged: 1) }
    let matching = try members(of: segment, at: at)
    let listed = matching.after(nil, limit: limits.bulk)
    var decision = Decision()
    var rest = listed[...]
    repeat {
      let part = Array(rest.prefix(SegmentChange.dueLimit))
      rest = rest.dropFirst(part.count)
      var event = SegmentChange.due(
        id, due, part, matched: matching.count, part: decision.events.count + 1
      ).event(cause: decision.events.isEmpty ? nil : 0)
      if due.at < at { event.occurred = due.at }
      decision.events.append(event)
    } while !rest.isEmpty
    return decision
  }

  private func work(
    _ act: WorkAct, _ id: SegmentID, _ customers: [CustomerID], by holder: OperatorID?,
    limits: Limits
  ) throws(Problem) -> Decision {
    guard customers.count <= limits.bulk else {
      throw .bulkTooLarge(count: customers.count, limit: limits.bulk)
    }
    guard let list = try segment(id).list else { throw .workNotDue(id) }
    let moved = moved(on: list)
    var decision = Decision()
    var seen: Set<CustomerID> = []
    for number in customers {
      let customer = try current(number)
      guard seen.insert(customer).inserted else { continue }
      let own = list.customers.contains(customer) ? [customer] : []
      let places = own + (moved[customer] ?? [])
      guard !places.isEmpty else { throw .workNotListed(customer, on: id) }
      var isChanged = false
      for place in places where try follows(act, list[place], customer, by: holder) {
        isChanged = true
        decision.events.append(
          SegmentChange.worked(act, id, place, list.day, by: holder).event())
      }
      if !isChanged { decision.unchanged += 1 }
    }
    return decision
  }

  /// Whether an act changes anything; throws where somebody else was first.
  private func follows(
    _ act: WorkAct, _ item: WorkItem, _ customer: CustomerID, by holder: OperatorID?
  ) throws(Problem) -> Bool {
    switch (act, item.state) {
    case (.reopen, let state): return state != .open
    case (.done, .done), (.skip, .skipped): return false
    case (_, .done), (_, .skipped): throw .workSettled(customer, by: item.settled?.stamp.by)
    case (.take, .taken):
      guard let taker = item.taken?.by, taker != holder else { return false }
      throw .workTaken(customer, by: taker)
    default: return true
    }
  }
}

// MARK: - Evolving

extension State {
  mutating func evolve(_ change: SegmentChange, at: Timestamp) {
    if case .rfmConfigured(let settings) = change {
      rfm.settings = settings.to
      rfm.revision += 1
      // What a rule asks means something else now.
      if hasRulesOnRFM { rules.changed = position }
      return
    }
    if case .created(let id, let terms) = change {
      segments.all.append(
        Segment(id: id, terms: terms, created: position, routineSince: at))
      return
    }
    let index = Int(change.segment!.rawValue) - 1
    switch change {
    case .created, .rfmConfigured: break
    case .revised(_, let revision):
      segments.all[index].revision += 1
      segments.all[index].terms.take(revision)
      if revision.routine != nil { segments.all[index].routineSince = at }
    case .removed:
      segments.all[index].revision += 1
      segments.all[index].isRemoved = true
    case .restored:
      segments.all[index].revision += 1
      segments.all[index].isRemoved = false
      segments.all[index].routineSince = at
    case .due(_, let due, let customers, let matched, let part):
      fallDue(index, due, customers, matched: matched, part: part)
    case .worked(let act, _, let customer, let day, let holder):
      guard segments.all[index].list?.day == day else { return }
      var item = segments.all[index].list![customer]
      item.apply(act, WorkItem.Stamp(by: holder, at: at))
      segments.all[index].list!.marks[customer] = item.state == .open ? nil : item
    }
  }

  private mutating func fallDue(
    _ index: Int, _ due: DueMoment, _ customers: [CustomerID], matched: Int, part: Int
  ) {
    let old = segments.all[index].list
    var list: WorkList
    if part > 1, let begun = old, begun.day == due.day {
      list = begun
      segments.all[index].list = nil
    } else {
      list = WorkList(day: due.day, due: due.at, seq: position, matched: matched)
      // Who has taken somebody upon themselves still has them; a mark of who is not on this list
      // counts for nothing.
      for (customer, item) in old?.marks ?? [:] where item.state == .taken {
        list.marks[customer] = item
      }
    }
    for customer in customers { list.customers.insert(customer) }
    segments.all[index].list = list
  }

  /// Whether an event of segments can follow this state.
  func fits(_ change: SegmentChange) -> Bool {
    switch change {
    case .created(let id, _): Int(id.rawValue) == segments.all.count + 1
    case .rfmConfigured: true
    case .worked(_, let id, let customer, _, _):
      segments[id] != nil && customer.index >= 0 && customer.index < customers.count
    case .due(let id, _, let listed, _, let part):
      segments[id] != nil && part > 0
        && listed.allSatisfy { $0.index >= 0 && $0.index < customers.count }
    case .revised(let id, _), .removed(let id, _), .restored(let id, _): segments[id] != nil
    }
  }

  /// What differs from another state in segments and RFM; nil where nothing does.
  func segmentDifference(to other: State) -> String? {
    if rfm != other.rfm { return "how RFM is scored: \(rfm) here, \(other.rfm) there" }
    guard segments != other.segments else { return nil }
    let pair = zip(segments.all, other.segments.all).first { $0 != $1 }
    return pair.map { "segment \($0) here, \($1) there" }
      ?? "\(segments.all.count) segments here, \(other.segments.all.count) there"
  }
}

extension SegmentTerms {
  mutating func take(_ revision: SegmentChange.Revision) {
    if let change = revision.name { name = change.to }
    if let change = revision.purpose { purpose = change.to }
    if let change = revision.owner { owner = change.to }
    if let change = revision.filter { filter = change.to }
    if let change = revision.routine { routine = change.to }
  }
}

// MARK: - Whom it concerns

extension State {
  /// Who is told that a segment or the scoring of RFM has changed: its owner, and whose work it is.
  func concerned(by change: SegmentChange, at time: Timestamp) -> [OperatorID] {
    let found: [OperatorID]
    switch change {
    case .revised(let id, let revision):
      guard revision.filter != nil || revision.routine != nil || revision.owner != nil,
        let segment = segments[id]
      else { return [] }
      let owners = [segment.terms.owner, revision.owner?.from].compactMap { $0 }
      let roles = [segment.terms.routine?.role, revision.routine?.from?.role].compactMap { $0 }
      found = owners + roles.flatMap { holders(of: $0, at: time) }
    case .removed(let id, _):
      guard let segment = segments[id] else { return [] }
      found =
        (segment.terms.owner.map { [$0] } ?? [])
        + (segment.terms.routine?.role.map { holders(of: $0, at: time) } ?? [])
    case .rfmConfigured:
      found = team.operators.map(\.id).filter {
        team.powers(of: $0, at: time).everywhere.contains(.segmentsWrite)
      }
    case .created, .restored, .due, .worked: return []
    }
    return Set(found).sorted().filter { team[$0]?.isArchived == false }
  }

  private func holders(of role: RoleID, at time: Timestamp) -> [OperatorID] {
    team.grants.filter { $0.role == role && $0.holds(at: time) }.map(\.holder)
  }
}
