import Domain
import Foundation
import GRDB
import Synchronization
import Testing

@testable import Projections

struct ViewsWriterTests {
  private let scratch: Scratch
  private let history = History(seed: 42, commands: 300)
  private var path: String { scratch.path("views.db") }

  init() throws {
    scratch = try Scratch()
  }

  private func open(
    origin: String = "tagledger/test", logSize: Int64? = nil, queueLimit: Int = 1_000_000,
    catchUp: ViewsWriter.CatchUp? = nil
  ) throws -> ViewsWriter {
    let history = self.history
    let fromHistory: ViewsWriter.CatchUp = { (state, limit) throws(Problem) in
      try history.catchUp(after: state, limit: limit)
    }
    return try ViewsWriter(
      opening: path, origin: origin, logSize: logSize ?? history.position, queueLimit: queueLimit,
      catchUp: catchUp ?? fromHistory)
  }

  /// Whether the file holds what building from the whole log gives.
  private func expectComplete(_ views: ViewsWriter) async throws {
    #expect(await views.waitUntil(history.position, timeout: .seconds(30)) == history.position)
    let built = try ViewsBuilder.build(
      try history.slices(seed: 1, upTo: 100), at: scratch.path("expected.db"))
    #expect(try ViewsSnapshot(of: path).firstDifference(from: built) == nil)
  }

  @Test func `views that are behind at the start catch up from the log`() async throws {
    let views = try open()
    views.start(from: State(), logSize: history.position)
    try await expectComplete(views)
    await views.close()
  }

  @Test(.timeLimit(.minutes(1)))
  func `short reads go on while as many long ones as there can be are under way`() async throws {
    let views = try open()
    views.start(from: State(), logSize: history.position)
    await views.waitUntil(history.position, timeout: .seconds(30))
    let (reader, end, held) = (views.reader, history.position, DispatchSemaphore(value: 0))
    // Long reads begin, and end only when short ones have been waiting for a while.
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.3)
      for _ in 0..<16 { held.signal() }
    }
    try await withThrowingTaskGroup(of: Int64.self) { tasks in
      for _ in 0..<16 {
        tasks.addTask {
          try await reader.read { (db) throws(Problem) in
            held.wait()
            return try ViewsReader.position(db)
          }
        }
      }
      try await Task.sleep(for: .milliseconds(100))
      for _ in 0..<64 { tasks.addTask { try reader.position() } }
      for try await position in tasks { #expect(position == end) }
    }
    await views.close()
  }

  @Test func `views go on where they were when the daemon stopped`() async throws {
    let batches = history.batches(seed: 3, meanCommands: 10)
    let half = batches.count / 2
    let views = try open()
    views.start(from: State(), logSize: 0)
    for batch in batches[..<half] { views.submit(batch) }
    let reached = batches[half].before.state.position
    await views.waitUntil(reached, timeout: .seconds(30))
    await views.close()

    let again = try open()
    #expect(again.position == reached)
    again.start(from: batches[half].before.state, logSize: reached)
    for batch in batches[half...] { again.submit(batch) }
    try await expectComplete(again)
    await again.close()
  }

  @Test func `what is too much to wait is let go and read from the log`() async throws {
    // The log gives nothing until all batches have been handed over, so they must pile up.
    let isOpen = Mutex(false)
    let caughtUp = Mutex(0)
    let history = self.history
    let views = try open(queueLimit: 50) { (state, limit) throws(Problem) in
      guard isOpen.withLock({ $0 }) else { throw .storageFull }
      caughtUp.withLock { $0 += 1 }
      return try history.catchUp(after: state, limit: 40)
    }
    let batches = history.batches(seed: 5, meanCommands: 10)
    views.start(from: State(), logSize: 0)
    for batch in batches { views.submit(batch) }
    isOpen.withLock { $0 = true }
    try await expectComplete(views)
    #expect(caughtUp.withLock { $0 } > 0)
    await views.close()
  }

  @Test func `a failure is told, and overcome without help`() async throws {
    let isFull = Mutex(true)
    let history = self.history
    let views = try open { (state, limit) throws(Problem) in
      if isFull.withLock({ $0 }) { throw .storageFull }
      return try history.catchUp(after: state, limit: limit)
    }
    views.start(from: State(), logSize: history.position)
    while views.failure == nil { try await Task.sleep(for: .milliseconds(1)) }
    #expect(views.failure == .storageFull)
    isFull.withLock { $0 = false }
    try await expectComplete(views)
    #expect(views.failure == nil)
    await views.close()
  }

  @Test func `waiting for what does not come ends in time and says how far the views are`()
    async throws
  {
    let views = try open()
    views.start(from: State(), logSize: 0)
    #expect(await views.waitUntil(5, timeout: .milliseconds(50)) == 0)
    let waiting = Task { await views.waitUntil(5, timeout: .seconds(600)) }
    try await Task.sleep(for: .milliseconds(20))
    await views.close()
    #expect(await waiting.value == 0)
    #expect(await views.waitUntil(5, timeout: .seconds(600)) == 0)
  }

  @Test func `views of another ledger, ahead of the log or damaged are dropped`() async throws {
    let views = try open()
    views.start(from: State(), logSize: history.position)
    await views.waitUntil(history.position, timeout: .seconds(30))
    await views.close()

    let same = try open()
    #expect(same.position == history.position)
    await same.close()
    let foreign = try open(origin: "tagledger/other")
    #expect(foreign.position == 0)
    foreign.start(from: State(), logSize: history.position)
    await foreign.waitUntil(history.position, timeout: .seconds(30))
    await foreign.close()
    let shorter = try open(origin: "tagledger/other", logSize: history.position - 1)
    #expect(shorter.position == 0)
    await shorter.close()
    try Data("not a database, and long enough to be looked at".utf8)
      .write(to: URL(filePath: path))
    let damaged = try open()
    #expect(damaged.position == 0)
    await damaged.close()
  }

  @Test func `new views are swapped in while reads go on, and nobody sees them go back`()
    async throws
  {
    let batches = history.batches(seed: 7, meanCommands: 10)
    let third = batches[batches.count / 3].before.state
    let half = batches.count / 2
    let views = try open()
    views.start(from: State(), logSize: 0)
    for batch in batches[..<half] { views.submit(batch) }
    let reached = batches[half].before.state.position
    await views.waitUntil(reached, timeout: .seconds(30))

    let builder = try ViewsBuilder(at: scratch.path("views.db.new"), origin: "tagledger/test")
    for batch in batches where batch.before.state.position < third.position {
      try builder.add(try ViewsSlice(batch))
    }
    let built = try builder.finish()
    #expect(built.position == third.position)
    let isDone = Mutex(false)
    let reader = Task {
      var last: Int64 = 0
      while !isDone.withLock({ $0 }) {
        let position = try views.reader.position()
        #expect(position >= last)
        last = position
      }
    }
    let swapping = Task { try await views.replace(with: built, state: third) }
    for batch in batches[half...] { views.submit(batch) }
    try await swapping.value
    #expect(views.position >= reached)
    try await expectComplete(views)
    isDone.withLock { $0 = true }
    try await reader.value
    #expect(!FileManager.default.fileExists(atPath: built.path))
    await views.close()
  }

  @Test func `a builder that is given up leaves no file`() throws {
    let path = scratch.path("given-up.db")
    let builder = try ViewsBuilder(at: path, origin: "tagledger/test")
    for slice in try history.slices(seed: 2, upTo: 20).prefix(10) { try builder.add(slice) }
    builder.cancel()
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a slice out of order stops the builder and says so`() throws {
    let builder = try ViewsBuilder(at: scratch.path("gap.db"), origin: "tagledger/test")
    let slices = try history.slices(seed: 2, upTo: 20)
    try builder.add(slices[1])
    #expect(throws: Problem.self) {
      // Handing over may fail already, depending on how far the builder is.
      for slice in slices.dropFirst(2) { try builder.add(slice) }
      _ = try builder.finish()
    }
  }
}
