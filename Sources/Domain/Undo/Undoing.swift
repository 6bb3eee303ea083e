import HashTreeCollections

/// Finds the events that undo a command.
///
/// Whatever is now as the command left it, and has not been touched since, is set back; the rest is
/// left alone and told. Each event is applied to a working copy at once, since the next meets it.
struct Undoing {
  let undo: Undo
  let now: State
  let at: Timestamp
  /// How many events it may take.
  let limit: Int
  /// The state with the events so far.
  private(set) var state: State
  private(set) var decision = Decision()

  init(_ undo: Undo, in state: State, limit: Int, at: Timestamp) {
    self.undo = undo
    self.limit = limit
    self.at = at
    now = state
    self.state = state
  }

  var before: State { undo.before }
  var after: State { undo.after }

  /// In an order in which each step finds what it needs: tags and customers that come back, then who
  /// has what, then what tags and customers are like, then tags that go.
  mutating func run() throws(Problem) -> Decision {
    try undoTeam()
    try undoRules()
    try undoSegments()
    let tags = undo.tags.sorted()
    let changed = tags.filter { undo.isOwn(.tag($0)) }
    for tag in changed { try bringBack(tag) }
    let customers = undo.customers.sorted()
    for customer in customers { try part(customer) }
    for tag in tags { try takeAway(tag) }
    for tag in tags { try giveBack(tag) }
    for tag in changed { try revise(tag) }
    for customer in customers { try revise(customer) }
    for tag in changed { try delete(tag) }
    leaveTouched()
    try reopenHistory()
    return decision
  }

  /// - Throws: `bulkTooLarge` at once where that is one too many, since everybody waits meanwhile.
  mutating func record(_ event: Event) throws(Problem) {
    guard decision.events.count < limit else {
      throw .bulkTooLarge(count: max(undo.count, limit + 1), limit: limit)
    }
    var event = event
    var members = event.data?.object ?? [:]
    members["undo"] = .string(undo.command.description)
    event.data = .object(members)
    event.origin = undo.first
    state.evolve(
      event, at: Timestamp(microseconds: at.rawValue + Int64(decision.events.count)))
    decision.events.append(event)
  }

  mutating func leave(_ subject: LeftAlone.Subject, _ why: LeftAlone.Why) {
    decision.left.append(LeftAlone(subject: subject, why: why))
  }

  func touch(_ tag: TagID, _ aspect: Touched.Aspect) -> Touched.Touch? {
    undo.touched[.tag(tag, aspect)]
  }

  // MARK: Who has what

  private mutating func takeAway(_ tag: TagID) throws(Problem) {
    let gained = after.members(of: tag).subtracting(before.members(of: tag))
    for customer in gained {
      let membership = Membership(tag: tag, customer: customer)
      guard undo.isOwn(.membership(membership)), isAsLeft(membership),
        state.members(of: tag).contains(customer)
      else { continue }
      try record(
        Event(.tagRemoved, tag: tag, customer: customer, data: .object(reopening(membership))))
    }
  }

  private mutating func giveBack(_ tag: TagID) throws(Problem) {
    for customer in before.members(of: tag).subtracting(after.members(of: tag)) {
      let membership = Membership(tag: tag, customer: customer)
      guard undo.isOwn(.membership(membership)), !state.members(of: tag).contains(customer),
        isAsLeft(membership), mayHave(membership)
      else { continue }
      var data = reopening(membership)
      if let details = before.details(of: membership), !details.isEmpty {
        data["details"] = details.json
      }
      try record(Event(.tagApplied, tag: tag, customer: customer, data: .object(data)))
    }
    for customer in before.detailed(tag).union(after.detailed(tag)).sorted() {
      try detail(Membership(tag: tag, customer: customer))
    }
  }

  private mutating func detail(_ membership: Membership) throws(Problem) {
    let (tag, customer) = (membership.tag, membership.customer)
    let (wanted, left) = (before.details(of: membership), after.details(of: membership))
    guard wanted != left, undo.isOwn(.membership(membership)),
      before.members(of: tag).contains(customer),
      after.members(of: tag).contains(customer), isAsLeft(membership),
      state.members(of: tag).contains(customer)
    else { return }
    let present = state.details(of: membership)
    guard present != wanted else { return }
    let change: JSON = .object(["from": present?.json ?? .null, "to": wanted?.json ?? .null])
    try record(
      Event(.tagDetailed, tag: tag, customer: customer, data: .object(["details": change])))
  }

  /// What the event of a membership says of its history: how far it had been told before, so that it
  /// can be told anew.
  private func reopening(_ membership: Membership) -> [String: JSON] {
    guard undo.told.contains(membership), now.settled(membership) == after.settled(membership)
    else { return [:] }
    return ["settled": before.settled(membership)?.json ?? .null]
  }

  /// Where all that a history told of a membership came to nothing, it is none the less open again.
  private mutating func reopenHistory() throws(Problem) {
    guard !undo.told.isEmpty else { return }
    let left = Set(decision.left.map(\.subject))
    let closed = undo.told.filter {
      state.settled($0) == after.settled($0) && before.settled($0) != after.settled($0)
        && state.tag($0.tag)?.isListed == true && touch($0) == nil
        && !left.contains(.membership($0))
    }
    for membership in closed.sorted() {
      try record(
        Event(
          .historyReopened, tag: membership.tag, customer: membership.customer,
          data: .object(reopening(membership))))
    }
  }

  private func touch(_ membership: Membership) -> Touched.Touch? {
    undo.touched[.membership(membership)] ?? touch(membership.tag, .existence)
      ?? undo.touched[.customer(membership.customer)] ?? merge(into: membership)
  }

  /// The merge since by which the customer would have the tag in any case: from another that they had.
  private func merge(into membership: Membership) -> Touched.Touch? {
    guard let touch = touch(membership.tag, .sources) else { return nil }
    let isFromThere = now.tags.contains { other in
      let source = Membership(tag: other.id, customer: membership.customer)
      return other.id != membership.tag && (try? now.current(other.id))?.id == membership.tag
        && after.tag(other.id)?.isListed == true
        && (after.members(of: other.id).contains(source.customer)
          || undo.touched[.membership(source)] != nil)
    }
    return isFromThere ? touch : nil
  }

  /// Whether nobody has touched a membership since; tells it where somebody has.
  private mutating func isAsLeft(_ membership: Membership) -> Bool {
    guard let why = change(of: membership) else { return true }
    leave(.membership(membership), why)
    return false
  }

  /// Why a membership counts as changed since; nil where it does not.
  private func change(of membership: Membership) -> LeftAlone.Why? {
    let (tag, customer) = (membership.tag, membership.customer)
    let touch = touch(membership)
    let isSame =
      now.members(of: tag).contains(customer) == after.members(of: tag).contains(customer)
      && now.details(of: membership) == after.details(of: membership)
    return touch == nil && isSame ? nil : .changed(touch ?? self.touch(tag, .sources))
  }

  /// Tells of what others touched between the commands of a job, where it makes no difference between
  /// `before` and `after`: somebody took off again what the job had applied, or merged it away.
  private mutating func leaveTouched() {
    let left = Set(decision.left.map(\.subject))
    for membership in undo.ownTouched.sorted() where !left.contains(.membership(membership)) {
      if let why = change(of: membership) { leave(.membership(membership), why) }
    }
  }

  /// Whether the customer may get the tag back; tells why not.
  private mutating func mayHave(_ membership: Membership) -> Bool {
    let (tag, customer) = (membership.tag, membership.customer)
    guard let found = state.tag(tag), found.isListed, state.merged(customer) == nil else {
      leave(.membership(membership), .changed(touch(tag, .existence)))
      return false
    }
    guard !now.isErased(customer) else {
      leave(.membership(membership), .erased)
      return false
    }
    if found.status == .archived, before.tag(tag)?.status != .archived {
      leave(.membership(membership), .tagArchived)
      return false
    }
    let rival = state.rivals(of: found).first { $0.members.contains(customer) }
    if let rival {
      leave(.membership(membership), .setHeld(rival.tag.id))
      return false
    }
    return true
  }
}

extension State {
  /// Whose application of a tag carries details.
  func detailed(_ tag: TagID) -> Set<CustomerID> {
    guard memberships.indices.contains(tag.index) else { return [] }
    return Set(memberships[tag.index].details.keys)
  }
}
