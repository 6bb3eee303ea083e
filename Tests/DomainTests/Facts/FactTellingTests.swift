import TestSupport
import Testing

@testable import Domain

/// Who and what a fact is about when it is told again or told of two people.
struct FactTellingTests {
  private func told(_ amount: Int64, at time: Timestamp?, of customer: CustomerID) -> Command {
    .recordFacts(
      [
        FactDraft(
          .orderPlaced(order: "1", amount: amount, lines: []), of: .id(customer), occurred: time)
      ], FactPolicy())
  }

  @Test func `what is told again alike is unchanged, and what differs and does not count is told`()
    throws
  {
    var shop = Shop()
    let ana = try shop.customer("Ana")
    let time = Timestamp(microseconds: shop.now.rawValue - 1_000_000)
    try shop.take(told(10, at: time, of: ana))
    let later = Timestamp(microseconds: time.rawValue + 1)
    for (amount, at, unchanged, superseded) in [
      (10, time, 1, 0), (10, nil, 1, 0), (11, time, 0, 1), (11, nil, 0, 1), (10, later, 0, 1),
      (9, later, 0, 1),
    ] as [(Int64, Timestamp?, Int, Int)] {
      let decision = try shop.decide(told(amount, at: at, of: ana))
      #expect(decision.events.isEmpty)
      #expect(decision.unchanged == unchanged && decision.superseded == superseded)
    }
    #expect(try shop.decide(told(9, at: time, of: ana)).events.count == 1)
  }

  @Test func `a fact whose reference and phone are those of two people is refused`() throws {
    var shop = Shop()
    try shop.customer("Ana", ref: "a")
    let rui = try shop.customer("Rui", phone: "+5541988887777")
    func decide(_ drafts: [CustomerDraft]) throws -> Decision {
      try shop.decide(
        .recordFacts(
          drafts.enumerated().map { index, draft in
            FactDraft(.messageSent(id: "\(index)"), of: .lookup(draft))
          }, FactPolicy(createsCustomers: true)))
    }
    let both = CustomerDraft.draft(name: "x", phone: "+5541988887777", ref: "a")
    #expect(try decide([both]).refusals.map(\.problem) == [.phoneTaken(by: rui)])
    // Those who come with the same command count too.
    let decision = try decide([
      .draft(name: "Bia", ref: "b"), .draft(name: "Bia", phone: "+5541988880000", ref: "b"),
      .draft(name: "Caio", phone: "+5541988881111"),
      .draft(name: "Bia", phone: "+5541988881111", ref: "b"),
    ])
    #expect(decision.refusals.map(\.row) == [3])
  }

  @Test func `a local time is a moment, also where clocks are changed`() throws {
    // A zone that is 2 h ahead, and 1 h from the day 20,000 on, at 1:00 UTC.
    let change = 20_000 * Day.microseconds + 3_600_000_000
    let offset: UTCOffset = { $0.rawValue < change ? 7_200_000_000 : 3_600_000_000 }
    var clock = ZoneClock(offset)
    for half in -200..<200 {
      let local = 20_000 * Day.microseconds + Int64(half) * 1_800_000_000
      let moment = clock.moment(local: local)
      #expect(moment == Timestamp(local: local, offset: offset))
      // What a clock shows twice is the first time that it does.
      #expect(moment.rawValue + offset(moment) == local)
    }
    #expect(
      try Timestamp(parsing: "2026-01-01 10:00", in: &clock)
        == Timestamp(parsing: "2026-01-01T09:00:00Z"))
    #expect(
      try Timestamp(parsing: "2026-01-01T10:00:00Z", in: &clock)
        == Timestamp(parsing: "2026-01-01T10:00:00Z"))
  }
}
