import TestSupport
import Testing

@testable import Domain

/// What holds of evaluating any filter over any data.
struct FilterLawTests {
  /// Among many customers blocks are fetched ahead.
  @Test(
    arguments: (UInt64(0)..<40).map { ($0, Int32(90), 900) }
      + (UInt64(40)..<46).map { ($0, Int32(900), 4000) })
  func `the pass over sets and columns finds whom the slow evaluator finds, now and in the past`(
    seed: UInt64, customers: Int32, facts: Int
  ) throws {
    var ground = try RandomGround(seed: seed, customers: customers, facts: facts)
    var filters = RandomFilters(seed: seed &+ 1000)
    for _ in 0..<40 {
      let filter = filters.filter()
      let (state, now) = (ground.state, ground.moment())
      let slow = state.live.filter { filter.matches($0, in: state, at: now) }
      let fast = filter.customers(in: state, at: now)
      #expect(Array(fast) == slow, "\(filter.stored) at \(now.text)")
      #expect(fast.count == slow.count && filter.count(in: state, at: now) == slow.count)
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `who is left after each part passes it and all before it, and after the last the whole`(
    seed: UInt64
  ) throws {
    var ground = try RandomGround(seed: seed)
    var filters = RandomFilters(seed: seed &+ 4000)
    for _ in 0..<20 {
      let given = (0..<filters.chance.number(2...4)).map { _ in filters.filter() }
      let whole = Filter(.all(given.map(\.root)))
      let (state, now) = (ground.state, ground.moment())
      let parts = whole.parts(on: FilterGround(state, at: now, for: whole))
      let own = parts.filter { $0.depth == 1 }
      #expect(own.count == given.count && parts[0].left == nil)
      var left = Array(state.live)
      for (part, filter) in zip(own, given) {
        left.removeAll { !filter.matches($0, in: state, at: now) }
        #expect(part.left == left.count, "\(whole.stored)")
      }
      #expect(own.last?.left == parts[0].count)
      #expect(parts.allSatisfy { $0.depth == 1 || $0.left == nil })
    }
  }

  @Test(arguments: UInt64(0)..<40)
  func `nobody's answer changes before the moment that was told`(seed: UInt64) throws {
    var ground = try RandomGround(seed: seed, customers: 20, facts: 300)
    var filters = RandomFilters(seed: seed &+ 2000)
    for _ in 0..<40 {
      let filter = filters.filter()
      let (state, now) = (ground.state, ground.moment())
      for number: Int32 in 1...20 where filter.matches(CustomerID(number), in: state, at: now) {
        expectSteady(filter, CustomerID(number), state, now, &filters.chance)
      }
    }
  }

  private func expectSteady(
    _ filter: Filter, _ customer: CustomerID, _ state: State, _ now: Timestamp,
    _ chance: inout Chance
  ) {
    let next = filter.nextChange(of: customer, in: state, after: now)
    let end = next?.rawValue ?? now.rawValue + 300 * RandomGround.day
    #expect(end > now.rawValue)
    let answer = filter.matches(customer, in: state, at: now)
    for _ in 0..<6 {
      let moment = Timestamp(microseconds: Int64.random(in: now.rawValue..<end, using: &chance))
      #expect(
        filter.matches(customer, in: state, at: moment) == answer,
        "\(filter.stored): \(customer) from \(now.text) changes by \(moment.text)")
    }
    let last = Timestamp(microseconds: end - 1)
    #expect(filter.matches(customer, in: state, at: last) == answer, "\(filter.stored)")
  }

  @Test func `a window holds its first moment, and nothing of what comes later`() throws {
    var shop = Shop()
    let ana = try shop.customer("Ana")
    let placed = Timestamp(microseconds: shop.now.rawValue - 90 * RandomGround.day)
    try shop.take(
      .recordFacts(
        [
          FactDraft(
            .orderPlaced(order: "1", amount: 500, lines: []), of: .id(ana), occurred: placed)
        ],
        FactPolicy()))
    let recent = try Filter("orders(last 30d) = 1", in: shop.state)
    let old = try Filter("days_since_order > 30", in: shop.state)
    let end = Timestamp(microseconds: placed.rawValue + 30 * RandomGround.day)
    let after = Timestamp(microseconds: end.rawValue + 1)
    let before = Timestamp(microseconds: placed.rawValue - 1)
    for (moment, isRecent, isOld) in [
      (before, false, false), (placed, true, false), (end, true, false), (after, false, true),
    ] {
      #expect(recent.matches(ana, in: shop.state, at: moment) == isRecent)
      #expect(old.matches(ana, in: shop.state, at: moment) == isOld)
    }
    #expect(recent.nextChange(of: ana, in: shop.state, after: placed) == after)
    #expect(old.nextChange(of: ana, in: shop.state, after: placed) == after)
    #expect(old.nextChange(of: ana, in: shop.state, after: after) == nil)
  }
}
