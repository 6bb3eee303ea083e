import TestSupport
import Testing

@testable import Domain

/// Rows of a tag history: what happened elsewhere, when, and by whose hand.
@Suite struct HistoryTests {
  private var shop = Shop()
  private let ana: CustomerID
  private let who: RowCustomer

  init() throws {
    ana = try shop.customer("Ana", ref: "R1")
    who = .id(ana)
  }

  @Test func `a row keeps its own time and its own people`() throws {
    let rows = [
      ImportRow.history(who, "VIP", .applied, at: 1, by: "op001"),
      .history(who, "vip", .removed, at: 2, by: "op002"),
    ]
    let (first, second): (JSON, JSON) = (
      ["source": ["import": "f.csv", "operator": "op001"]],
      ["source": ["import": "f.csv", "operator": "op002"]]
    )
    #expect(
      try shop.events(.take(shop.settled(rows))) == [
        Event(.tagCreated, tag: TagID(1), data: ["name": "VIP", "color": 7]),
        Event(.tagApplied, tag: TagID(1), customer: ana, data: first, occurred: .past(1)),
        Event(.tagRemoved, tag: TagID(1), customer: ana, data: second, occurred: .past(2)),
      ])
  }

  @Test func `a file taken twice changes nothing`() throws {
    var shop = shop
    let rows = [
      ImportRow.history(who, "VIP", .applied, at: 1), .history(who, "VIP", .removed, at: 2),
      .history(who, "VIP", .applied, at: 3), .history(who, "VIP", .applied, at: 4),
      .history(who, "Novo", .removed, at: 5),
    ]
    try shop.take(.take(shop.settled(rows)))
    #expect(try shop.decide(.take(shop.settled(rows))).unchanged == 5)
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
    #expect(
      try shop.events(.take(shop.settled(rows + [.history(who, "VIP", .removed, at: 6)]))).count
        == 1)
  }

  @Test func `rows of one moment are told apart by their order`() throws {
    var shop = shop
    let rows = [
      ImportRow.history(who, "VIP", .applied, at: 1),
      .history(who, "VIP", .removed, at: 1, ordinal: 2),
      .history(who, "VIP", .applied, at: 1, ordinal: 3),
    ]
    let decision = try shop.take(.take(shop.settled(rows)))
    #expect(decision.events.map(\.type) == [.tagCreated, .tagApplied, .tagRemoved, .tagApplied])
    #expect(decision.events.last?.data?["source"]?["ordinal"] == 3)
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
    #expect(shop.members(TagID(1)) == [ana])
  }

  @Test func `a row that changes nothing creates nothing`() throws {
    let rows = [
      ImportRow.history(.lookup(.draft(ref: "R2")), "Nova", .removed, at: 1),
      .history(who, "Nova", .removed, at: 1),
    ]
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
    #expect(try shop.decide(.take(shop.settled(rows))).unchanged == 2)
  }

  @Test func `known rows of an archived tag are known, and new ones are refused`() throws {
    var shop = shop
    let rows = [
      ImportRow.history(who, "VIP", .applied, at: 1), .history(who, "VIP", .removed, at: 2),
    ]
    try shop.take(.take(shop.settled(rows)))
    try shop.take(.archiveTag(TagID(1)))
    #expect(try shop.decide(.take(shop.settled(rows))).refusals.isEmpty)
    let more = [ImportRow.history(who, "VIP", .applied, at: 3)]
    #expect(
      try shop.decide(.take(shop.settled(more))).refusals == [Refusal(0, .tagArchived(TagID(1)))])
  }

  @Test func `an operator's name has a limit`() throws {
    let long = String(repeating: "x", count: 101)
    let rows = [ImportRow.history(who, "VIP", .applied, at: 1, by: long)]
    #expect(
      try shop.decide(.take(shop.settled(rows))).refusals == [
        Refusal(0, .textTooLong(field: "operator", length: 101, limit: 100))
      ])
  }

  // MARK: What is done by hand

  @Test func `what is undone by hand is not done again by the same file`() throws {
    var shop = shop
    let rows = [
      ImportRow.history(who, "VIP", .applied, at: 1), .history(who, "Novo", .applied, at: 1),
      .history(who, "Novo", .removed, at: 2),
    ]
    try shop.take(.take(shop.settled(rows)))
    try shop.remove(TagID(1), from: ana)
    try shop.apply(TagID(2), to: ana)
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
    #expect(shop.state.tags(of: ana) == [TagID(2)])
  }

  @Test func `nor is what was there before the file, of which the file left no trace`() throws {
    var shop = shop
    let (vip, new) = (try shop.tag("VIP"), try shop.tag("Novo"))
    let rows = [
      ImportRow.history(who, "VIP", .applied, at: 1), .history(who, "Novo", .removed, at: 1),
    ]
    try shop.apply(vip, to: ana)
    #expect(try shop.take(.take(shop.settled(rows))).events.isEmpty)
    try shop.remove(vip, from: ana)
    try shop.apply(new, to: ana)
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
  }

  @Test func `history from before does not undo what was done by hand since`() throws {
    var shop = shop
    let vip = try shop.tag("VIP")
    try shop.apply(vip, to: ana)
    let rows = [
      ImportRow.history(who, "VIP", .applied, at: 1), .history(who, "VIP", .removed, at: 2),
    ]
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
  }

  @Test func `history from after what was done by hand goes on from there`() throws {
    var shop = shop
    let vip = try shop.tag("VIP")
    try shop.apply(vip, to: ana)
    let later = HistoryRow(
      customer: who, tag: "VIP", applied: false,
      occurred: Timestamp(microseconds: shop.now.rawValue - 1), ordinal: 1, source: nil)
    try shop.take(.take(shop.settled([.history(later)])))
    #expect(shop.members(vip) == [])
  }

  @Test func `a row dated in the future is refused`() throws {
    let rows = [ImportRow.history(who, "VIP", .applied, at: 10_000_000_000)]
    #expect(
      try shop.decide(.take(shop.settled(rows))).refusals.map(\.problem.code) == [
        "request.parameter_unreadable"
      ])
  }

  // MARK: Renames and merges

  @Test func `a file taken again after renames and merges changes nothing`() throws {
    var shop = shop
    let rows =
      ["A", "B", "C"].map { ImportRow.history(who, $0, .applied, at: 1) }
      + ["A", "B", "C"].map { .history(who, $0, .removed, at: 2) }
      + ["A", "B", "C"].map { .history(who, $0, .applied, at: 3) }
    try shop.take(.take(shop.settled(rows)))
    try shop.rename(shop.id("A")!, "A-2")
    try shop.merge(shop.id("B")!, into: try shop.tag("B-2"))
    try shop.merge(shop.id("C")!, into: shop.id("A-2")!, name: .released)
    #expect(try shop.decide(.take(shop.settled(rows))).unchanged == 9)
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
  }

  @Test func `what is settled of a merged tag is settled of its target`() throws {
    var shop = shop
    let (a, b) = (try shop.tag("A"), try shop.tag("B"))
    let rows = [
      ImportRow.history(who, "A", .applied, at: 1), .history(who, "A", .removed, at: 3),
      .history(who, "B", .removed, at: 2),
    ]
    try shop.apply(b, to: ana)
    try shop.take(.take(shop.settled(rows)))
    #expect(shop.state.tags(of: ana) == [b])
    try shop.merge(a, into: b)
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
    #expect(shop.members(b) == [ana])
  }

  @Test func `what is settled of a merged customer is settled of the target`() throws {
    var shop = shop
    let rows = [
      ImportRow.history(.lookup(.draft(ref: "R2")), "VIP", .applied, at: 1),
      .history(.lookup(.draft(ref: "R2")), "VIP", .removed, at: 2),
      .history(.lookup(.draft(ref: "R2")), "Novo", .applied, at: 2),
    ]
    try shop.take(.take(shop.settled(rows)))
    let other = try #require(shop.state.customer(ref: Shop.key("R2")))
    try shop.merge(other, into: ana)
    #expect(shop.state.tags(of: ana) == [TagID(2)])
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
    try shop.remove(TagID(2), from: ana)
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
  }

  @Test func `what a merged customer lost by hand is not given to the target by older history`()
    throws
  {
    var shop = shop
    let vip = try shop.tag("VIP")
    let other = try shop.customer("Anna", ref: "R2")
    try shop.apply(vip, to: other)
    try shop.remove(vip, from: other)
    try shop.merge(other, into: ana)
    let rows = [ImportRow.history(.lookup(.draft(ref: "R2")), "VIP", .applied, at: 1)]
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
  }

  // MARK: Sets

  @Test func `in a set the later row displaces the other, at its own time`() throws {
    var shop = shop
    let open = try shop.tag("Aberta", set: "Etapa")
    let solved = try shop.tag("Resolvida", set: "Etapa")
    let rows = [
      ImportRow.history(who, "Aberta", .applied, at: 1),
      .history(who, "Resolvida", .applied, at: 2),
      .history(who, "Aberta", .applied, at: 3),
    ]
    let source: JSON = ["source": ["import": "f.csv"]]
    let events = try shop.events(.take(shop.settled(rows)))
    #expect(
      events == [
        Event(.tagApplied, tag: open, customer: ana, data: source, occurred: .past(1)),
        Event(.tagApplied, tag: solved, customer: ana, data: source, occurred: .past(2)),
        Event(
          .tagRemoved, tag: open, customer: ana, data: ["set": "Etapa"], occurred: .past(2),
          cause: 1),
        Event(.tagApplied, tag: open, customer: ana, data: source, occurred: .past(3)),
        Event(
          .tagRemoved, tag: solved, customer: ana, data: ["set": "Etapa"], occurred: .past(3),
          cause: 3),
      ])
    try shop.take(.take(shop.settled(rows)))
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
    #expect(shop.state.tags(of: ana) == [open])
  }

  @Test func `in a set and at one moment, the order of the rows decides`() throws {
    var shop = shop
    try shop.tag("Aberta", set: "Etapa")
    try shop.tag("Resolvida", set: "Etapa")
    let rows = [
      ImportRow.history(who, "Resolvida", .applied, at: 1),
      .history(who, "Aberta", .applied, at: 1),
      .history(who, "Resolvida", .applied, at: 1, ordinal: 2),
    ]
    try shop.take(.take(shop.settled(rows)))
    #expect(shop.state.tags(of: ana) == [TagID(2)])
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
  }

  @Test func `older history of a set does not displace what is settled since`() throws {
    var shop = shop
    try shop.tag("Aberta", set: "Etapa")
    let solved = try shop.tag("Resolvida", set: "Etapa")
    try shop.apply(solved, to: ana)
    let rows = [ImportRow.history(who, "Aberta", .applied, at: 1)]
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
    try shop.remove(solved, from: ana)
    #expect(try shop.events(.take(shop.settled(rows))).isEmpty)
  }
}
