import TestSupport
import Testing

@testable import Domain

/// What others do to a job's own doing between two of its commands is left alone, and told.
@Suite struct JobUndoTests {
  private var shop = Shop()
  private let (a, b): (TagID, TagID)
  private let (ana, bia, caio): (CustomerID, CustomerID, CustomerID)

  init() throws {
    a = try shop.tag("A")
    b = try shop.tag("B")
    ana = try shop.customer("Ana")
    bia = try shop.customer("Bia")
    caio = try shop.customer("Caio")
  }

  /// Undoes a job that applies the first tag to Ana, and then, when somebody else has acted, `next`.
  private func undone(
    after between: Command, next: Command
  ) throws -> (shop: Shop, decision: Decision) {
    var shop = shop
    var parts: [ClosedRange<Int64>] = []
    for (command, isOwn) in [(.apply(a, ana), true), (between, false), (next, true)] {
      let first = shop.state.position + 1
      try shop.take(command)
      if isOwn { parts.append(first...shop.state.position) }
    }
    let decision = try shop.take(.undo(shop.undo(of: parts)))
    return (shop, decision)
  }

  private func changed(_ tag: TagID, _ customer: CustomerID, at seq: Int64) -> LeftAlone {
    LeftAlone(
      subject: .membership(Membership(tag: tag, customer: customer)),
      why: .changed(Touched.Touch(seq: seq, actor: Shop.actor.name)))
  }

  @Test func `a tag that was merged away`() throws {
    let (shop, decision) = try undone(after: .merge(a, into: b), next: .apply(b, caio))
    #expect(decision.left == [changed(a, ana, at: 7)])
    #expect(shop.members(b) == [ana])
  }

  @Test func `a customer who was merged into another`() throws {
    let (shop, decision) = try undone(
      after: .mergeCustomer(ana, into: bia), next: .apply(a, caio))
    #expect(decision.left == [changed(a, ana, at: 7)])
    #expect(shop.members(a) == [bia])
  }

  @Test func `a tag that another one of the customer was merged into`() throws {
    var shop = shop
    try shop.apply(b, to: ana)
    let first = shop.state.position + 1
    try shop.apply(a, to: ana, bia)
    let last = shop.state.position
    try shop.take(.merge(b, into: a))
    let decision = try shop.take(.undo(shop.undo(of: first...last)))
    #expect(decision.left == [changed(a, ana, at: last + 1)])
    #expect(shop.members(a) == [ana])
  }

  @Test func `an undo of more than one may take stops where it is too much`() throws {
    var shop = shop
    try shop.apply(a, to: ana, bia, caio)
    let last = shop.state.position
    let undo = try shop.undo(of: (last - 2)...last)
    var undoing = Undoing(undo, in: shop.state, limit: 2, at: shop.now)
    #expect(throws: Problem.bulkTooLarge(count: 3, limit: 2)) { try undoing.run() }
    #expect(undoing.decision.events.count == 2)
    var whole = Undoing(undo, in: shop.state, limit: 3, at: shop.now)
    #expect(try whole.run().events.count == 3)
  }

  @Test func `a tag that was taken off again`() throws {
    let (shop, decision) = try undone(after: .remove(a, ana), next: .apply(a, caio))
    #expect(decision.left == [changed(a, ana, at: 7)])
    #expect(shop.members(a) == [])
  }
}
