import Domain
import EventLog
import Foundation
import Ledger
import Logging
import Testing

/// The daemon's own look through the log, with an interval of next to nothing.
@Suite struct ScrubTests {
  private func open(_ fixture: LedgerFixture) async throws -> Ledger {
    try await Ledger.open(
      LedgerOptions(
        directory: fixture.directory, uid: 1000, scrubInterval: .milliseconds(5),
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
  }

  private func pass(_ ledger: Ledger, _ number: Int64) async throws {
    while ledger.scrubbed.passes < number { try await Task.sleep(for: .milliseconds(5)) }
  }

  @Test func `it comes to the end again and again, and remembers how often`() async throws {
    let fixture = try LedgerFixture()
    let ledger = try await open(fixture)
    _ = try await ledger.register("Bea", phone: "+5541988887777")
    try await pass(ledger, 3)
    #expect(ledger.scrubbed.finished != nil)
    #expect(ledger.readOnlyReason == nil)
    await ledger.close()
    let passes = ledger.scrubbed.passes
    let again = try await open(fixture)
    #expect(again.scrubbed.passes >= passes)
    try await pass(again, passes + 2)
    await again.close()
  }

  @Test func `what it notes down may be anything, and it begins anew`() async throws {
    for text in ["", "tagledger scrub 1\n-5\n0\n0\n", "tagledger scrub 1\n99999999\n1\n0\n"] {
      let fixture = try LedgerFixture()
      let first = try await fixture.open()
      _ = try await first.register("Bea")
      await first.close()
      try text.write(toFile: fixture.directory + "/scrub", atomically: true, encoding: .utf8)
      let ledger = try await open(fixture)
      try await pass(ledger, ledger.scrubbed.passes + 2)
      #expect(ledger.readOnlyReason == nil)
      await ledger.close()
    }
  }

  @Test func `a checkpoint changed behind the daemon's back makes it read-only`() async throws {
    let fixture = try LedgerFixture()
    let ledger = try await open(fixture)
    _ = try await ledger.register("Bea")
    _ = try ledger.receipt(of: ledger.head.size, by: LedgerFixture.founder)
    let path = URL(filePath: fixture.directory + "/checkpoints")
    let file = try FileHandle(forUpdating: path)
    try file.seek(toOffset: try file.seekToEnd() - 30)
    try file.write(contentsOf: Data("AAAA".utf8))
    try file.close()
    while ledger.readOnlyReason == nil { try await Task.sleep(for: .milliseconds(5)) }
    #expect(ledger.readOnlyReason?.contains("checkpoint") == true)
    await #expect(throws: Problem.self) { try await ledger.register("Rui") }
    await ledger.close()
  }
}
