import TestSupport
import Testing

@testable import Domain

/// The quick reader of facts, by which a replay goes, held against the general one.
struct FactReadingTests {
  @Test(arguments: UInt64(0)..<200)
  func `what the quick reader understands is what the general one does`(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    for _ in 0..<50 {
      let fact = fact(&chance)
      var data = fact.members
      if chance.happens(1, of: 3) {
        data["source"] = ["import": .string(text(&chance)), "operator": .string(text(&chance))]
        if chance.happens(2, of: 3) { data["source"] = ["import": .string(text(&chance))] }
      }
      if chance.happens(1, of: 6) {
        data["original"] = ["amount": .int(7), "currency": "USD", "rate": "5,43"]
      }
      let canonical = JSON.object(data).canonical
      let general = try #require(Fact(fact.type, try JSON(parsing: canonical)), "\(canonical)")
      #expect(general == fact, "\(canonical)")
      let quick = Array(canonical.utf8).withUnsafeBufferPointer { Fact(fact.type, canonical: $0) }
      guard let quick else { continue }
      #expect(quick == fact.withoutShipment, "\(canonical)")
    }
  }

  @Test(arguments: UInt64(0)..<200)
  func `a fact is written as its values would be, and is no longer than it says`(seed: UInt64)
    throws
  {
    var chance = Chance(seed: seed)
    for _ in 0..<50 {
      let fact = fact(&chance)
      let told = ToldFact(
        fact,
        original: fact.amount != nil && chance.happens(1, of: 3)
          ? ["amount": .int(amount(&chance)), "currency": "USD", "rate": "5,43"] : nil,
        file: chance.happens(1, of: 2) ? text(&chance) : nil)
      let values = try JSON(parsing: told.canonical)
      #expect(values.canonical == told.canonical)
      #expect(values == told.data)
      #expect(values["source"]?["import"]?.string == told.file)
      #expect(values["original"] == told.original)
      #expect(Fact(fact.type, values) == fact)
      #expect(told.canonical.utf8.count <= told.sizeBound)
    }
  }

  @Test func `a currency is one that is in use, and what is recorded is what it is`() throws {
    #expect(try Currency(" brl ").code == "BRL")
    #expect(try Currency("KWD").digits == 3)
    for text in ["XXQ", "BR", "R$", "REAL", ""] {
      #expect(throws: Problem.currencyUnknown(text)) { try Currency(text) }
    }
    #expect(Currency(recorded: "XXQ").digits == 2)
  }

  @Test func `it understands what is told plainly, with the file that it comes from`() {
    let facts: [Fact] = [
      .orderPlaced(
        order: "P-1", amount: 129_500,
        lines: [FactLine(category: "Sofás", product: "Oslo 3", quantity: -2, amount: -5)]),
      .orderPaid(order: "P-1"), .orderShipped(order: "P-1", tracking: "BR1", estimate: "3 a 5"),
      .orderCompleted(order: "P-1"), .orderCancelled(order: "P-1"),
      .orderReturned(id: "D", order: nil, amount: 0), .messageReceived(id: "m"),
      .messageSent(id: "m"), .enquiryMade(id: "e", category: "Sofás", product: nil),
    ]
    for fact in facts {
      var data = fact.members
      data["source"] = ["import": "vendas.csv"]
      let bytes = Array(JSON.object(data).canonical.utf8)
      let quick = bytes.withUnsafeBufferPointer { Fact(fact.type, canonical: $0) }
      #expect(quick == fact.withoutShipment)
    }
  }

  @Test(arguments: UInt64(0)..<50)
  func `bytes that were cut off are nothing to it`(seed: UInt64) {
    var chance = Chance(seed: seed)
    for _ in 0..<40 {
      let fact = fact(&chance)
      let bytes = Array(JSON.object(fact.members).canonical.utf8)
      let part = Array(bytes.prefix(chance.number(0...bytes.count - 1)))
      #expect(part.withUnsafeBufferPointer { Fact(fact.type, canonical: $0) } == nil)
    }
  }

  // MARK: Random facts

  private func fact(_ chance: inout Chance) -> Fact {
    let (id, order) = (text(&chance), text(&chance))
    let other = chance.happens(1, of: 2) ? text(&chance) : nil
    let facts: [Fact] = [
      .orderPlaced(
        order: order, amount: amount(&chance),
        lines: (0..<chance.number(0...3)).map { _ in
          FactLine(
            category: chance.happens(1, of: 2) ? text(&chance) : nil, product: other,
            quantity: Int32(truncatingIfNeeded: amount(&chance)), amount: amount(&chance))
        }),
      .orderPaid(order: order), .orderShipped(order: order, tracking: other, estimate: other),
      .orderCompleted(order: order), .orderCancelled(order: order),
      .orderReturned(id: id, order: other, amount: amount(&chance)), .messageReceived(id: id),
      .messageSent(id: id), .broadcastReceived(broadcast: id), .broadcastAnswered(broadcast: id),
      .enquiryMade(id: id, category: other, product: chance.happens(1, of: 2) ? order : nil),
      .complaintOpened(id: id), .complaintResolved(id: id), .urgencyRaised(id: id),
      .urgencySettled(id: id),
      .spendRecorded(id: id, channel: order, amount: amount(&chance)),
    ]
    return chance.pick(facts)
  }

  private func amount(_ chance: inout Chance) -> Int64 {
    chance.pick([
      0, 1, -1, 999, 129_500, Int64(Int32.min), Int64(Int32.max), 9_007_199_254_740_991,
      -9_007_199_254_740_991,
    ])
  }

  private func text(_ chance: inout Chance) -> String {
    let pieces = [
      "P", "7", "á", "\"", "\\", "/", "{", "}", ",", ":", "💎", "\u{1}", "\n", " ", "e\u{301}",
    ]
    return (0..<chance.number(1...5)).map { _ in
      chance.pick(chance.happens(2, of: 3) ? ["P", "-", "1", "á"] : pieces)
    }.joined()
  }
}

extension Fact {
  /// What an event that tells it says beside its fields.
  fileprivate var members: [String: JSON] { ToldFact(self).data.object! }

  /// A state keeps neither tracking numbers nor estimates, and the quick reader leaves them out.
  fileprivate var withoutShipment: Fact {
    guard case .orderShipped(let order, _, _) = self else { return self }
    return .orderShipped(order: order, tracking: nil, estimate: nil)
  }
}
