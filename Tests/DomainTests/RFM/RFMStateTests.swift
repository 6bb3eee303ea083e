import TestSupport
import Testing

@testable import Domain

struct RFMStateTests {
  private static let day: Int64 = 86_400_000_000

  /// A shop of customers with random orders, cancellations and returns.
  private func shop(_ chance: inout Chance) throws -> Shop {
    var shop = Shop()
    let start = shop.now.rawValue
    for number in 0..<80 {
      let customer = try shop.customer("\(number)")
      var drafts: [FactDraft] = []
      for order in 0..<chance.number(0...4) {
        let placed = start - Int64(chance.number(0...500)) * Self.day - Int64(chance.number(0...9))
        func draft(_ fact: Fact, after days: Int) -> FactDraft {
          FactDraft(
            fact, of: .id(customer),
            occurred: Timestamp(microseconds: placed + Int64(days) * Self.day))
        }
        let id = "o\(number)-\(order)"
        drafts.append(
          draft(
            .orderPlaced(order: id, amount: Int64(chance.number(1...90_000)), lines: []), after: 0))
        if chance.happens(1, of: 8) { drafts.append(draft(.orderCancelled(order: id), after: 3)) }
        if chance.happens(1, of: 8) {
          drafts.append(draft(.orderReturned(id: "r\(id)", order: id, amount: 500), after: 5))
        }
        if chance.happens(1, of: 20) {
          drafts.append(draft(.orderReturned(id: "c\(id)", order: nil, amount: 70), after: 9))
        }
      }
      if !drafts.isEmpty { try shop.take(.recordFacts(drafts, FactPolicy())) }
    }
    return shop
  }

  @Test(arguments: UInt64(0)..<8)
  func `the table read from columns is what each customer comes to by themselves`(
    seed: UInt64
  ) throws {
    var chance = Chance(seed: seed)
    var shop = try shop(&chance)
    let settings = [
      RFMSettings.standard,
      RFMSettings(levels: 3, scale: .quantiles(.above), windowDays: 200, grouping: .sum),
      RFMSettings(
        levels: 4,
        scale: .thresholds(
          RFMThresholds(
            recency: [30, 90, 180], frequency: [2, 3, 4], monetary: [1000, 50_000, 100_000])),
        grouping: .combination),
    ]
    try shop.take(.mergeCustomer(CustomerID(3), into: CustomerID(70)))
    try shop.take(.eraseCustomer(CustomerID(9), fields: [:]), reason: "pedido")
    for settings in settings {
      if settings != shop.state.rfm.settings {
        try shop.take(.segment(.configureRFM(settings, revision: nil)))
      }
      for back in [Int64(0), 100, 250] {
        let now = Timestamp(microseconds: shop.now.rawValue - back * Self.day)
        let table = shop.state.rfmTable(at: now)
        var index = 0
        let lookup = RFMLookup(shop.state, at: now)
        for number in 1...shop.state.lastCustomer {
          let customer = CustomerID(number)
          let figures = shop.state.rfmFigures(of: customer, at: now)
          let group = shop.state.rfmGroup(of: customer, at: now)?.key
          #expect(lookup.key(of: customer) == group)
          #expect((table.index(of: customer) == nil) == (figures == nil))
          guard let figures else { continue }
          #expect(table.customers[index] == customer)
          #expect(table.recency[index] == figures.recency)
          #expect(table.frequency[index] == figures.frequency)
          #expect(table.monetary[index] == figures.monetary)
          let place = Int(table.groups[index])
          #expect((place < 0 ? nil : settings.groups[place].key) == group)
          index += 1
        }
        #expect(index == table.customers.count)
        for group in settings.groups {
          let filter = try Filter("rfm = \"\(group.key)\"", in: shop.state)
          #expect(
            filter.customers(in: shop.state, at: now)
              == shop.state.rfmMembers(ofGroup: group.key, at: now))
        }
      }
    }
    #expect(try shop.replayed() == shop.state)
  }

  @Test(arguments: UInt64(0)..<4)
  func `by thresholds, a group changes of itself at no other moment than the one waited for`(
    seed: UInt64
  ) throws {
    var chance = Chance(seed: seed)
    var shop = try shop(&chance)
    let settings = RFMSettings(
      levels: 3,
      scale: .thresholds(
        RFMThresholds(recency: [30, 90], frequency: [2, 3], monetary: [40_000, 90_000])),
      windowDays: 120, grouping: .sum)
    try shop.take(.segment(.configureRFM(settings, revision: nil)))
    let start = shop.now.rawValue - 600 * Self.day
    for number in stride(from: Int32(1), to: 80, by: 7) {
      let customer = CustomerID(number)
      for group in ["champions", "lost"] {
        let filter = try Filter("rfm = \"\(group)\"", in: shop.state)
        var now = Timestamp(microseconds: start)
        var next = filter.nextChange(of: customer, in: shop.state, after: now)
        var isIn = filter.matches(customer, in: shop.state, at: now)
        var changes = 0
        for step in 1..<2000 {
          now = Timestamp(microseconds: start + Int64(step) * Self.day / 2)
          while let due = next, due <= now {
            isIn = filter.matches(customer, in: shop.state, at: due)
            next = filter.nextChange(of: customer, in: shop.state, after: due)
            changes += 1
            try #require(changes < 100)
          }
          #expect(filter.matches(customer, in: shop.state, at: now) == isIn)
        }
      }
    }
  }

  @Test func `a rule asks for groups by thresholds alone, and they stay so while it does`() throws {
    var shop = Shop()
    let tag = try shop.tag("VIP")
    let quantiles = RFMSettings(levels: 4, scale: .quantiles(.below), grouping: .sum)
    let thresholds = RFMSettings(
      levels: 3,
      scale: .thresholds(RFMThresholds(recency: [30, 90], frequency: [2, 3], monetary: [1, 2])),
      grouping: .combination)
    let draft = RuleDraft(name: "VIP", tag: tag, filter: #"rfm = "champions""#, otherwise: .remove)
    let rule = Command.rule(.create(draft))
    #expect(throws: Problem.rfmByQuantiles) { try shop.decide(rule, reason: "x") }
    try shop.take(.segment(.configureRFM(thresholds, revision: nil)))
    try shop.take(rule, reason: "x")
    #expect(throws: Problem.rfmByQuantiles) {
      try shop.decide(.segment(.configureRFM(quantiles, revision: nil)))
    }
    var other = thresholds
    other.windowDays = 365
    let changed = shop.state.rules.changed
    try shop.take(.segment(.configureRFM(other, revision: nil)))
    #expect(shop.state.rules.changed > changed)
    #expect(try shop.replayed() == shop.state)
  }

  @Test func `settings that cannot be are refused, and what an event says of them is read again`() {
    var broken: [RFMSettings] = []
    func add(_ change: (inout RFMSettings) -> Void) {
      var settings = RFMSettings.standard
      change(&settings)
      broken.append(settings)
    }
    add { $0.levels = 6 }
    add { $0.levels = 3 }
    add { $0.windowDays = 0 }
    add { $0.groups = [] }
    add { $0.groups[0].key = "Campeões" }
    add { $0.groups[1].key = $0.groups[0].key }
    add { $0.grouping = .sum }
    for values in [[Int64](), [1, 2, 3], [1, 2, 2, 3], [4, 3, 2, 1]] {
      add {
        $0.scale = .thresholds(
          RFMThresholds(recency: values, frequency: [1, 2, 3, 4], monetary: [1, 2, 3, 4]))
      }
    }
    // What no customer's days or orders can ever be.
    for (recency, frequency): (Int64, Int64) in [(-1, 1), (36_501, 1), (.max, 1), (4, -1)] {
      add {
        $0.scale = .thresholds(
          RFMThresholds(
            recency: recency < 0 ? [recency, 1, 2, 3] : [1, 2, 3, recency],
            frequency: [frequency, 2, 3, 4], monetary: [-1, 2, 3, 4]))
      }
    }
    for settings in broken {
      #expect(throws: Problem.self, "\(settings)") {
        try State().decide(
          .segment(.configureRFM(settings, revision: nil)), limits: Limits(),
          at: Timestamp(microseconds: 0))
      }
    }
    for levels in 3...5 {
      for grouping in RFMSettings.Grouping.allCases {
        let settings = RFMSettings(levels: levels, scale: .quantiles(.above), grouping: grouping)
        #expect(RFMSettings(json: settings.json) == settings)
      }
    }
  }

  @Test func `a group is found by its key and by its name in every language`() {
    let state = State()
    for name in ["champions", "Champions", "Campeões", "campeoes", "CHAMPIONS"] {
      #expect(state.rfmGroup(named: name)?.key == "champions", "\(name)")
    }
    #expect(state.rfmGroup(named: "A ne pas perdre")?.key == "cant_lose")
    #expect(state.rfmGroup(named: "x") == nil)
    for group in RFMSettings.standard.groups {
      for language in RFMWords.languages {
        #expect(RFMWords.strategy(of: group, in: language) != nil)
      }
    }
  }
}
