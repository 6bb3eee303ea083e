/// What comes with facts besides themselves.
package struct FactPolicy: Hashable, Sendable {
  /// Whether who is not known yet is registered, by phone or reference.
  package var createsCustomers: Bool
  /// The file that they come from, kept as the source of each.
  package var file: String?

  package init(createsCustomers: Bool = false, file: String? = nil) {
    self.createsCustomers = createsCustomers
    self.file = file
  }
}

/// Facts on their way in, one after another.
///
/// No fact depends on another, so that no working copy of the state is needed: what the command has
/// told so far is remembered apart.
struct FactIntake {
  let state: State
  let policy: FactPolicy
  var decision = Decision()
  private var told: [Identity: FactWeight] = [:]
  private var registered = 0
  private var newcomers: [LookupKey: CustomerID] = [:]

  private struct Identity: Hashable {
    let type: EventType
    let customer: CustomerID?
    let key: FactKey
    let other: FactKey?
  }

  init(state: State, policy: FactPolicy, expecting count: Int) {
    self.state = state
    self.policy = policy
    decision.events.reserveCapacity(count)
    told.reserveCapacity(count)
  }

  mutating func take(_ read: ReadFact) throws(Problem) {
    let (customer, newcomer) = try find(read)
    let identity = Identity(
      type: read.event.type, customer: customer, key: read.key, other: read.other)
    if let known = told[identity] ?? read.known, known <= read.weight {
      // What says no time of its own says nothing of the time.
      let isSame =
        known.amount == read.weight.amount
        && (known.at == read.weight.at || read.event.occurred == nil)
      if isSame { decision.unchanged += 1 } else { decision.superseded += 1 }
      return
    }
    told[identity] = read.weight
    if let newcomer { register(newcomer, customer!) }
    decision.events.append(read.event)
    decision.events[decision.events.count - 1].customer = customer
  }

  /// Whose it is; besides, as whom they are registered if they are not known yet.
  private func find(_ read: ReadFact) throws(Problem) -> (CustomerID?, newcomer: CustomerDraft?) {
    guard let draft = read.lookup else { return (read.event.customer, nil) }
    let keys = draft.lookups
    let byRef = read.byRef ?? keys.ref.flatMap { newcomers[$0] }
    let byPhone = read.byPhone ?? keys.phone.flatMap { newcomers[$0] }
    if let byRef, let byPhone, byRef != byPhone { throw .phoneTaken(by: byPhone) }
    if let known = byRef ?? byPhone { return (known, nil) }
    guard policy.createsCustomers else {
      throw .customerNotFound(draft.personal[.ref] ?? draft.personal[.phone] ?? "")
    }
    guard keys != Lookups() else { throw .cellMissing("phone / ref") }
    return (CustomerID(state.lastCustomer + Int32(registered) + 1), draft)
  }

  /// Who comes with their first fact, which nothing else speaks against.
  private mutating func register(_ draft: CustomerDraft, _ customer: CustomerID) {
    guard var event = try? state.register(draft) else { return }
    event.customer = customer
    registered += 1
    if let key = draft.lookups.ref { newcomers[key] = customer }
    if let key = draft.lookups.phone { newcomers[key] = customer }
    decision.events.append(event)
  }
}
