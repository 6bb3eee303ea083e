import Domain
import TestSupport
import Testing

/// Archiving, restoring and deleting.
@Suite struct LifecycleTests {
  @Test func `an archived tag is not applicable by anyone`() throws {
    var shop = Shop()
    let tag = try shop.tag("Natal")
    let other = try shop.tag("Páscoa")
    let ana = try shop.customer("Ana")
    #expect(try shop.events(.archiveTag(tag)) == [Event(.tagArchived, tag: tag)])
    try shop.take(.archiveTag(tag))
    #expect(throws: Problem.tagArchived(tag)) { try shop.decide(.apply(tag, ana)) }
    #expect(throws: Problem.tagArchived(tag)) { try shop.decide(.merge(other, into: tag)) }
    let rows = [ImportRow.membership(.id(ana), tag: "Natal", details: nil)]
    #expect(try shop.decide(.take(rows)).refusals == [.init(0, .tagArchived(tag))])
  }

  @Test func `who has an archived tag keeps it and can lose it`() throws {
    var shop = Shop()
    let tag = try shop.tag("Natal")
    let ana = try shop.customer("Ana")
    try shop.apply(tag, to: ana)
    try shop.take(.archiveTag(tag))
    #expect(shop.members(tag) == [ana])
    #expect(throws: Problem.tagArchived(tag)) { try shop.decide(.apply(tag, ana)) }
    let rows = [ImportRow.membership(.id(ana), tag: "Natal", details: nil)]
    #expect(try shop.decide(.take(rows)).unchanged == 1)
    #expect(try shop.events(.remove(tag, ana)) == [.removed(tag, ana)])
  }

  @Test func `restoring keeps the number, the name and the customers`() throws {
    var shop = Shop()
    let tag = try shop.tag("Natal")
    let ana = try shop.customer("Ana")
    try shop.apply(tag, to: ana)
    try shop.take(.archiveTag(tag))
    #expect(try shop.events(.restoreTag(tag)) == [Event(.tagRestored, tag: tag)])
    try shop.take(.restoreTag(tag))
    #expect(shop.id("Natal") == tag)
    #expect(shop.members(tag) == [ana])
    #expect(try shop.decide(.apply(tag, ana)).unchanged == 1)
  }

  @Test func `archiving and restoring twice change nothing`() throws {
    var shop = Shop()
    let tag = try shop.tag("Natal")
    #expect(try shop.events(.restoreTag(tag)).isEmpty)
    #expect(try shop.decide(.restoreTag(tag)).unchanged == 1)
    try shop.take(.archiveTag(tag))
    #expect(try shop.events(.archiveTag(tag)).isEmpty)
    #expect(try shop.decide(.archiveTag(tag)).unchanged == 1)
  }

  @Test func `deleting asks for the number of customers who have the tag`() throws {
    var shop = Shop()
    let tag = try shop.tag("Natal")
    let (ana, rui) = (try shop.customer("Ana"), try shop.customer("Rui"))
    try shop.apply(tag, to: ana, rui)
    for wrong in [0, 1, 3] {
      #expect(throws: Problem.tagCustomersMiscounted(tag, given: wrong, actual: 2)) {
        try shop.decide(.deleteTag(tag, customers: wrong))
      }
    }
    #expect(
      try shop.events(.deleteTag(tag, customers: 2))
        == [Event(.tagDeleted, tag: tag, data: ["name": "Natal", "customers": 2])])
  }

  @Test func `everybody loses a deleted tag, and its number is never given again`() throws {
    var shop = Shop()
    let tag = try shop.tag("Natal")
    let ana = try shop.customer("Ana")
    try shop.apply(tag, to: ana, details: ["nota": "x"])
    try shop.take(.deleteTag(tag, customers: 1))
    #expect(shop.state.tags(of: ana) == [])
    #expect(shop.state.membershipCount == 0)
    #expect(shop.details(tag, of: ana) == nil)
    #expect(shop.state.tag(tag)?.status == .deleted)
    #expect(shop.id("Natal") == nil)
    #expect(try shop.tag("Natal") == TagID(2))
  }

  @Test func `a deleted tag frees its aliases too`() throws {
    var shop = Shop()
    let a = try shop.tag("Aniversário")
    let b = try shop.tag("Campanha")
    try shop.merge(a, into: b)
    try shop.take(.deleteTag(b, customers: 0))
    #expect(try shop.events(.create("Aniversário")).count == 1)
    #expect(throws: Problem.tagNotFound("1")) { try shop.decide(.archiveTag(a)) }
  }
}
