import HashTreeCollections

/// Deciding about facts, and what follows.
extension State {
  /// What is known of a customer's doings; of one who was merged into another, what is known of both.
  package func facts(of customer: CustomerID) -> CustomerFacts {
    guard let current = try? current(customer) else { return CustomerFacts() }
    return facts[current]
  }

  /// The same state, but for what customers have done: of that, whoever holds on to a state holds on to a
  /// version of all that changes next.
  package var withoutFacts: State {
    var state = self
    state.facts = Facts()
    return state
  }

  /// Bytes that an id from another system, a category or a product may have.
  static let factTextLimit = 100
  /// How far a clock elsewhere may be ahead of this one, in µs.
  static let clockTolerance: Int64 = 5 * 60 * 1_000_000

  // MARK: Deciding

  /// Takes facts in their order; one that is refused leaves the others as they are.
  func record(
    _ drafts: [FactDraft], _ policy: FactPolicy, at: Timestamp, spread: Spread
  ) -> Decision {
    let reader = FactReader(state: self, file: policy.file, at: at)
    var intake = FactIntake(state: self, policy: policy, expecting: drafts.count)
    for (index, fact) in reader.read(drafts, spread).enumerated() {
      do throws(Problem) {
        try intake.take(fact.get())
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

  /// The one place where a fact that comes by itself changes the state; those of a replay are put in
  /// place together (`ReadFacts`).
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
