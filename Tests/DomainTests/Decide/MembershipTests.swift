import Domain
import TestSupport
import Testing

/// Applying and removing, by one and by many.
@Suite struct MembershipTests {
  private var shop = Shop()
  private let (vip, shipped): (TagID, TagID)
  private let (ana, rui): (CustomerID, CustomerID)

  init() throws {
    vip = try shop.tag("VIP")
    shipped = try shop.tag("Status-Enviado")
    ana = try shop.customer("Ana")
    rui = try shop.customer("Rui")
  }

  @Test func `applying a tag the customer lacks records its application`() throws {
    #expect(try shop.events(.apply(vip, ana)) == [.applied(vip, ana)])
  }

  @Test func `removing a tag the customer carries records its removal`() throws {
    var shop = shop
    try shop.apply(vip, to: ana)
    #expect(try shop.events(.remove(vip, ana)) == [.removed(vip, ana)])
    try shop.remove(vip, from: ana)
    #expect(shop.state.tags(of: ana) == [])
    #expect(shop.state.membershipCount == 0)
  }

  @Test func `what is there already is unchanged and leaves no event`() throws {
    var shop = shop
    #expect(try shop.decide(.remove(vip, ana)).unchanged == 1)
    #expect(try shop.events(.remove(vip, ana)).isEmpty)
    try shop.apply(vip, to: ana)
    #expect(try shop.decide(.apply(vip, ana)).unchanged == 1)
    #expect(try shop.events(.apply(vip, ana)).isEmpty)
    let decision = try shop.decide(.apply(vip, ana, rui))
    #expect(decision.events == [.applied(vip, rui)])
    #expect(decision.unchanged == 1)
  }

  @Test func `a customer carries any number of tags at once`() throws {
    var shop = shop
    for number in 0..<200 {
      try shop.apply(try shop.tag("Tag-\(number)"), to: ana)
    }
    #expect(shop.state.tags(of: ana).count == 200)
  }

  @Test func `a customer named twice counts once, in the order first named`() throws {
    let decision = try shop.decide(.apply(vip, rui, ana, rui, rui))
    #expect(decision.events == [.applied(vip, rui), .applied(vip, ana)])
    #expect(decision.unchanged == 0)
  }

  @Test func `a merged customer means the one they were merged into, once`() throws {
    var shop = shop
    try shop.merge(rui, into: ana)
    #expect(try shop.events(.apply(vip, rui, ana)) == [.applied(vip, ana)])
    try shop.apply(vip, to: rui)
    #expect(try shop.events(.remove(vip, rui, ana)) == [.removed(vip, ana)])
  }

  @Test func `one unknown customer refuses the whole command`() {
    for id in [CustomerID(3), CustomerID(0), CustomerID(-7)] {
      #expect(throws: Problem.customerNotFound("\(id.rawValue)")) {
        try shop.decide(.apply(vip, ana, id))
      }
      #expect(throws: Problem.customerNotFound("\(id.rawValue)")) {
        try shop.decide(.remove(vip, ana, id))
      }
    }
  }

  @Test func `more customers than the limit are refused before any is looked at`() throws {
    var shop = shop
    shop.limits.bulk = 2
    let problem = Problem.bulkTooLarge(count: 3, limit: 2)
    #expect(throws: problem) { try shop.decide(.apply(vip, ana, ana, CustomerID(9))) }
    #expect(throws: problem) { try shop.decide(.remove(vip, ana, ana, CustomerID(9))) }
    #expect(try shop.events(.apply(vip, ana, rui)).count == 2)
  }

  @Test func `nobody at all is no change`() throws {
    #expect(try shop.events(.apply(vip, to: [], details: nil)).isEmpty)
    #expect(try shop.decide(.apply(vip, to: [], details: nil)).unchanged == 0)
  }

  // MARK: Details (N8)

  @Test func `an application carries its details`() throws {
    var shop = shop
    let details: Details = ["rastreio": "BR123", "prazo": "3–5 dias"]
    #expect(
      try shop.events(.apply(shipped, ana, details: details)) == [
        .applied(
          shipped, ana, data: ["details": ["rastreio": "BR123", "prazo": "3–5 dias"]])
      ])
    try shop.apply(shipped, to: ana, details: details)
    #expect(shop.details(shipped, of: ana) == details)
    #expect(try shop.events(.apply(shipped, ana, details: details)).isEmpty)
  }

  @Test func `applying again with other details is a change`() throws {
    var shop = shop
    try shop.apply(shipped, to: ana, details: ["rastreio": "BR1"])
    #expect(
      try shop.events(.apply(shipped, ana, rui, details: ["rastreio": "BR2"])) == [
        Event(
          .tagDetailed, tag: shipped, customer: ana,
          data: ["details": ["from": ["rastreio": "BR1"], "to": ["rastreio": "BR2"]]]),
        .applied(shipped, rui, data: ["details": ["rastreio": "BR2"]]),
      ])
    #expect(try shop.events(.apply(shipped, ana)).isEmpty)
  }

  @Test func `empty details take the details away, and are none where there were none`() throws {
    var shop = shop
    #expect(try shop.events(.apply(shipped, ana, details: [:])) == [.applied(shipped, ana)])
    try shop.apply(shipped, to: ana)
    #expect(try shop.events(.apply(shipped, ana, details: [:])).isEmpty)
    try shop.apply(shipped, to: ana, details: ["rastreio": "BR1"])
    #expect(
      try shop.events(.apply(shipped, ana, details: [:])) == [
        Event(
          .tagDetailed, tag: shipped, customer: ana,
          data: ["details": ["from": ["rastreio": "BR1"], "to": .null]])
      ])
    try shop.apply(shipped, to: ana, details: [:])
    #expect(shop.details(shipped, of: ana) == nil)
    #expect(try shop.events(.apply(shipped, ana, details: [:])).isEmpty)
  }

  @Test func `details end with the application they belong to`() throws {
    var shop = shop
    try shop.apply(shipped, to: ana, details: ["rastreio": "BR1"])
    try shop.remove(shipped, from: ana)
    try shop.apply(shipped, to: ana)
    #expect(shop.details(shipped, of: ana) == nil)
  }

  @Test func `details have limits`() throws {
    let long = String(repeating: "x", count: 501)
    #expect(throws: Problem.textTooLong(field: "details.nota", length: 501, limit: 500)) {
      try shop.decide(.apply(vip, ana, details: ["nota": long]))
    }
    #expect(throws: Problem.textTooLong(field: "details", length: 501, limit: 50)) {
      try shop.decide(.apply(vip, ana, details: [long: ""]))
    }
    let many = Details(uniqueKeysWithValues: (0...20).map { ("\($0)", "") })
    #expect(throws: Problem.textTooLong(field: "details", length: 21, limit: 20)) {
      try shop.decide(.apply(vip, ana, details: many))
    }
    let rows = [ImportRow.membership(.id(ana), tag: "VIP", details: many)]
    #expect(try shop.decide(.take(rows)).refusals.map(\.row) == [0])
  }

  @Test func `the largest details fit into one event, before and after`() throws {
    var shop = shop
    func details(_ text: String) -> Details {
      Details(uniqueKeysWithValues: (0..<20).map { ("\($0)", String(repeating: text, count: 133)) })
    }
    #expect(throws: Problem.self) { try shop.decide(.apply(vip, ana, details: details("\u{1}x"))) }
    try shop.apply(vip, to: ana, details: details("\u{1}"))
    let event = try #require(try shop.events(.apply(vip, ana, details: details("\u{2}"))).first)
    #expect(try #require(event.data).canonical.utf8.count < 60_000)
  }

  // MARK: Sets (N9)

  @Test func `a tag of a set displaces the other in the same command`() throws {
    var shop = shop
    let open = try shop.tag("Reclamação", set: "Reclamação")
    let solved = try shop.tag("Resolvida", set: "RECLAMACAO")
    try shop.apply(open, to: ana)
    try shop.apply(vip, to: ana)
    #expect(
      try shop.events(.apply(solved, rui, ana)) == [
        .applied(solved, rui), .applied(solved, ana),
        .displaced(open, ana, set: "RECLAMACAO", cause: 1),
      ])
    try shop.apply(solved, to: rui, ana)
    #expect(shop.state.tags(of: ana) == [vip, solved])
    #expect(shop.events.last?.cause == shop.state.position - 1)
  }

  @Test func `an archived tag of the set leaves too`() throws {
    var shop = shop
    let open = try shop.tag("Aberta", set: "Etapa")
    let solved = try shop.tag("Resolvida", set: "Etapa")
    try shop.apply(open, to: ana)
    try shop.take(.archiveTag(open))
    #expect(
      try shop.events(.apply(solved, ana)) == [
        .applied(solved, ana), .displaced(open, ana, set: "Etapa", cause: 0),
      ])
  }

  @Test func `a tag joins a set only while nobody holds it and another of the set`() throws {
    var shop = shop
    let open = try shop.tag("Aberta", set: "Etapa")
    try shop.apply(open, to: ana, rui)
    try shop.apply(vip, to: ana)
    #expect(throws: Problem.tagSetConflict(vip, with: open, customers: 1)) {
      try shop.decide(.revise(vip, TagChanges(set: "etapa")))
    }
    try shop.remove(vip, from: ana)
    #expect(
      try shop.events(.revise(vip, TagChanges(set: "etapa"))) == [
        Event(.tagRevised, tag: vip, data: ["set": ["from": .null, "to": "etapa"]])
      ])
  }

  @Test func `a tag that has left its set displaces nothing any more`() throws {
    var shop = shop
    let open = try shop.tag("Aberta", set: "Etapa")
    let solved = try shop.tag("Resolvida", set: "Etapa")
    try shop.apply(open, to: ana)
    try shop.take(.revise(solved, TagChanges(set: "")))
    #expect(try shop.events(.apply(solved, ana)) == [.applied(solved, ana)])
  }
}
