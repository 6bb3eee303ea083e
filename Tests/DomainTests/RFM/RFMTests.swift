import TestSupport
import Testing

@testable import Domain

struct RFMTests {
  /// R's `quantile(x, probs = 1:4 / 5, type = 7)`, multiplied by 5.
  private static let vectors: [(values: [Int64], cuts: [Int64])] = [
    // quantile(1:10, …): 2.8 4.6 6.4 8.2
    (Array(1...10), [14, 23, 32, 41]),
    // quantile(c(3, 1, 2), …): 1.4 1.8 2.2 2.6
    ([3, 1, 2], [7, 9, 11, 13]),
    // quantile(c(1, 1, 1, 1, 1, 1, 2, 5), …): 1 1 1 1.6
    ([1, 5, 1, 1, 2, 1, 1, 1], [5, 5, 5, 8]),
    ([7], [35, 35, 35, 35]),
    // quantile(c(-10, 0, 25), …): -6 -2 5 15
    ([25, -10, 0], [-30, -10, 25, 75]),
  ]

  @Test func `quantiles are those of type 7`() {
    for vector in Self.vectors {
      var values = vector.values
      let breaks = Breaks(quantilesOf: &values, parts: 5, ties: .below)
      #expect(breaks.scaled == vector.cuts, "\(vector.values)")
    }
  }

  @Test func `sums beyond all money are put into a level all the same`() {
    var values: [Int64] = [.min, -1, 0, 1, .max]
    let breaks = Breaks(quantilesOf: &values, parts: 5, ties: .below)
    #expect(breaks.level(of: .min) == 1 && breaks.level(of: .max) >= 4)
  }

  @Test func `a customer whose orders add up beyond 64 bits does not stop the ledger`() {
    var facts = CustomerFacts()
    let now = Timestamp(microseconds: 10)
    for key in 0..<3 {
      var order = OrderFacts(key: FactKey("\(key)"))
      order.placed = now
      order.amount = .max / 2
      facts.orders.append(order)
    }
    #expect(RFMFigures(facts, windowDays: nil, at: now)?.frequency == 3)
  }

  @Test(arguments: UInt64(0)..<100)
  func `quantiles of many values are those of the values in order`(seed: UInt64) {
    var chance = Chance(seed: seed)
    let span = [3, 40, 1_000_000_000][Int(seed % 3)]
    let values = (0..<chance.number(1...3000)).map { _ in Int64(chance.number(0...span)) }
    let sorted = values.sorted()
    for parts in 3...5 {
      var copy = values
      let breaks = Breaks(quantilesOf: &copy, parts: parts, ties: .above)
      #expect(copy.sorted() == sorted)
      for part in 1..<parts {
        let (low, rest) = ((sorted.count - 1) * part).quotientAndRemainder(dividingBy: parts)
        let high = min(low + 1, sorted.count - 1)
        let exact = sorted[low] * Int64(parts - rest) + sorted[high] * Int64(rest)
        #expect(breaks.scaled[part - 1] == exact)
      }
    }
  }

  @Test func `a value that equals a break goes below as cut has it, or above as findInterval does`()
  {
    let cuts: [Int64] = [1, 1, 3]
    let below = Breaks(scaled: cuts, ties: .below)
    let above = Breaks(scaled: cuts, ties: .above)
    // as.integer(cut(x, c(-Inf, 1, 3, Inf))), its middle break twice; findInterval(x, cuts) + 1
    #expect((0...4).map { below.level(of: $0) } == [1, 1, 3, 3, 4])
    #expect((0...4).map { above.level(of: $0) } == [1, 3, 3, 4, 4])
  }

  @Test func `fixed thresholds score as lower bounds, and fewer days are better`() {
    let thresholds = RFMThresholds(
      recency: [115, 181, 297, 482], frequency: [4, 5, 6, 8], monetary: [256, 382, 506, 666])
    let breaks = RFMBreaks(levels: 5, thresholds)
    func scores(_ recency: Int64, _ frequency: Int64, _ monetary: Int64) -> [UInt8] {
      let scores = breaks.scores(recency: recency, frequency: frequency, monetary: monetary)
      return [scores.recency, scores.frequency, scores.monetary]
    }
    #expect(scores(114, 3, 255) == [5, 1, 1])
    #expect(scores(115, 4, 256) == [4, 2, 2])
    #expect(scores(205, 6, 472) == [3, 4, 3])
    #expect(scores(482, 8, 666) == [1, 5, 5])
  }

  @Test(arguments: 3...5, RFMSettings.Grouping.allCases)
  func `every combination of scores falls into a ready-made group, and none of them is empty`(
    levels: Int, grouping: RFMSettings.Grouping
  ) {
    let settings = RFMSettings(levels: levels, scale: .quantiles(.below), grouping: grouping)
    let places = GroupPlaces(settings)
    var counts: [Int8: Int] = [:]
    for recency in 1...levels {
      for frequency in 1...levels {
        for monetary in 1...levels {
          let scores = RFMScores(
            recency: UInt8(recency), frequency: UInt8(frequency), monetary: UInt8(monetary))
          counts[places[scores], default: 0] += 1
        }
      }
    }
    #expect(counts[-1] == nil)
    #expect(counts.count == settings.groups.count)
    #expect((7...8).contains(settings.groups.count))
    let best = RFMScores(recency: UInt8(levels), frequency: UInt8(levels), monetary: UInt8(levels))
    #expect(settings.groups[Int(places[best])].key == "champions")
    let worst = RFMScores(recency: 1, frequency: 1, monetary: 1)
    #expect(settings.groups[Int(places[worst])].key == "lost")
  }

  @Test func `orders count from being placed until cancelled, less what came back`() {
    let day: Int64 = 86_400_000_000
    func order(_ key: UInt64, _ placed: Int64, _ amount: Int64) -> OrderFacts {
      var order = OrderFacts(key: FactKey(rawValue: key))
      order.placed = Timestamp(microseconds: placed * day)
      order.amount = amount
      return order
    }
    var facts = CustomerFacts()
    facts.orders = [order(1, 10, 5000), order(2, 20, 300), order(3, 30, 70)]
    facts.orders[1].cancelled = Timestamp(microseconds: 25 * day)
    facts.orders[0].returns = [
      ReturnFact(key: FactKey(rawValue: 9), at: Timestamp(microseconds: 12 * day), amount: 1000)
    ]
    func figures(_ at: Int64, window: Int? = nil) -> RFMFigures? {
      RFMFigures(facts, windowDays: window, at: Timestamp(microseconds: at))
    }
    #expect(figures(10 * day - 1) == nil)
    #expect(figures(10 * day) == RFMFigures(recency: 0, frequency: 1, monetary: 5000))
    #expect(figures(24 * day) == RFMFigures(recency: 4, frequency: 2, monetary: 4300))
    #expect(figures(26 * day) == RFMFigures(recency: 16, frequency: 1, monetary: 4000))
    #expect(figures(31 * day - 1) == RFMFigures(recency: 0, frequency: 2, monetary: 4070))
    #expect(figures(40 * day, window: 10) == RFMFigures(recency: 10, frequency: 1, monetary: 70))
    #expect(figures(41 * day, window: 10) == nil)
  }

  @Test func `a table finds customers, their scores and who is in a group`() {
    let numbers: [Int32] = [2, 3, 5, 8, 13]
    let table = RFMTable(
      .standard, customers: numbers.map { CustomerID($0) }, recency: [0, 10, 20, 30, 40],
      frequency: [5, 4, 3, 2, 1], monetary: [500, 400, 300, 200, 100])
    #expect(table.scores.map(\.sum) == [15, 12, 9, 6, 3])
    #expect(table.index(of: CustomerID(8)) == 3)
    #expect(table.index(of: CustomerID(9)) == nil)
    let champions = table.settings.groups.firstIndex { $0.key == "champions" }!
    #expect(Array(table.members(ofGroup: champions)) == [CustomerID(2), CustomerID(3)])
    #expect(table.groups.allSatisfy { $0 >= 0 })
  }
}
