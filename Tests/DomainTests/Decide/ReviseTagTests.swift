import Domain
import TestSupport
import Testing

/// Definitions of tags: criterion, follow-up, set, end, colour, and starter sets.
@Suite struct ReviseTagTests {
  @Test func `each kind of change leaves an event of its own`() throws {
    var shop = Shop()
    let tag = try shop.tag("VIP")
    let changes = TagChanges(
      name: "VIP-Ouro", color: .palette(3), criterion: "gastou mais de 20.000",
      followUp: "oferecer novidades", ends: "2027-01-31")
    #expect(
      try shop.events(.revise(tag, changes)) == [
        Event(.tagRenamed, tag: tag, data: ["from": "VIP", "to": "VIP-Ouro"]),
        Event(.tagRecolored, tag: tag, data: ["from": 0, "to": 3]),
        Event(
          .tagRevised, tag: tag,
          data: [
            "criterion": ["from": .null, "to": "gastou mais de 20.000"],
            "follow_up": ["from": .null, "to": "oferecer novidades"],
            "ends": ["from": .null, "to": "2027-01-31"],
          ]),
      ])
    try shop.take(.revise(tag, changes))
    #expect(shop.state.tag(tag)?.revision == 4)
    #expect(shop.state.tag(tag)?.changed == 4)
    #expect(try shop.events(.revise(tag, changes)).isEmpty)
    #expect(try shop.decide(.revise(tag, changes)).unchanged == 1)
  }

  @Test func `an empty text clears a field, and an absent one leaves it`() throws {
    var shop = Shop()
    let tag = try shop.tag("VIP")
    try shop.take(.revise(tag, TagChanges(criterion: "x", followUp: "y")))
    #expect(
      try shop.events(.revise(tag, TagChanges(followUp: " "))) == [
        Event(.tagRevised, tag: tag, data: ["follow_up": ["from": "y", "to": .null]])
      ])
    try shop.take(.revise(tag, TagChanges(followUp: " ")))
    #expect(shop.state.tag(tag)?.followUp == nil)
    #expect(shop.state.tag(tag)?.criterion == "x")
    #expect(try shop.events(.revise(tag, TagChanges(followUp: ""))).isEmpty)
  }

  @Test func `a change by who has seen another revision is refused`() throws {
    var shop = Shop()
    let tag = try shop.tag("VIP")
    try shop.rename(tag, "VIP-Ouro")
    #expect(throws: Problem.tagRevisionChanged(tag, expected: 1, actual: 2)) {
      try shop.decide(.reviseTag(tag, TagChanges(color: .palette(1)), revision: 1))
    }
    #expect(
      try shop.events(.reviseTag(tag, TagChanges(color: .palette(1)), revision: 2)).count == 1)
  }

  @Test(arguments: ["amanhã", "2026-02-29", "2026-1-1", "20260131", "2026-01-31T00:00:00Z"])
  func `an end that is no day of the calendar is refused`(ends: String) throws {
    var shop = Shop()
    let tag = try shop.tag("Natal")
    #expect(throws: Problem.self) { try shop.decide(.revise(tag, TagChanges(ends: ends))) }
    #expect(throws: Problem.self) {
      try shop.decide(.createTag(TagDraft(name: "Festa", color: .palette(0), ends: ends)))
    }
  }

  @Test func `texts longer than their limit are refused`() throws {
    var shop = Shop()
    let tag = try shop.tag("VIP")
    let long = String(repeating: "é", count: 1001)
    #expect(throws: Problem.textTooLong(field: "criterion", length: 1001, limit: 1000)) {
      try shop.decide(.revise(tag, TagChanges(criterion: long)))
    }
    #expect(throws: Problem.textTooLong(field: "follow_up", length: 1001, limit: 1000)) {
      try shop.decide(.revise(tag, TagChanges(followUp: long)))
    }
    #expect(throws: Problem.textTooLong(field: "set", length: 51, limit: 50)) {
      try shop.decide(.create("Festa", set: String(repeating: "x", count: 51)))
    }
    #expect(throws: Problem.textTooLong(field: "reason", length: 501, limit: 500)) {
      try shop.decide(.archiveTag(tag), reason: String(repeating: "x", count: 501))
    }
  }

  @Test func `a short text of endless combining marks is refused by its bytes`() throws {
    var shop = Shop()
    let tag = try shop.tag("VIP")
    let piled = "a" + String(repeating: "\u{301}", count: 4000)
    #expect(throws: Problem.textTooLong(field: "criterion", length: 8001, limit: 8000)) {
      try shop.decide(.revise(tag, TagChanges(criterion: piled)))
    }
  }

  @Test func `a reason stands on every event, and one of spaces on none`() throws {
    var shop = Shop()
    let tag = try shop.tag("VIP")
    let changes = TagChanges(name: "VIP-Ouro", color: .palette(3))
    let events = try shop.decide(.revise(tag, changes), reason: " limpeza ").events
    #expect(events.map(\.reason) == ["limpeza", "limpeza"])
    #expect(try shop.decide(.revise(tag, changes), reason: "  ").events.first?.reason == nil)
  }

  @Test func `recolouring a category leaves one event for each tag of another colour`() throws {
    var shop = Shop()
    let sofa = try shop.tag("Produto-Sofá")
    let mesa = try shop.tag("PRODUTO-Mesa", color: .palette(5))
    try shop.tag("Status-Pago")
    let cama = try shop.tag("Produto-Cama")
    try shop.take(.archiveTag(cama))
    let decision = try shop.decide(.recolorCategory(" produto ", .palette(5)))
    #expect(
      decision.events == [
        Event(.tagRecolored, tag: sofa, data: ["from": 0, "to": 5]),
        Event(.tagRecolored, tag: cama, data: ["from": 0, "to": 5]),
      ])
    #expect(decision.unchanged == 1)
    try shop.take(.recolorCategory("Produto", .palette(5)))
    #expect(shop.state.tags(inCategory: "produto").map(\.id) == [sofa, mesa, cama])
    #expect(try shop.events(.recolorCategory("Produto", .palette(5))).isEmpty)
    #expect(try shop.decide(.recolorCategory("Produto", .palette(5))).unchanged == 3)
  }

  @Test(arguments: ["Cor", "", "Status"])
  func `recolouring a category without tags is refused`(category: String) throws {
    var shop = Shop()
    let tag = try shop.tag("Status-Pago")
    try shop.tag("Sem categoria")
    try shop.take(.deleteTag(tag, customers: 0))
    #expect(throws: Problem.categoryEmpty(category)) {
      try shop.decide(.recolorCategory(category, .palette(1)))
    }
  }

  @Test func `a starter set creates the tags whose names are free`() throws {
    var shop = Shop()
    try shop.tag("vip")
    let old = try shop.tag("Arquivo")
    try shop.take(.archiveTag(old))
    let drafts = ["VIP", "Novo cliente", "Arquivo", "novo cliente"].map {
      TagDraft(name: $0, color: .palette(1))
    }
    let decision = try shop.decide(.adoptStarterSet(drafts))
    #expect(
      decision.events == [
        Event(.tagCreated, tag: TagID(3), data: ["name": "Novo cliente", "color": 1])
      ])
    #expect(decision.unchanged == 3)
    try shop.take(.adoptStarterSet(drafts))
    #expect(try shop.events(.adoptStarterSet(drafts)).isEmpty)
  }

  @Test func `a tag that was never there or is deleted is not found`() throws {
    var shop = Shop()
    let gone = try shop.tag("VIP")
    let ana = try shop.customer("Ana")
    let kept = try shop.tag("Novo")
    try shop.take(.deleteTag(gone, customers: 0))
    for id in [gone, TagID(9), TagID(0), TagID(-1)] {
      let commands: [Command] = [
        .rename(id, "Outra"), .archiveTag(id), .restoreTag(id), .deleteTag(id, customers: 0),
        .merge(id, into: kept), .merge(kept, into: id), .apply(id, ana), .remove(id, ana),
      ]
      for command in commands {
        #expect(throws: Problem.tagNotFound("\(id.rawValue)")) { try shop.decide(command) }
      }
    }
  }
}
