import TestSupport
import Testing

@testable import Domain

/// What can never be meant, and what is as large as it can be written.
struct FilterLimitTests {
  private static let literals = [
    "0", "-1", "1e15", "0.0001", "36525", "36525.0001", "106751991", "106751992.5",
    "999999999999999", "99999999999.9999", "-999999999999999", "9223372036854775807",
    "9223372036854775808", "-9223372036854775808", "0%", "100%", "101%", "10000%", "10001%", "0d",
    "36525d", "36526d", "9223372036854775807d", "1s",
  ]

  private static func written(_ kind: FilterFigure.Kind) -> String {
    switch kind {
    case .shareOfOrders: #"share_of_orders(category: "casa")"#
    case .orderRate: "order_rate(previous 36525d)"
    default: kind.rawValue
    }
  }

  @Test(arguments: FilterFigure.Kind.allCases)
  func `however large a limit is, both evaluators agree and the next moment is found`(
    kind: FilterFigure.Kind
  ) throws {
    var ground = try RandomGround(seed: UInt64(kind.rawValue.utf8.count), customers: 12, facts: 200)
    let state = ground.state
    let moments = [ground.moment()] + ["0001-01-01", "9999-12-31"].map { FilterDate($0)!.start }
    var count = 0
    for comparison in FilterComparison.allCases {
      for literal in Self.literals {
        let text = "\(Self.written(kind)) \(comparison.rawValue) \(literal)"
        guard let filter = try? Filter(stored: text) else { continue }
        count += 1
        let changes = FilterMoments([filter], in: state)
        for now in moments {
          let slow = state.live.filter { filter.matches($0, in: state, at: now) }
          #expect(Array(filter.customers(in: state, at: now)) == slow, "\(text) at \(now.text)")
          for customer in state.live {
            let next = filter.nextChange(of: customer, in: state, after: now)
            #expect(next.map { $0 > now } ?? true)
            let match = FilterMatch(FilterGround(state, at: now), customer)
            #expect(changes.first(for: match).map { $0 > now } ?? true)
          }
        }
      }
    }
    #expect(count >= 8)
  }

  /// What a rule or segment has been saved with stays what it is.
  @Test(arguments: [
    "days_since_order > 999999999999999", "days_since_message <= 106751992.5",
    "orders(from 2026-02-01 to 2026-01-01) > 0", "random(101%, seed: 1)", "reply_rate >= 150%",
    #"rfm = "xyz""#,
  ])
  func `what was written before a limit was set is still read and answered`(text: String) throws {
    var shop = Shop()
    let ana = try shop.customer("Ana")
    let order = Fact.orderPlaced(order: "1", amount: 1, lines: [])
    try shop.take(.recordFacts([FactDraft(order, of: .id(ana))], FactPolicy()))
    let filter = try Filter(stored: text)
    #expect(filter.stored == text)
    let isMet = filter.matches(ana, in: shop.state, at: shop.now)
    #expect(filter.customers(in: shop.state, at: shop.now).contains(ana) == isMet)
    #expect(throws: Problem.self) { try Filter(text, in: shop.state) }
    let rule = Rule(
      id: RuleID(1),
      RuleDefinition(name: "x", tag: TagID(1), stored: text, otherwise: .remove), ready: nil, seq: 1
    )
    #expect(rule.filter == filter)
  }

  private func problem(_ text: String, _ shop: Shop = Shop()) -> Problem? {
    do throws(Problem) {
      _ = try Filter(text, in: shop.state)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    arguments: [
      ("days_since_order > 36526", 20, "36526", .days),
      ("days_since_message < 36525.5", 22, "36525.5", .days),
      ("spent(from 2026-02-01 to 2026-01-01) > 0", 26, "2026-01-01", .laterDay),
      ("spent(from 2026-02-01 to 2026-02-01) > 0", 26, "2026-02-01", .laterDay),
      ("random(101%, seed: 1)", 8, "101", .share),
      ("reply_rate >= 150%", 15, "150", .share),
    ] as [(String, Int, String, FilterExpectation.Kind)])
  func `what can never be meant is refused at its place`(
    text: String, position: Int, found: String, kind: FilterExpectation.Kind
  ) {
    #expect(
      problem(text)
        == .filterInvalid(position: position, found: found, expected: [.kind(kind)]))
  }

  @Test func `what is only just within the limits is taken`() {
    for text in [
      "days_since_order > 36525", "random(100%, seed: 1)", "reply_rate <= 100%",
      "orders(last 30d) > 300% of orders(previous 30d)",
    ] {
      #expect(problem(text) == nil, "\(text)")
    }
    for joint in [" or ", " and "] {
      let many = Array(repeating: "orders = 1", count: 200)
      #expect(problem(many.joined(separator: joint)) == nil)
      #expect(
        problem((many + ["everyone"]).joined(separator: joint)) == .filterTooLarge(.conditions))
    }
  }

  @Test func `an RFM group is named by its key or its name, and has to be there`() throws {
    let shop = Shop()
    for name in ["champions", "Campeões", "CHAMPIONS", "campeoes"] {
      #expect(try Filter("rfm = \"\(name)\"", in: shop.state).stored == #"rfm = "champions""#)
    }
    #expect(
      try Filter("rfm != \"À risque\"", in: shop.state).stored == #"rfm != "at_risk""#)
    let keys = shop.state.rfm.settings.groups.map { FilterExpectation.word($0.key) }
    #expect(
      problem(#"orders > 1 and rfm = "xyz""#)
        == .filterInvalid(position: 22, found: "\"xyz\"", expected: keys))
  }
}
