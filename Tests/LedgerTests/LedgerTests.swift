import Domain
import Ledger
import Testing

@Suite struct LedgerTests {
  let fixture: LedgerFixture

  init() throws {
    fixture = try LedgerFixture()
  }

  @Test func `what was acknowledged is there after closing and opening again`() async throws {
    var ledger = try await fixture.open()
    let vip = try await ledger.createTag("VIP")
    let ana = try await ledger.register("Ana", phone: "41 8888-7777")
    let receipt = try await ledger.order(.apply(vip, to: [ana], details: nil), reason: "boa")
    #expect(receipt.seqs == 4...4)
    let before = ledger.state
    await ledger.close()

    ledger = try await fixture.open()
    #expect(before.firstDifference(to: ledger.state) == nil)
    #expect(ledger.state.members(of: vip).contains(ana))
    #expect(try ledger.customer(phone: "+55 41 98888-7777") == ana)
    #expect(try ledger.profile(ana, by: LedgerFixture.founder).personal[.name] == "Ana")
    await ledger.close()
  }

  @Test func `orders of many at once are recorded in groups, each with a receipt of its own`()
    async throws
  {
    let ledger = try await fixture.open()
    let tag = try await ledger.createTag("VIP")
    let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
      for index in 0..<200 {
        group.addTask {
          let id = try await ledger.register("Cliente \(index)")
          return try await ledger.order(.apply(tag, to: [id], details: nil))
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(receipts.compactMap(\.seqs)).count == 200)
    #expect(ledger.state.members(of: tag).count == 200)
    #expect(ledger.state.position == 402)
    await ledger.close()
  }

  @Test func `a stranger is refused inside the writer, and nothing is recorded`() async throws {
    let ledger = try await fixture.open()
    await #expect(throws: Problem.callerUnknown(ask: ledger.state.team.operators.map(\.name))) {
      try await ledger.submit(
        Order(.createTag(TagDraft(name: "VIP", color: .palette(0))), by: .local(uid: 4711)))
    }
    #expect(ledger.state.position == 1)
    await ledger.close()
  }

  @Test func `large orders of many at once are recorded apart, each whole`() async throws {
    let ledger = try await fixture.open()
    var tags: [TagID] = []
    for index in 0..<6 { tags.append(try await ledger.createTag("T\(index)")) }
    let rows = (0..<8000).map { "C\($0)\n" }.joined()
    try await ledger.take("ref\n" + rows, ImportRequest(kind: .customers, file: "c.csv"))
    let customers = (1...8000).map { CustomerID(Int32($0)) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for tag in tags {
        group.addTask { try await ledger.order(.apply(tag, to: customers, details: nil)) }
      }
      try await group.waitForAll()
    }
    #expect(ledger.state.membershipCount == 48_000)
    try await ledger.verifies()
    await ledger.close()
  }

  @Test func `a dry run tells what would be and records nothing`() async throws {
    let ledger = try await fixture.open()
    let a = try await ledger.createTag("A")
    let b = try await ledger.createTag("B")
    let ana = try await ledger.register("Ana")
    try await ledger.order(.apply(a, to: [ana], details: nil))
    let preview = try await ledger.order(
      .mergeTag(a, into: b, name: .alias, revisions: MergeRevisions()), dryRun: true)
    #expect(preview.seqs == nil)
    #expect(preview.events[0].data?["moved"] == .int(1))
    #expect(preview.preview?.members(of: b).contains(ana) == true)
    #expect(ledger.state.position == 5)
    await ledger.close()
  }

  @Test func `personal fields that are the same already leave no event`() async throws {
    let ledger = try await fixture.open()
    let ana = try await ledger.register("Ana")
    let same = try ledger.draft(personal: [.name: "Ana"], channel: nil)
    let receipt = try await ledger.order(.reviseCustomer(ana, same, revision: nil))
    #expect(receipt.seqs == nil)
    #expect(receipt.unchanged == 1)
    await ledger.close()
  }

  @Test func `rebuilding and verifying agree with what is served`() async throws {
    let ledger = try await fixture.open()
    let a = try await ledger.createTag("Produto-Sofá")
    let b = try await ledger.createTag("Produto-Sofa cama")
    for index in 0..<20 {
      let id = try await ledger.register("Cliente \(index)", phone: "+5511961234\(500 + index)")
      try await ledger.order(.apply(index % 2 == 0 ? a : b, to: [id], details: nil))
    }
    try await ledger.order(.mergeTag(b, into: a, name: .alias, revisions: MergeRevisions()))
    let verified = try await ledger.finish(
      ledger.startVerification(by: LedgerFixture.founder))
    #expect(verified.problem == nil)
    #expect(verified.state == .done)
    let rebuilt = try await ledger.finish(ledger.startRebuild(by: LedgerFixture.founder))
    #expect(rebuilt.problem == nil)
    var filter = ChangeFilter()
    filter.tag = b
    let changes = try await ledger.changes(filter, by: LedgerFixture.founder)
    #expect(changes.events.first?.type == .tagMerged)
    await ledger.close()
  }

  @Test func `a second ledger on the same directory is refused`() async throws {
    let ledger = try await fixture.open()
    await #expect(throws: Problem.self) { try await fixture.open() }
    await ledger.close()
  }
}
