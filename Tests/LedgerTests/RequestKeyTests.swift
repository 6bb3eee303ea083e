import Domain
import EventLog
import Foundation
import Ledger
import Synchronization
import Testing

/// Requests that are known again by their key.
@Suite struct RequestKeyTests {
  let fixture: LedgerFixture

  init() throws {
    fixture = try LedgerFixture()
  }

  private func key(_ text: String, _ body: String = "{}") -> RequestKey {
    var digest = RequestDigest(method: "POST", target: "/v1/tags")
    digest.add(Array(body.utf8))
    return digest.key(text, of: "uid:1000")
  }

  private func order(_ name: String, _ key: RequestKey, dryRun: Bool = false) -> Order {
    Order(
      .createTag(TagDraft(name: name, color: .palette(1))), by: LedgerFixture.founder,
      reason: "weil", dryRun: dryRun, key: key)
  }

  @Test func `a request sent again is carried out once, also by the daemon after this one`()
    async throws
  {
    var ledger = try await fixture.open()
    let first = try await ledger.submit(order("VIP", key("a")))
    let again = try await ledger.submit(order("VIP", key("a")))
    #expect(!first.isReplay && again.isReplay)
    #expect(again.command == first.command && again.seqs == first.seqs)
    #expect(again.events == first.events)
    await ledger.close()

    ledger = try await fixture.open()
    let later = try await ledger.submit(order("VIP", key("a")))
    #expect(later.isReplay && later.command == first.command && later.events == first.events)
    #expect(ledger.state.position == 2)
    await ledger.close()
  }

  @Test func `a key that comes with another request is refused`() async throws {
    let ledger = try await fixture.open()
    _ = try await ledger.submit(order("VIP", key("a")))
    await #expect(throws: Problem.requestKeyReused) {
      try await ledger.submit(order("Other", key("a", #"{"name":"Other"}"#)))
    }
    #expect(throws: Problem.requestKeyReused) { try ledger.receipt(of: key("a", "[]")) }
    #expect(ledger.state.position == 2)
    await ledger.close()
  }

  @Test func `the same key many times at once makes one command`() async throws {
    let ledger = try await fixture.open()
    let order = order("VIP", key("a"))
    let outcomes = await withTaskGroup(of: Result<Receipt, any Error>.self) { group in
      for _ in 0..<50 {
        group.addTask {
          do { return .success(try await ledger.submit(order)) } catch { return .failure(error) }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    var commands: Set<CommandID> = []
    for outcome in outcomes {
      switch outcome {
      case .success(let receipt): commands.insert(receipt.command)
      case .failure(let error): #expect(error as? Problem == .requestRunning)
      }
    }
    #expect(commands.count == 1)
    #expect(ledger.state.position == 2)
    await ledger.close()
  }

  @Test func `a dry run and a refusal leave the key free`() async throws {
    let ledger = try await fixture.open()
    let preview = try await ledger.submit(order("VIP", key("a"), dryRun: true))
    #expect(preview.preview != nil && !preview.isReplay)
    await #expect(throws: Problem.tagNameEmpty) { try await ledger.submit(order("", key("a"))) }
    #expect(try await ledger.submit(order("VIP", key("a"))).seqs == 2...2)
    await ledger.close()
  }

  @Test func `keys are forgotten after their time, and not before`() async throws {
    let now = Mutex(Timestamp(microseconds: 1_800_000_000_000_000))
    let hour: Int64 = 3_600_000_000
    let ledger = try await fixture.open(log: LogOptions(remembersRequestsFor: 24)) {
      now.withLock { $0 }
    }
    for hours in 0..<60 {
      now.withLock { $0 = Timestamp(microseconds: 1_800_000_000_000_000 + Int64(hours) * hour) }
      _ = try await ledger.submit(order("T\(hours)", key("\(hours)")))
      let oldest = max(0, hours - 24)
      #expect(try ledger.receipt(of: key("\(oldest)")) != nil, "\(hours)")
    }
    #expect(try ledger.receipt(of: key("0")) == nil)
    #expect(try ledger.receipt(of: key("30")) == nil)
    await ledger.close()
  }

  @Test func `what a killed job has recorded is undone with the rest, however late it is found`()
    async throws
  {
    let start: Int64 = 1_800_000_000_000_000
    let now = Mutex(Timestamp(microseconds: start))
    var limits = Limits()
    limits.bulk = 10
    let options = LogOptions(remembersRequestsFor: 24)
    var ledger = try await fixture.open(limits: limits, log: options) { now.withLock { $0 } }
    let tag = try await ledger.createTag("VIP")
    for name in 1...25 { _ = try await ledger.register("Cliente \(name)") }
    let job = try await ledger.finish(
      ledger.startBulk(
        .apply, tag: tag, customers: (1...25).map { CustomerID(Int32($0)) }, details: nil,
        by: LedgerFixture.founder, reason: nil))
    let all = try #require(job.recorded.first)
    #expect(job.recorded.count == 1 && all.count == 25)
    await ledger.close()

    // As a kill leaves it after the last part was recorded and before that was noted.
    let file = URL(filePath: fixture.directory + "/jobs/\(job.id).json")
    var torn = try #require(JSON(parsing: Array(Data(contentsOf: file))).object)
    torn["state"] = .string("running")
    torn["done"] = .int(20)
    torn["recorded"] = .array([[.int(all.lowerBound), .int(all.upperBound - 5)]])
    try Data(JSON.object(torn).canonical.utf8).write(to: file)

    now.withLock { $0 = Timestamp(microseconds: start + 72 * 3_600_000_000) }
    ledger = try await fixture.open(limits: limits, log: options) { now.withLock { $0 } }
    for name in 1...5 { _ = try await ledger.submit(order("T\(name)", key("\(name)"))) }
    #expect(try await ledger.undo(ofJob: job.id, by: LedgerFixture.founder)?.parts == [all])
    await ledger.close()
  }

  @Test func `answers are sealed on the disk, and an erasure destroys those of the customer`()
    async throws
  {
    var ledger = try await fixture.open()
    let rare = "Zyxwvut Qwertzuiop"
    let ana = CustomerID(7)
    let rui = CustomerID(8)
    for (text, customer) in [("a", ana), ("b", rui), ("c", nil)] {
      ledger.keep(
        StoredAnswer(
          request: key(text).request, status: 201, headers: ["ETag": "\"1\""],
          body: Array("{\"name\":\"\(rare)\"}".utf8)), for: key(text), customer: customer)
    }
    await ledger.close()
    for file in try FileManager.default.contentsOfDirectory(atPath: fixture.directory) {
      let path = fixture.directory + "/" + file
      guard let data = FileManager.default.contents(atPath: path) else { continue }
      #expect(data.range(of: Data(rare.utf8)) == nil, "\(file)")
    }

    ledger = try await fixture.open()
    #expect(try ledger.storedAnswer(key("a"))?.headers == ["ETag": "\"1\""])
    #expect(throws: Problem.requestKeyReused) { try ledger.storedAnswer(key("a", "x")) }
    try ledger.forgetAnswers(of: ana)
    #expect(try ledger.storedAnswer(key("a")) == nil)
    #expect(try ledger.storedAnswer(key("c")) == nil)
    #expect(try ledger.storedAnswer(key("b"))?.status == 201)
    await ledger.close()
  }

  @Test func `a file of answers that is none is made anew`() async throws {
    try Data("this is no database".utf8).write(
      to: URL(filePath: fixture.directory + "/answers.db"))
    let ledger = try await fixture.open()
    let answer = StoredAnswer(request: key("a").request, status: 200, headers: [:], body: [1, 2])
    ledger.keep(answer, for: key("a"), customer: nil)
    #expect(try ledger.storedAnswer(key("a")) == answer)
    await ledger.close()
  }
}
