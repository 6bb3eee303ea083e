import Domain
import TestSupport
import Testing

/// What holds for any history of commands.
@Suite struct LawTests {
  @Test(arguments: UInt64(0)..<200)
  func `after any history the state is sound, and replaying the events gives it again`(
    seed: UInt64
  ) throws {
    var commands = RandomCommands(seed: seed)
    var ledger = PaperLedger()
    for step in 1...80 {
      try expectSound(commands.next(for: ledger.state), on: &ledger)
      if step % 20 == 0 { #expect(ledger.state.faults == []) }
    }
    #expect(ledger.state.position == Int64(ledger.events.count))
    #expect(try ledger.replayed().firstDifference(to: ledger.state) == nil)
    #expect(try ledger.replayed() == ledger.state)
    #expect(try ledger.gathered().firstDifference(to: ledger.state) == nil)
    #expect(try ledger.gathered() == ledger.state)
  }

  /// Deciding is dry, says the same twice, and a command without an event changes nothing.
  private func expectSound(_ command: Command, on ledger: inout PaperLedger) throws {
    let before = ledger.state
    do throws(Problem) {
      let preview = try ledger.decide(command)
      #expect(ledger.state == before)
      let decision = try ledger.take(command)
      #expect(decision.events == preview.events)
      #expect(decision.unchanged == preview.unchanged && decision.refusals == preview.refusals)
      #expect(ledger.state.position == before.position + Int64(decision.events.count))
      if decision.events.isEmpty {
        #expect(ledger.state == before)
      } else {
        #expect(ledger.state != before)
      }
      for (index, event) in decision.events.enumerated() {
        #expect(event.cause.map { (0..<index).contains($0) } ?? true)
      }
    } catch {
      #expect(ledger.state == before)
    }
  }

  @Test(arguments: UInt64(0)..<100)
  func `applying, removing and archiving twice is unchanged the second time`(seed: UInt64) throws {
    var commands = RandomCommands(seed: seed)
    var ledger = PaperLedger()
    for _ in 1...60 {
      let command = commands.next(for: ledger.state)
      guard (try? ledger.take(command)) != nil else { continue }
      switch command {
      case .apply, .remove, .archiveTag, .restoreTag, .adoptStarterSet, .recolorCategory:
        #expect(try ledger.decide(command).events == [])
      case .reviseTag(let tag, let changes, _):
        #expect(try ledger.decide(.reviseTag(tag, changes, revision: nil)).events == [])
      default: continue
      }
    }
  }

  @Test(arguments: UInt64(0)..<200)
  func `a history taken again changes nothing, whatever was done by hand since`(
    seed: UInt64
  ) throws {
    var chance = Chance(seed: seed)
    var commands = RandomCommands(seed: seed)
    var ledger = PaperLedger()
    for _ in 1...30 { _ = try? ledger.take(commands.next(for: ledger.state)) }
    guard ledger.state.lastCustomer > 0 else { return }
    // What was refused, since its tag was archived, may go in when it has been restored.
    let rows = commands.history(of: 30, for: ledger.state)
    let refused = Set(try ledger.take(.take(ledger.settled(rows))).refusals.map(\.row))
    let taken = rows.indices.filter { !refused.contains($0) }.map { rows[$0] }
    for _ in 1...20 {
      _ = try? ledger.take(commands.byHand(for: ledger.state))
      if chance.happens(1, of: 4), let tag = ledger.state.tags.last(where: \.isListed) {
        _ = try? ledger.take(.rename(tag.id, "Nome \(ledger.state.position)"))
      }
    }
    let again = try ledger.decide(.take(ledger.settled(taken)))
    #expect(again.events == [])
    #expect(again.refusals == [])
    #expect(again.unchanged == taken.count)
  }

  @Test(arguments: UInt64(0)..<50)
  func `rows lead to the same events in one command and in many`(seed: UInt64) throws {
    var commands = RandomCommands(seed: seed)
    var whole = PaperLedger()
    for _ in 1...30 { _ = try? whole.take(commands.next(for: whole.state)) }
    guard whole.state.lastCustomer > 0 else { return }
    var parts = whole
    let rows = whole.settled(commands.history(of: 30, for: whole.state))
    func file(_ rows: some Sequence<ImportRow>) -> Command {
      .takeRows(
        Array(rows),
        ImportPolicy(file: "f.csv", createsTags: true, createsCustomers: true, colors: []))
    }
    let decision = try whole.take(file(rows))
    for start in stride(from: 0, to: rows.count, by: 7) {
      try parts.take(file(rows[start..<min(start + 7, rows.count)]))
    }
    #expect(parts.events.map(\.told) == whole.events.map(\.told))

    let refused = Set(decision.refusals.map(\.row))
    let accepted = rows.indices.filter { !refused.contains($0) }.map { rows[$0] }
    #expect(try parts.decide(file(rows)).events == [])
    var clean = PaperLedger()
    commands = RandomCommands(seed: seed)
    for _ in 1...30 { _ = try? clean.take(commands.next(for: clean.state)) }
    #expect(try clean.decide(file(accepted)).events == decision.events)
  }

  @Test func `an event that does not fit the state is told from one that does`() throws {
    var ledger = PaperLedger()
    let tag = try ledger.tag("VIP")
    let ana = try ledger.customer("Ana")
    let state = ledger.state
    #expect(state.fits(.tagApplied, tag: tag, customer: ana, data: nil))
    #expect(!state.fits(.tagApplied, tag: TagID(2), customer: ana, data: nil))
    #expect(!state.fits(.tagRemoved, tag: tag, customer: CustomerID(2), data: nil))
    #expect(!state.fits(.tagDetailed, tag: tag, customer: nil, data: nil))
    #expect(!state.fits(.tagCreated, tag: tag, customer: nil, data: ["name": "x", "color": 1]))
    #expect(
      !state.fits(.tagCreated, tag: TagID(2), customer: nil, data: ["name": "x", "color": 99]))
    #expect(!state.fits(.tagRenamed, tag: tag, customer: nil, data: ["to": 1]))
    #expect(!state.fits(.tagMerged, tag: tag, customer: nil, data: ["into": 1, "name": "alias"]))
    #expect(!state.fits(.customerRegistered, tag: nil, customer: ana, data: nil))
    #expect(!state.fits(.customerMerged, tag: nil, customer: ana, data: ["into": 1]))
    #expect(!state.fits(.customerMerged, tag: nil, customer: ana, data: ["into": 0]))
  }
}

extension RecordedEvent {
  /// What it tells, without its place and time.
  fileprivate var told: [String?] {
    [
      type.name, tag.map { "\($0.rawValue)" }, customer.map { "\($0.rawValue)" }, data,
      occurred?.text,
    ]
  }
}
