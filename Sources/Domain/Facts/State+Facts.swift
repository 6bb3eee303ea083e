import HashTreeCollections

/// Deciding about facts, and what follows.
extension State {
  /// What is known of a customer's doings; of one who was merged into another, what is known of both.
  package func facts(of customer: CustomerID) -> CustomerFacts {
    guard let current = try? current(customer) else { return CustomerFacts() }
    return facts[current]
  }

  /// Bytes that an id from another system, a category or a product may have.
  static let factTextLimit = 100
  /// How far a clock elsewhere may be ahead of this one, in µs.
  static let clockTolerance: Int64 = 5 * 60 * 1_000_000

  // MARK: Deciding

  /// Takes facts in their order; one that is refused leaves the others as they are.
  func record(_ drafts: [FactDraft], _ policy: FactPolicy, at: Timestamp) -> Decision {
    var intake = FactIntake(state: self, policy: policy, at: at, expecting: drafts.count)
    for (index, draft) in drafts.enumerated() {
      do throws(Problem) {
        try intake.take(draft)
      } catch {
        intake.decision.refusals.append(Refusal(row: index, problem: error))
      }
    }
    return intake.decision
  }

  func reviseAccount(_ currency: String) throws(Problem) -> Decision {
    let currency = try Currency(currency)
    guard currency.code != facts.currency else { return Decision(events: [], unchanged: 1) }
    guard !facts.hasAmounts else { throw .currencyFixed(facts.currency) }
    return Decision(events: [
      Event(
        .accountRevised,
        data: ["currency": ["from": .string(facts.currency), "to": .string(currency.code)]])
    ])
  }

  // MARK: Evolving

  mutating func evolveFact(
    _ type: EventType, _ customer: CustomerID?, at: Timestamp, data: JSON?
  ) {
    switch type {
    case .accountRevised: facts.currency = data!["currency"]!["to"]!.string!
    case .mappingSaved:
      let mapping = ImportMapping(data!)!
      mappings[NameKey(mapping.name)] = mapping
    case .mappingRemoved: mappings[NameKey(data!["name"]!.string!)] = nil
    default: take(Fact(type, data)!, of: customer, at: at)
    }
  }

  /// The one place where a fact changes the state, whichever way it was read.
  mutating func take(_ fact: Fact, of customer: CustomerID?, at time: Timestamp) {
    facts.record(fact, of: customer, at: time)
  }

  /// Whether an event of facts can follow this state.
  func fitsFact(_ type: EventType, _ customer: CustomerID?, _ data: JSON?) -> Bool {
    switch type {
    case .accountRevised: return data?["currency"]?["to"]?.string != nil
    case .mappingSaved: return data.flatMap(ImportMapping.init) != nil
    case .mappingRemoved: return data?["name"]?.string != nil
    case .spendRecorded: return customer == nil && Fact(type, data) != nil
    default:
      guard let customer, customer.index >= 0, customer.index < customers.count else {
        return false
      }
      return Fact(type, data) != nil
    }
  }

  func factDifference(to other: State) -> String? {
    if mappings != other.mappings { return "the saved column mappings differ" }
    guard facts != other.facts else { return nil }
    if facts.currency != other.facts.currency {
      return "the account's currency: \(facts.currency) here, \(other.facts.currency) there"
    }
    for number in 1..<(lastCustomer + 1)
    where facts[CustomerID(number)] != other.facts[CustomerID(number)] {
      return "facts of customer \(number): \(facts[CustomerID(number)]) here, "
        + "\(other.facts[CustomerID(number)]) there"
    }
    return facts.spends != other.facts.spends
      ? "what was spent on source channels differs" : "the names that facts use differ"
  }
}

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

/// Facts on their way in.
///
/// No fact depends on another, so that no working copy of the state is needed: what the command has
/// told so far is remembered apart.
private struct FactIntake {
  let state: State
  let policy: FactPolicy
  let at: Timestamp
  let currency: String
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

  init(state: State, policy: FactPolicy, at: Timestamp, expecting count: Int) {
    self.state = state
    self.policy = policy
    self.at = at
    currency = state.facts.currency
    decision.events.reserveCapacity(count)
    told.reserveCapacity(count)
  }

  mutating func take(_ draft: FactDraft) throws(Problem) {
    let (fact, original) = try checked(draft)
    let time = draft.occurred ?? at
    guard time.rawValue <= at.rawValue + State.clockTolerance else { throw .factAhead(time) }
    let (customer, newcomer) = try find(draft.customer, fact)
    let identity = Identity(
      type: fact.type, customer: customer, key: FactKey(Self.key(of: fact)),
      other: Self.other(of: fact).map { FactKey($0) })
    let weight = FactWeight(at: time, amount: fact.isWeighed ? fact.amount ?? 0 : 0)
    if let known = told[identity] ?? known(fact, of: customer, isNew: newcomer != nil),
      known <= weight
    {
      // What says no time of its own says nothing of the time.
      let isSame = known.amount == weight.amount && (known.at == time || draft.occurred == nil)
      if isSame { decision.unchanged += 1 } else { decision.superseded += 1 }
      return
    }
    told[identity] = weight
    if let newcomer { register(newcomer, customer!) }
    decision.events.append(
      Event(
        ToldFact(fact, original: original, file: policy.file), of: customer,
        occurred: draft.occurred))
  }

  private func known(_ fact: Fact, of customer: CustomerID?, isNew: Bool) -> FactWeight? {
    guard let customer else {
      guard case .spendRecorded(let id, let channel, _) = fact else { return nil }
      let key = Facts.SpendKey(channel: NameKey(channel), key: FactKey(id))
      return state.facts.spends[key].map { FactWeight(at: $0.at, amount: $0.amount) }
    }
    return isNew ? nil : state.facts.known(fact, of: customer)
  }

  /// Broadcasts, categories and channels are the same under any spelling.
  private static func key(of fact: Fact) -> String {
    switch fact {
    case .broadcastReceived(let name), .broadcastAnswered(let name): NameKey(name).text
    default: fact.id
    }
  }

  private static func other(of fact: Fact) -> String? {
    switch fact {
    case .orderReturned(_, let order, _): order
    case .spendRecorded(_, let channel, _): NameKey(channel).text
    default: nil
    }
  }

  // MARK: Whose it is

  private func find(
    _ customer: RowCustomer?, _ fact: Fact
  ) throws(Problem) -> (CustomerID?, newcomer: CustomerDraft?) {
    if case .spendRecorded = fact { return (nil, nil) }
    switch customer {
    case nil: throw .cellMissing("customer")
    case .id(let id):
      let current = try state.current(id)
      try state.refuseErased(current)
      return (current, nil)
    case .lookup(let draft):
      let keys = draft.lookups
      let byRef = keys.ref.flatMap { state.customer(ref: $0) ?? newcomers[$0] }
      let byPhone = keys.phone.flatMap { state.customer(phone: $0) ?? newcomers[$0] }
      if let byRef, let byPhone, byRef != byPhone { throw .phoneTaken(by: byPhone) }
      if let known = byRef ?? byPhone { return (known, nil) }
      guard policy.createsCustomers else {
        throw .customerNotFound(draft.personal[.ref] ?? draft.personal[.phone] ?? "")
      }
      guard keys != Lookups() else { throw .cellMissing("phone / ref") }
      return (CustomerID(state.lastCustomer + Int32(registered) + 1), draft)
    }
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

  // MARK: What it says

  private func checked(_ draft: FactDraft) throws(Problem) -> (Fact, original: JSON?) {
    var fact = draft.fact
    try check(fact)
    guard let currency = draft.currency, fact.amount != nil else { return (fact, nil) }
    let given = try Currency(currency)
    guard given.code != self.currency else { return (fact, nil) }
    guard let rate = draft.rate else {
      throw .currencyForeign(given.code, account: self.currency)
    }
    let exchange = try Exchange(from: given, to: Currency(recorded: self.currency), rate: rate)
    let original: JSON = .object([
      "amount": .int(fact.amount!), "currency": .string(given.code), "rate": .string(rate),
    ])
    try fact.exchange(exchange)
    return (fact, original)
  }

  private func check(_ fact: Fact) throws(Problem) {
    try check(fact.id, "id")
    if let order = fact.order { try check(order, "order") }
    if let amount = fact.amount { try check(amount) }
    switch fact {
    case .orderPlaced(_, _, let lines):
      for line in lines {
        try checkOptional(line.category, "category")
        try checkOptional(line.product, "product")
        guard JSON.exactIntegers.contains(line.amount) else { throw .amountOutOfRange(line.amount) }
      }
    case .orderShipped(_, let tracking, let estimate):
      try checkOptional(tracking, "tracking")
      try checkOptional(estimate, "estimate")
    case .enquiryMade(_, let category, let product):
      try checkOptional(category, "category")
      try checkOptional(product, "product")
    case .spendRecorded(_, let channel, _): try check(channel, "channel")
    default: break
    }
  }

  private func check(_ text: String, _ field: String) throws(Problem) {
    guard !text.isEmpty else { throw .textEmpty(field: field) }
    try checkOptional(text, field)
  }

  private func checkOptional(_ text: String?, _ field: String) throws(Problem) {
    guard let text, text.utf8.count > State.factTextLimit else { return }
    throw .textTooLong(field: field, length: text.utf8.count, limit: State.factTextLimit)
  }

  private func check(_ amount: Int64) throws(Problem) {
    guard (0...Currency.largestAmount).contains(amount) else { throw .amountOutOfRange(amount) }
  }
}

extension Fact {
  /// Whether its amount decides, between two tellings of the same time.
  fileprivate var isWeighed: Bool { amount != nil }

  fileprivate mutating func exchange(_ exchange: Exchange) throws(Problem) {
    switch self {
    case .orderPlaced(let order, let amount, var lines):
      for index in lines.indices { lines[index].amount = try exchange(lines[index].amount) }
      self = .orderPlaced(order: order, amount: try exchange(amount), lines: lines)
    case .orderReturned(let id, let order, let amount):
      self = .orderReturned(id: id, order: order, amount: try exchange(amount))
    case .spendRecorded(let id, let channel, let amount):
      self = .spendRecorded(id: id, channel: channel, amount: try exchange(amount))
    default: break
    }
  }
}
