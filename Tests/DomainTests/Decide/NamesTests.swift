import Domain
import TestSupport
import Testing

/// Names that are taken, given up and taken back.
@Suite struct NamesTests {
  @Test func `a new tag gets the next number and stands as typed, without spaces around`() throws {
    var shop = Shop()
    try shop.tag("VIP")
    #expect(
      try shop.events(
        .createTag(
          TagDraft(
            name: " Produto-Sofá ", color: .custom("#123456"), criterion: " gosta de sofás ",
            followUp: "", set: "Interesse", ends: "2026-12-31")))
        == [
          Event(
            .tagCreated, tag: TagID(2),
            data: [
              "name": "Produto-Sofá", "color": "#123456", "criterion": "gosta de sofás",
              "set": "Interesse", "ends": "2026-12-31",
            ])
        ])
  }

  @Test(arguments: ["Produto-Sofá", "produto-sofa", "PRODUTO-SOFÁ", "  Produto-Sofa\u{301}"])
  func `a name that reads the same as another is refused with the other's number`(
    name: String
  ) throws {
    var shop = Shop()
    let sofa = try shop.tag("Produto-Sofá")
    let other = try shop.tag("Produto-Mesa")
    let text = try TagName(name).text
    #expect(throws: Problem.tagNameTaken(text, by: sofa)) { try shop.decide(.create(name)) }
    #expect(throws: Problem.tagNameTaken(text, by: sofa)) {
      try shop.decide(.rename(other, name))
    }
  }

  @Test func `a name held by an archived tag says so`() throws {
    var shop = Shop()
    let old = try shop.tag("Natal")
    let other = try shop.tag("Páscoa")
    try shop.take(.archiveTag(old))
    #expect(throws: Problem.tagNameArchived("natal", by: old)) {
      try shop.decide(.create("natal"))
    }
    #expect(throws: Problem.tagNameArchived("Natal", by: old)) {
      try shop.decide(.rename(other, "Natal"))
    }
  }

  @Test func `an alias is taken by its target`() throws {
    var shop = Shop()
    let a = try shop.tag("Aniversário")
    let b = try shop.tag("Campanha")
    try shop.merge(a, into: b)
    #expect(throws: Problem.tagNameTaken("aniversario", by: b, asAlias: true)) {
      try shop.decide(.create("aniversario"))
    }
    try shop.take(.archiveTag(b))
    #expect(throws: Problem.tagNameArchived("aniversario", by: b, asAlias: true)) {
      try shop.decide(.create("aniversario"))
    }
  }

  @Test func `a tag may change the spelling of its own name`() throws {
    var shop = Shop()
    let tag = try shop.tag("vip")
    #expect(
      try shop.events(.rename(tag, "VIP"))
        == [Event(.tagRenamed, tag: tag, data: ["from": "vip", "to": "VIP"])])
    try shop.rename(tag, "VIP")
    #expect(shop.id("vip") == tag)
    #expect(try shop.decide(.rename(tag, " VIP ")).unchanged == 1)
    #expect(try shop.events(.rename(tag, " VIP ")).isEmpty)
  }

  @Test func `a tag that takes back its own alias has it as its name only`() throws {
    var shop = Shop()
    let a = try shop.tag("Aniversário")
    let b = try shop.tag("Campanha")
    try shop.merge(a, into: b)
    try shop.rename(b, "Aniversário")
    #expect(shop.state.tag(b)?.name.text == "Aniversário")
    #expect(shop.state.tag(b)?.aliases == [])
    try shop.rename(b, "Festa")
    #expect(shop.id("Aniversário") == nil)
    #expect(try shop.events(.create("Aniversário")).count == 1)
  }

  @Test func `a name given up by a rename is free for another tag`() throws {
    var shop = Shop()
    let tag = try shop.tag("VIP")
    try shop.rename(tag, "VIP-Ouro")
    let other = try shop.tag("VIP")
    #expect(shop.id("VIP") == other)
    #expect(shop.state.tag(everNamed: NameKey("VIP"))?.id == other)
  }

  @Test func `a tag remembers what it was called at any moment`() throws {
    var shop = Shop()
    let tag = try shop.tag("VIP")
    try shop.rename(tag, "VIP-Ouro")
    try shop.rename(tag, "VIP-Prata")
    #expect(
      (1...4).map { shop.state.tag(tag)!.name(at: $0) } == [
        "VIP", "VIP-Ouro", "VIP-Prata", "VIP-Prata",
      ])
  }

  @Test func `what is no name is refused`() throws {
    var shop = Shop()
    let tag = try shop.tag("VIP")
    let long = String(repeating: "a", count: 21)
    let commands: [(String) -> Command] = [{ .create($0) }, { .rename(tag, $0) }]
    for command in commands {
      #expect(throws: Problem.tagNameEmpty) { try shop.decide(command("  ")) }
      #expect(throws: Problem.tagNameTooLong(long, length: 21, limit: 20)) {
        try shop.decide(command(long))
      }
      #expect(throws: Problem.tagNameHasControlCharacter("a\u{0}")) {
        try shop.decide(command("a\u{0}"))
      }
    }
    shop.limits.nameLength = 21
    #expect(try shop.events(.create(long)).count == 1)
  }
}
