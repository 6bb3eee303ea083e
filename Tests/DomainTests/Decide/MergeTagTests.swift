import Domain
import TestSupport
import Testing

@Suite struct MergeTagTests {
  private var shop = Shop()
  private let (a, b): (TagID, TagID)
  private let (ana, rui, bia): (CustomerID, CustomerID, CustomerID)

  init() throws {
    a = try shop.tag("Aniversário")
    b = try shop.tag("Campanha")
    ana = try shop.customer("Ana")
    rui = try shop.customer("Rui")
    bia = try shop.customer("Bia")
    try shop.apply(a, to: ana, rui)
    try shop.apply(b, to: rui, bia)
  }

  @Test func `merging moves who had only the source and collapses who had both`() throws {
    #expect(
      try shop.events(.merge(a, into: b)) == [
        .merged(a, into: b, moved: 1, collapsed: 1, name: "alias", was: "Aniversário")
      ])
    var shop = shop
    try shop.merge(a, into: b)
    #expect(shop.members(b) == [ana, rui, bia])
    #expect(shop.members(a) == [])
    #expect(shop.state.membershipCount == 3)
    #expect(shop.state.tag(a)?.status == .merged(into: b))
  }

  @Test func `the source's name becomes an alias, by which the target is meant`() throws {
    var shop = shop
    try shop.merge(a, into: b)
    #expect(shop.id("ANIVERSARIO") == b)
    #expect(shop.state.tag(b)?.aliases.map(\.text) == ["Aniversário"])
  }

  @Test func `or it is released`() throws {
    var shop = shop
    #expect(
      try shop.events(.merge(a, into: b, name: .released)) == [
        .merged(a, into: b, moved: 1, collapsed: 1, name: "released", was: "Aniversário")
      ])
    try shop.merge(a, into: b, name: .released)
    #expect(shop.id("Aniversário") == nil)
    #expect(shop.state.tag(b)?.aliases == [])
    #expect(try shop.tag("Aniversário") == TagID(3))
  }

  @Test(arguments: [MergedName.alias, .released])
  func `aliases never chain: they go along to the next target`(name: MergedName) throws {
    var shop = shop
    let c = try shop.tag("Cliente de Campanha")
    try shop.merge(a, into: b)
    try shop.merge(b, into: c, name: name)
    #expect(shop.id("Aniversário") == c)
    #expect(shop.id("Campanha") == (name == .alias ? c : nil))
    let aliases = name == .alias ? ["Campanha", "Aniversário"] : ["Aniversário"]
    #expect(shop.state.tag(c)?.aliases.map(\.text) == aliases)
    #expect(shop.state.tag(b)?.aliases == [])
    #expect(try shop.state.current(a).id == c)
    #expect(shop.members(c) == [ana, rui, bia])
  }

  @Test func `a merged number means its target afterwards`() throws {
    var shop = shop
    try shop.merge(a, into: b)
    let eva = try shop.customer("Eva")
    #expect(try shop.events(.apply(a, eva)) == [.applied(b, eva)])
    #expect(try shop.events(.remove(a, bia)) == [.removed(b, bia)])
    #expect(try shop.events(.archiveTag(a)) == [Event(.tagArchived, tag: b)])
    #expect(throws: Problem.tagMergedIntoItself(b, name: "Campanha")) {
      try shop.decide(.merge(a, into: b))
    }
  }

  @Test func `a tag is not merged into itself`() {
    #expect(throws: Problem.tagMergedIntoItself(a, name: "Aniversário")) {
      try shop.decide(.merge(a, into: a))
    }
  }

  @Test func `nobody merges what has just changed`() throws {
    var shop = shop
    try shop.rename(a, "Festa")
    #expect(throws: Problem.tagRevisionChanged(a, expected: 1, actual: 2)) {
      try shop.decide(.merge(a, into: b, revisions: MergeRevisions(source: 1, target: 1)))
    }
    #expect(throws: Problem.tagRevisionChanged(b, expected: 2, actual: 1)) {
      try shop.decide(.merge(a, into: b, revisions: MergeRevisions(source: 2, target: 2)))
    }
    try shop.take(.merge(a, into: b, revisions: MergeRevisions(source: 2, target: 1)))
    #expect(shop.state.tag(a)?.revision == 3)
    #expect(shop.state.tag(b)?.revision == 2)
    #expect(shop.state.tag(b)?.changed == shop.state.position)
  }

  @Test func `an archived tag can be merged away, and then it is not in the way any more`() throws {
    var shop = shop
    try shop.take(.archiveTag(a))
    try shop.merge(a, into: b)
    #expect(shop.members(b) == [ana, rui, bia])
    #expect(try shop.events(.apply(a, ana)).isEmpty)
  }

  @Test func `where the target is of a set, it displaces the others of it`() throws {
    var shop = Shop()
    let (ana, rui) = (try shop.customer("Ana"), try shop.customer("Rui"))
    let open = try shop.tag("Reclamação", set: "Reclamação")
    let solved = try shop.tag("Resolvida", set: "reclamacao")
    let old = try shop.tag("OK")
    try shop.apply(old, to: ana, rui)
    try shop.apply(open, to: ana)
    try shop.apply(solved, to: rui)
    #expect(
      try shop.events(.merge(old, into: solved)) == [
        .merged(old, into: solved, moved: 1, collapsed: 1, name: "alias", was: "OK"),
        .displaced(open, ana, set: "reclamacao", cause: 0),
      ])
    try shop.merge(old, into: solved)
    #expect(shop.state.tags(of: ana) == [solved])
  }

  @Test func `tags of one set merge without displacing anyone`() throws {
    var shop = Shop()
    let (ana, rui) = (try shop.customer("Ana"), try shop.customer("Rui"))
    let open = try shop.tag("Aberta", set: "Etapa")
    let waiting = try shop.tag("À espera", set: "Etapa")
    try shop.apply(open, to: ana)
    try shop.apply(waiting, to: rui)
    #expect(
      try shop.events(.merge(open, into: waiting)) == [
        .merged(open, into: waiting, moved: 1, collapsed: 0, name: "alias", was: "Aberta")
      ])
  }

  @Test func `details move along, and the target's own stay`() throws {
    var shop = shop
    let eva = try shop.customer("Eva")
    try shop.apply(a, to: ana, details: ["de": "a"])
    try shop.apply(a, to: eva, details: ["de": "a"])
    try shop.apply(a, to: rui, details: ["de": "a"])
    try shop.apply(b, to: rui, details: ["de": "b"])
    try shop.apply(b, to: eva)
    try shop.merge(a, into: b)
    #expect(shop.details(b, of: ana) == ["de": "a"])
    #expect(shop.details(b, of: rui) == ["de": "b"])
    #expect(shop.details(b, of: eva) == ["de": "a"])
    #expect(shop.details(a, of: ana) == nil)
  }
}
