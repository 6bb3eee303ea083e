package import Domain

extension RandomCommands {
  /// Facts about few customers, orders and moments, so that they meet each other.
  package mutating func facts(of count: Int, for state: State) -> Command {
    let drafts = (0..<count).map { _ in
      FactDraft.random(
        of: .id(
          CustomerID(Int32.random(in: 1...max(1, state.lastCustomer), using: &chance))),
        using: &chance)
    }
    return .recordFacts(drafts, FactPolicy(createsCustomers: chance.happens(1, of: 2)))
  }
}

extension FactDraft {
  /// A fact of any kind, with few ids, times and amounts.
  package static func random(of customer: RowCustomer?, using chance: inout Chance) -> Self {
    let id = "\(chance.number(1...4))"
    let amount = Int64(chance.number(0...5) * 1000)
    let moment = chance.number(0...9)
    // What is told of one order at one time and for one amount is told alike, but spelt as it comes.
    let category = (moment + Int(amount)) % 3 == 0 ? nil : chance.pick(["Sapatos", "sapatos "])
    let facts: [Fact] = [
      .orderPlaced(
        order: id, amount: amount,
        lines: [FactLine(category: category, product: "P\(id)", quantity: 2, amount: amount)]),
      .orderPaid(order: id),
      .orderShipped(order: id, tracking: "BR\(id)", estimate: nil), .orderCompleted(order: id),
      .orderCancelled(order: id), .orderReturned(id: id, order: "1", amount: amount),
      .orderReturned(id: id, order: nil, amount: amount), .messageReceived(id: id),
      .messageSent(id: id),
      .broadcastReceived(broadcast: chance.pick(["Natal", "natal", "Páscoa"])),
      .broadcastAnswered(broadcast: chance.pick(["NATAL", "Pascoa"])),
      .enquiryMade(id: id, category: moment % 2 == 0 ? "Sofás" : "sofas", product: nil),
      .complaintOpened(id: id),
      .complaintResolved(id: id), .urgencyRaised(id: id), .urgencySettled(id: id),
      .spendRecorded(id: id, channel: chance.pick(["Instagram", "instagram"]), amount: amount),
    ]
    let fact = chance.pick(facts)
    return FactDraft(
      fact, of: fact.type == .spendRecorded ? nil : customer,
      occurred: Timestamp(
        microseconds: 1_700_000_000_000_000 + Int64(moment) * 60_000_000))
  }
}
