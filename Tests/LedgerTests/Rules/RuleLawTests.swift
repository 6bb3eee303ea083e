import Domain
import TestSupport
import Testing

@testable import Ledger

/// Rules run live, held against rules evaluated at every moment there is.
struct RuleLawTests {
  @Test(arguments: UInt64(0)..<12)
  func `rules that wait for moments do what rules that look all the time would do`(
    seed: UInt64
  ) throws {
    var world = try World(seed: seed)
    for _ in 0..<25 { try world.step() }
    #expect(try world.live.replayed() == world.live.state)
  }
}

/// The same history twice: once with the settler, which waits for moments, and once with somebody who
/// looks at every customer in every hour.
private struct World {
  var chance: Chance
  var live = PaperLedger()
  /// The state as the one who looks all the time has it.
  var model = State()
  var settler = RuleSettler()
  private var seen: Timestamp
  private var orders = 0
  private let tags: [TagID]
  private let free: TagID
  private let customers: [CustomerID]

  /// Begins a day before the clocks change in Europe and ends, by random, around a 29 February.
  init(seed: UInt64) throws {
    chance = Chance(seed: seed)
    let start = try Timestamp(parsing: chance.happens(1, of: 2) ? "2028-02-20" : "2026-10-24")
    live.wait(until: start)
    seen = live.now
    var tags: [TagID] = []
    for name in ["Um", "Dois", "Três", "Quatro"] {
      tags.append(try live.take(.createTag(.init(name: name, color: .palette(1)))).events[0].tag!)
    }
    free = try live.take(.createTag(.init(name: "Livre", color: .palette(1)))).events[0].tag!
    self.tags = tags
    var customers: [CustomerID] = []
    for name in ["Ana", "Rui", "Zé"] {
      let events = try live.take(.registerCustomer(.draft(name: name))).events
      customers.append(events[0].customer!)
    }
    self.customers = customers
    let filters = [
      "orders(last 3d) >= 2", "days_since_order > 2 and not tag:\"Um\"",
      "tag:\"Um\" or tag:\"Livre\"", "unpaid_for > 5h",
    ]
    let otherwise: [Rule.Otherwise] = [.remove, .remove, .keep, .remove]
    for (index, filter) in filters.enumerated() {
      let draft = RuleDraft(
        name: "regra \(index)", tag: tags[index], filter: filter, otherwise: otherwise[index],
        isEnabled: true)
      try live.take(.rule(.create(draft)), reason: "lei")
    }
    model = live.state
    settler.take(live.state)
    settler.begin(at: live.now)
    for customer in customers { try meet([customer: Touch(seq: 1, occurred: nil)]) }
    seen = live.now
  }

  // MARK: Steps

  mutating func step() throws {
    let before = live.events.count
    let command = act()
    try live.take(command, by: PaperLedger.actor)
    var touches: [CustomerID: Touch] = [:]
    for event in live.events[before...] {
      guard let customer = event.customer else { continue }
      touches[customer] = Touch(seq: event.seq, occurred: event.occurred ?? event.at)
    }
    let events = Array(live.events[before...])
    let met = live.now
    try meet(touches)
    try look(events, at: met)
    // Writing it down took seconds, in which moments may have come.
    try passDue()
    lookUntil(live.now)
    compare()
    // Time passes, now and then a great deal of it at once, as over a weekend offline.
    let hours = chance.happens(1, of: 6) ? chance.number(24...120) : chance.number(1...12)
    let end = hour(after: live.now, plus: Int64(hours))
    try pass(to: end)
    lookUntil(live.now)
    compare()
  }

  private mutating func act() -> Command {
    let customer = chance.pick(customers)
    func fact(_ fact: Fact, _ occurred: Timestamp? = nil) -> Command {
      .recordFacts([FactDraft(fact, of: .id(customer), occurred: occurred)], FactPolicy())
    }
    switch chance.number(0...9) {
    case 0...3:
      orders += 1
      // Some are told late, to the hour.
      let late = chance.happens(1, of: 3)
      let back = Int64(chance.number(1...100))
      return fact(
        .orderPlaced(order: "p\(orders)", amount: 100, lines: []),
        late ? hour(after: live.now, plus: -back) : nil)
    case 4: return fact(.orderPaid(order: "p\(chance.number(1...max(1, orders)))"))
    case 5: return fact(.orderCancelled(order: "p\(chance.number(1...max(1, orders)))"))
    case 6: return .apply(chance.pick(tags), to: [customer], details: nil)
    case 7: return .remove(chance.pick(tags), from: [customer])
    case 8: return .apply(free, to: [customer], details: nil)
    default: return .remove(free, from: [customer])
    }
  }

  private func hour(after time: Timestamp, plus hours: Int64) -> Timestamp {
    let hour: Int64 = 3_600_000_000
    return Timestamp(microseconds: (time.rawValue / hour + hours) * hour)
  }

  // MARK: Live

  private mutating func meet(_ touches: [CustomerID: Touch]) throws {
    var plan: [PlannedStep] = []
    var scratch = live.state
    for (customer, touch) in touches.sorted(by: { $0.key < $1.key }) {
      settler.meet(customer, touch, at: live.now, on: &scratch, &plan)
    }
    try carryOut(plan)
  }

  /// Lets the moments come, some one by one and some all at once, long after.
  private mutating func pass(to end: Timestamp) throws {
    let isOffline = chance.happens(1, of: 2)
    if isOffline { live.wait(until: end) }
    while true {
      let now = isOffline ? live.now : settler.nextMoment(by: end) ?? end
      live.wait(until: now)
      try passDue()
      if live.now >= end { return }
    }
  }

  private mutating func passDue() throws {
    while settler.moments.first(by: live.now) != nil {
      var plan: [PlannedStep] = []
      var scratch = live.state
      while let due = settler.moments.first(by: live.now) {
        settler.pass(due.customer, at: due.moment, on: &scratch, &plan)
      }
      try carryOut(plan)
    }
  }

  private mutating func carryOut(_ plan: [PlannedStep]) throws {
    for order in plan.orders() {
      guard case .rule(.settle(let rule, let version, _)) = order.command else { continue }
      let decision = try live.take(order.command, by: .rule(rule, version: version))
      #expect(decision.unchanged == 0, "what was planned is what is decided")
    }
  }

  // MARK: Looking all the time

  /// What somebody else did is done in the model too; then it looks.
  private mutating func look(_ events: [RecordedEvent], at moment: Timestamp) throws {
    for event in events {
      model.evolve(
        event.type, tag: event.tag, customer: event.customer, at: event.at,
        occurred: event.occurred, data: try event.data.map { try JSON(parsing: $0) },
        lookups: nil)
    }
    lookUntil(moment)
  }

  private mutating func lookUntil(_ end: Timestamp) {
    var instants = Set(extras.map(\.rawValue))
    var time = hour(after: seen, plus: 1)
    while time < end {
      for offset: Int64 in [0, 1, 1_800_000_000] { instants.insert(time.rawValue + offset) }
      time = hour(after: time, plus: 1)
    }
    for instant in instants.sorted() where instant > seen.rawValue && instant <= end.rawValue {
      lookOnce(at: Timestamp(microseconds: instant))
    }
    lookOnce(at: end)
    seen = end
  }

  /// Moments at which something may change, found the simple way: so long after each fact.
  private var extras: [Timestamp] {
    var moments: Set<Int64> = []
    let hour: Int64 = 3_600_000_000
    for event in live.events {
      let time = (event.occurred ?? event.at).rawValue
      for hours: Int64 in [5, 48, 72] {
        for more: Int64 in [0, 1] { moments.insert(time + hours * hour + more) }
      }
    }
    return moments.sorted().map { Timestamp(microseconds: $0) }
  }

  private mutating func lookOnce(at moment: Timestamp) {
    for (number, rule) in model.rules.all.enumerated() {
      for customer in customers {
        let holds = rule.filter!.matches(customer, in: model, at: moment)
        let exceptions = model.rules.exceptions(of: rule.id)
        let has = model.members(of: rule.tag).contains(customer)
        if holds ? exceptions.on.contains(customer) : exceptions.off.contains(customer) {
          record(.ruleResumed, number, customer, moment)
        }
        let left = model.rules.exceptions(of: rule.id)
        if holds, !has, !left.off.contains(customer) {
          record(.tagApplied, number, customer, moment)
        }
        if !holds, has, !left.on.contains(customer), rule.otherwise != .keep {
          record(.tagRemoved, number, customer, moment)
        }
      }
    }
  }

  private mutating func record(
    _ type: EventType, _ number: Int, _ customer: CustomerID, _ moment: Timestamp
  ) {
    let rule = model.rules.all[number]
    var data: JSON = ["rule": .int(Int64(rule.id.rawValue))]
    if type == .ruleResumed {
      data = [
        "rule": .int(Int64(rule.id.rawValue)),
        "customers": .array([.int(Int64(customer.rawValue))]),
      ]
    }
    model.evolve(
      type, tag: rule.tag, customer: type == .ruleResumed ? nil : customer, at: moment,
      occurred: nil, data: data, lookups: nil)
  }

  private func compare() {
    for tag in tags {
      #expect(
        Array(live.state.members(of: tag)) == Array(model.members(of: tag)),
        "tag \(tag.rawValue) at \(live.now.text)")
    }
    for rule in live.state.rules.all {
      #expect(
        live.state.rules.exceptions(of: rule.id) == model.rules.exceptions(of: rule.id),
        "exceptions of \(rule.name) at \(live.now.text)")
    }
  }
}

extension RuleSettler {
  fileprivate mutating func nextMoment(by end: Timestamp) -> Timestamp? {
    moments.next().flatMap { $0.moment <= end ? $0.moment : nil }
  }
}
