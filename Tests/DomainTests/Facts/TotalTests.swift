import TestSupport
import Testing

@testable import Domain

/// Amounts that are each allowed, and together more than 64 bits hold.
struct TotalTests {
  private static let count = Int64.max / Currency.largestAmount + 10

  private let now = Timestamp(microseconds: 1_760_000_000_000_000)

  private func record(
    _ shop: inout Shop, _ customer: CustomerID?, _ fact: (String) -> Fact
  ) throws {
    let drafts = (0..<Self.count).map {
      FactDraft(fact("\($0)"), of: customer.map { .id($0) }, occurred: now)
    }
    try shop.take(.recordFacts(drafts, FactPolicy()))
  }

  @Test func `what a customer spent is told as far as 64 bits go, and averaged exactly`() throws {
    var shop = Shop()
    let ana = try shop.customer("Ana")
    let most = Currency.largestAmount
    try record(&shop, ana) { .orderPlaced(order: $0, amount: most, lines: []) }
    let rich = CustomerFigures(of: shop.state.facts(of: ana), at: now)
    #expect(rich.orders == Self.count && rich.spent == .max && rich.averageOrder == most)
    for sale in ["a", "b"] {
      try record(&shop, ana) { .orderReturned(id: sale + $0, order: nil, amount: most) }
    }
    let poor = CustomerFigures(of: shop.state.facts(of: ana), at: now)
    #expect(poor.spent == .min && poor.averageOrder == -most)
  }

  @Test func `sources are compared by totals beyond 64 bits`() throws {
    var shop = Shop()
    let ana = try shop.customer("Ana", channel: "instagram")
    try shop.customer("Rui", channel: "loja")
    let most = Currency.largestAmount
    try record(&shop, ana) { .orderPlaced(order: $0, amount: most, lines: []) }
    try record(&shop, nil) { .spendRecorded(id: $0, channel: "loja", amount: most) }
    let later = Timestamp(microseconds: now.rawValue + 1)
    let sources = shop.state.sources(from: nil, until: later)
    #expect(sources.map(\.channel) == ["instagram", "loja"])
    #expect(sources[0].revenue == Int128(most) * Int128(Self.count))
    #expect(sources[0].averageOrder == most)
    #expect(sources[1].spend == Int128(most) * Int128(Self.count))
  }
}
