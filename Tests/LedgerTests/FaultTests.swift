import Domain
import EventLog
import Foundation
import Ledger
import Synchronization
import TestSupport
import Testing

/// A disk of four megabytes, in memory; where none can be mounted, the tests say so and are
/// skipped.
final class SmallDisk: Sendable {
  static let isPossible = geteuid() == 0 && (try? SmallDisk()) != nil

  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "disk-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Self.run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", path)
  }

  deinit {
    try? Self.run("umount", "-l", path)
    try? FileManager.default.removeItem(atPath: path)
  }

  private static func run(_ arguments: String...) throws {
    _ = try Shell.output(
      of: arguments.map(Shell.quoted).joined(separator: " ") + " 2>/dev/null")
  }

  /// Leaves no room at all.
  func fill() {
    let file = open(path + "/ballast", O_WRONLY | O_CREAT, 0o600)
    let page = [UInt8](repeating: 0, count: 4096)
    while write(file, page, page.count) > 0 {}
    close(file)
  }

  func makeRoom() throws {
    try FileManager.default.removeItem(atPath: path + "/ballast")
  }
}

@Suite struct FaultTests {
  @Test(.enabled(if: SmallDisk.isPossible, "skipped: no disk can be mounted here"))
  func `a full disk refuses commands, keeps reads, and is fine again with room`() async throws {
    let disk = try SmallDisk()
    let fixture = try LedgerFixture(in: disk.path)
    var ledger = try await fixture.open()
    let tag = try await ledger.createTag("VIP")
    let ana = try await ledger.register("Ana", phone: "+5511961234567")
    disk.fill()
    // What room the files themselves still have is used up first; now and then the WAL is brought
    // home, which makes a little room again.
    var refused = 0
    for index in 0..<400 where refused < 20 {
      let before = ledger.state
      do {
        _ = try await ledger.register("Cliente \(index) \(String(repeating: "x", count: 300))")
      } catch {
        #expect(error as? Problem == .storageFull)
        #expect(before.firstDifference(to: ledger.state) == nil)
        refused += 1
      }
    }
    try #require(refused == 20)
    let before = ledger.state
    // So many events of one command are folded while they are appended; they are dropped all the same.
    let messages = (0..<5000).map {
      FactDraft(.messageReceived(id: "m\($0)"), of: .id(ana), occurred: nil)
    }
    let problem = await #expect(throws: Problem.self) {
      try await ledger.order(.recordFacts(messages, FactPolicy()))
    }
    #expect(problem == .storageFull)
    #expect(before.firstDifference(to: ledger.state) == nil)
    #expect(ledger.readOnlyReason == nil)
    #expect(try ledger.profile(ana, by: LedgerFixture.founder).personal[.name] == "Ana")
    #expect(
      try ledger.log.events(after: 1, limit: 2).map(\.type) == [.tagCreated, .customerRegistered])

    try disk.makeRoom()
    let receipt = try await ledger.order(.apply(tag, to: [ana], details: nil))
    #expect(receipt.seqs == before.position + 1...before.position + 1)
    try await ledger.verifies()
    let state = ledger.state
    await ledger.close()
    ledger = try await fixture.open()
    #expect(state.firstDifference(to: ledger.state) == nil)
    await ledger.close()
  }

  @Test(.enabled(if: SmallDisk.isPossible, "skipped: no disk can be mounted here"))
  func `who is told that facts are known finds them known, on a full disk too`() async throws {
    let disk = try SmallDisk()
    let fixture = try LedgerFixture(in: disk.path)
    let ledger = try await fixture.open()
    let messages = try await messages(0..<6000, to: ledger)
    disk.fill()
    // The small ones say what the large ones say, of which nothing is left when they are refused.
    var refused = 0
    for round in 0..<5 {
      try await withThrowingTaskGroup { group in
        for number in 0..<8 {
          let few = (round * 8 + number) * 3
          let drafts = number.isMultiple(of: 2) ? messages : Array(messages[few..<few + 3])
          group.addTask {
            do {
              _ = try await ledger.order(.recordFacts(drafts, FactPolicy()))
              #expect(knows(ledger, drafts))
              return true
            } catch {
              #expect(error as? Problem == .storageFull)
              return false
            }
          }
        }
        for try await isRecorded in group where !isRecorded { refused += 1 }
      }
    }
    #expect(refused >= 20)
    try disk.makeRoom()
    let known = count(ledger)
    let receipt = try await ledger.order(.recordFacts(messages, FactPolicy()))
    #expect(receipt.events.count == messages.count - known && receipt.unchanged == known)
    try await ledger.verifies()
    await ledger.close()
  }

  @Test func `facts of many commands at once are told once`() async throws {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open()
    let messages = try await messages(0..<22_500, to: ledger)
    let first = ledger.state.position
    // Each says again half of what another says.
    let (told, unchanged) = try await withThrowingTaskGroup { group in
      for number in 0..<8 {
        group.addTask {
          let drafts = Array(messages[number * 2500..<number * 2500 + 5000])
          let receipt = try await ledger.order(.recordFacts(drafts, FactPolicy()))
          return (receipt.events.count, receipt.unchanged)
        }
      }
      return try await group.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    }
    #expect(told == 22_500 && unchanged == 17_500)
    #expect(count(ledger) == told && ledger.state.position == first + Int64(told))
    try await ledger.verifies()
    await ledger.close()
  }

  /// Messages to customers who are registered for it.
  private func messages(_ numbers: Range<Int>, to ledger: Ledger) async throws -> [FactDraft] {
    var customers: [CustomerID] = []
    for number in 0..<100 { customers.append(try await ledger.register("Cliente \(number)")) }
    return numbers.map {
      FactDraft(.messageSent(id: "m\($0)"), of: .id(customers[$0 % 100]), occurred: nil)
    }
  }

  /// Whether all of these messages are known.
  private func knows(_ ledger: Ledger, _ drafts: [FactDraft]) -> Bool {
    let state = ledger.state
    return drafts.allSatisfy { draft in
      guard case .id(let customer)? = draft.customer else { return false }
      return state.facts(of: customer).messages.contains { $0.key == FactKey(draft.fact.id) }
    }
  }

  /// How many messages are known.
  private func count(_ ledger: Ledger) -> Int {
    let state = ledger.state
    return state.live.reduce(0) { $0 + state.facts(of: $1).messages.count }
  }

  @Test func `when the clock stands or is set back, times and ids still rise`() async throws {
    let fixture = try LedgerFixture()
    let clock = Mutex<Int64>(1_700_000_000_000_000)
    let times: [Int64] = [0, 0, -60_000_000, 5, -3_600_000_000, 0, 0, 1, -1, 0]
    var ledger = try await fixture.open(now: {
      Timestamp(microseconds: clock.withLock { $0 })
    })
    func give(_ ledger: Ledger) async throws {
      for (index, step) in times.enumerated() {
        clock.withLock { $0 += step }
        let id = try await ledger.register("Cliente \(index)")
        let other = try await ledger.register("Outro \(index)")
        try await ledger.order(.mergeCustomer(other, into: id))
      }
    }
    try await give(ledger)
    await ledger.close()
    // As long before the last event as a clock without a battery begins.
    clock.withLock { $0 = 0 }
    ledger = try await fixture.open(now: { Timestamp(microseconds: clock.withLock { $0 }) })
    try await give(ledger)
    let events = try ledger.log.events(after: 0, limit: 1000)
    #expect(events.count == 61)
    for (before, after) in zip(events, events.dropFirst()) {
      #expect(before.at < after.at)
      #expect(before.command < after.command)
    }
    #expect(try ledger.log.seq(atOrAfter: events[30].at) == 31)
    #expect(try ledger.seqs(of: events[30].command) == 31...31)
    try await ledger.verifies()
    await ledger.close()
  }

  @Test func `orders given while the ledger closes are answered, one way or the other`()
    async throws
  {
    let fixture = try LedgerFixture()
    var ledger = try await fixture.open()
    let open = ledger
    let taken = await withTaskGroup(of: Bool.self) { group in
      for index in 0..<200 {
        group.addTask {
          do {
            _ = try await open.register("Cliente \(index)")
            return true
          } catch {
            #expect(error as? Problem == .shuttingDown)
            return false
          }
        }
      }
      group.addTask {
        await open.close()
        return false
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    ledger = try await fixture.open()
    #expect(ledger.state.lastCustomer == taken)
    await ledger.close()
  }

  @Test func `verifying finds nothing while commands go on`() async throws {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open()
    let tag = try await ledger.createTag("VIP")
    let id = try await ledger.register("Ana")
    let load = Task {
      while !Task.isCancelled {
        try await ledger.order(.apply(tag, to: [id], details: nil))
        try await ledger.order(.remove(tag, from: [id]))
      }
    }
    for _ in 0..<15 { try await ledger.verifies() }
    load.cancel()
    _ = await load.result
    await ledger.close()
  }

  @Test func `commands and reads go on while everything is built anew`() async throws {
    let fixture = try LedgerFixture()
    let ledger = try await fixture.open()
    var shop = RandomShop(seed: 77, ledger)
    try await shop.work(200)
    for round in 0..<5 {
      let rebuild = try ledger.startRebuild(by: LedgerFixture.founder)
      var filter = ChangeFilter()
      filter.limit = 3
      repeat {
        let receipt = try await ledger.order(
          .registerCustomer(ledger.draft(personal: [.name: "N\(round)"], channel: nil)))
        let changes = try await ledger.changes(filter, by: LedgerFixture.founder)
        #expect(changes.events.first?.seq == receipt.seqs?.upperBound, "its own write")
      } while try ledger.jobs.job(rebuild.id).state == .running
      #expect(try ledger.jobs.job(rebuild.id).problem == nil)
    }
    try await ledger.verifies()
    await ledger.close()
  }
}
