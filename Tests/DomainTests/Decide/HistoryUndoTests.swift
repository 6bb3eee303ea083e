import HashTreeCollections
import TestSupport
import Testing

@testable import Domain

/// An import of a history that was a mistake: undone, the past can be told again, and rightly.
@Suite struct HistoryUndoTests {
  private var shop = Shop()
  private let ana: CustomerID
  private let vip: TagID

  init() throws {
    ana = try shop.customer("Ana", ref: "R1")
    vip = try shop.tag("VIP")
  }

  private func row(_ act: ImportRow.Act, at seconds: Int64, ordinal: Int = 1) -> ImportRow {
    .history(.id(ana), "VIP", act, at: seconds, ordinal: ordinal)
  }

  @Test func `a corrected file counts, where the mistaken one told of later moments`() throws {
    var shop = shop
    let corrected = [row(.applied, at: 1)]
    let once = try shop.events(.take(shop.settled(corrected)))
    try shop.take(.take(shop.settled([row(.applied, at: 9)])))
    let undone = try shop.undoLast()
    #expect(undone.events.map(\.type) == [.tagRemoved])
    #expect(undone.events[0].data?["settled"] == .null)
    #expect(try shop.events(.take(shop.settled(corrected))) == once)
    try shop.take(.take(shop.settled(corrected)))
    #expect(try shop.decide(.take(shop.settled(corrected))).unchanged == 1)
    #expect(try shop.replayed() == shop.state)
  }

  @Test func `so it does where the mistaken one gave and took the tag again`() throws {
    var shop = shop
    let corrected = [row(.applied, at: 1)]
    let once = try shop.events(.take(shop.settled(corrected)))
    try shop.take(.take(shop.settled([row(.applied, at: 8), row(.removed, at: 9)])))
    let undone = try shop.undoLast()
    #expect(undone.events.map(\.type) == [.historyReopened])
    #expect(try shop.events(.take(shop.settled(corrected))) == once)
    #expect(try shop.replayed() == shop.state)
  }

  @Test func `what an earlier file told stays told, to the row`() throws {
    var shop = shop
    let earlier = [row(.applied, at: 3), row(.removed, at: 3, ordinal: 2)]
    try shop.take(.take(shop.settled(earlier)))
    try shop.take(.take(shop.settled([row(.applied, at: 9)])))
    try shop.undoLast()
    #expect(try shop.decide(.take(shop.settled(earlier))).unchanged == 2)
    #expect(
      try shop.events(.take(shop.settled([row(.applied, at: 3, ordinal: 3)]))).count == 1)
  }

  @Test func `what was done by hand before the mistaken file is not done again by an older row`()
    throws
  {
    var shop = shop
    try shop.apply(vip, to: ana)
    let later = HistoryRow(
      customer: .id(ana), tag: "VIP", applied: false,
      occurred: Timestamp(microseconds: shop.now.rawValue - 1), ordinal: 1, source: nil)
    try shop.take(.take(shop.settled([.history(later)])))
    try shop.undoLast()
    #expect(shop.members(vip) == [ana])
    #expect(try shop.events(.take(shop.settled([row(.removed, at: 1)]))).isEmpty)
    #expect(try shop.events(.take(shop.settled([.history(later)]))).count == 1)
  }

  @Test func `what somebody has done by hand since is left, and settles what was before it`()
    throws
  {
    var shop = shop
    let first = shop.state.position + 1
    try shop.take(.take(shop.settled([row(.applied, at: 9)])))
    let last = shop.state.position
    try shop.remove(vip, from: ana)
    let undone = try shop.take(.undo(shop.undo(of: first...last)))
    #expect(undone.events.isEmpty && undone.left.count == 1)
    #expect(try shop.events(.take(shop.settled([row(.applied, at: 1)]))).isEmpty)
  }

  @Test func `the undo undone, the file has been taken again`() throws {
    var shop = shop
    let rows = [row(.applied, at: 8), row(.removed, at: 9)]
    try shop.take(.take(shop.settled(rows)))
    let taken = shop.state
    try shop.undoLast()
    try shop.undoLast()
    #expect(shop.state.memberships[vip.index].history == taken.memberships[vip.index].history)
    #expect(try shop.decide(.take(shop.settled(rows))).unchanged == 2)
  }

  @Test func `in a set the tags that left are open again too`() throws {
    var shop = shop
    try shop.tag("Aberta", set: "Etapa")
    try shop.tag("Resolvida", set: "Etapa")
    func rows(at seconds: Int64) -> [ImportRow] {
      [
        .history(.id(ana), "Aberta", .applied, at: seconds),
        .history(.id(ana), "Resolvida", .applied, at: seconds + 1),
      ]
    }
    let once = try shop.events(.take(shop.settled(rows(at: 1))))
    try shop.take(.take(shop.settled(rows(at: 7))))
    try shop.undoLast()
    #expect(try shop.events(.take(shop.settled(rows(at: 1)))) == once)
  }

  @Test(arguments: UInt64(0)..<200)
  func `an import that is undone and taken again is as one import`(seed: UInt64) throws {
    var commands = RandomCommands(seed: seed)
    var ledger = Shop()
    for _ in 1...40 { _ = try? ledger.take(commands.next(for: ledger.state)) }
    let rows = commands.history(of: 12, for: ledger.state)
    func take() -> Command {
      .take(ledger.settled(rows), createsTags: false, createsCustomers: false)
    }
    let before = ledger.state
    try ledger.take(take())
    let once = ledger.state
    guard once.position > before.position else { return }
    let undone = try ledger.undoLast()
    #expect(undone.left.isEmpty)
    #expect(ledger.state.told == before.told)
    #expect(try ledger.replayed() == ledger.state)
    #expect(try ledger.gathered() == ledger.state)
    #expect(try ledger.take(take()).events.isEmpty == false)
    #expect(ledger.state.told == once.told)
    #expect(try ledger.replayed() == ledger.state)
  }
}

extension Shop {
  /// Undoes the last command that recorded anything.
  @discardableResult
  fileprivate mutating func undoLast() throws -> Decision {
    let command = events.last!.command
    let first = events.first { $0.command == command }!.seq
    return try take(.undo(undo(of: first...state.position)))
  }
}

extension State {
  /// Who has what, and how far history has told of it.
  fileprivate var told: [Told] {
    memberships.map { Told(members: $0.customers, history: $0.history) }
  }
}

private struct Told: Equatable {
  let members: CustomerSet
  let history: TreeDictionary<CustomerID, HistoryMark>
}
