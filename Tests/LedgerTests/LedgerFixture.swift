import Domain
import EventLog
import Foundation
import Ledger
import Logging

/// A ledger in a directory of its own, gone with the fixture.
final class LedgerFixture: Sendable {
  static let founder = Caller.local(uid: 1000)

  let directory: String

  init(in folder: String = NSTemporaryDirectory()) throws {
    directory = folder + "/ledger-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
  }

  /// Takes over a directory that is there already.
  init(at path: String) throws {
    directory = path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: directory)
  }

  func open(
    limits: Limits = Limits(), log: LogOptions = LogOptions(), zone: String = "UTC",
    now: @escaping @Sendable () -> Timestamp = Timestamp.wallClock,
    onErasure: @escaping @Sendable (String) -> Void = { _ in }
  ) async throws -> Ledger {
    var options = LedgerOptions(
      directory: directory, uid: 1000, limits: limits, log: log, now: now,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    options.onErasure = onErasure
    options.zone = zone
    return try await Ledger.open(options)
  }
}

extension LedgerFixture {
  static func options(_ directory: String, _ continuing: Continuing = .asSigned) -> LedgerOptions {
    LedgerOptions(
      directory: directory, uid: 1000, log: LogOptions(continuing: continuing),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }
}

extension Ledger {
  /// Submits as the founder.
  @discardableResult
  func order(_ command: Command, reason: String? = nil, dryRun: Bool = false) async throws
    -> Receipt
  {
    try await submit(
      Order(command, by: LedgerFixture.founder, reason: reason, dryRun: dryRun))
  }

  func createTag(_ name: String) async throws -> TagID {
    try await order(.createTag(TagDraft(name: name, color: .palette(1)))).events[0].tag!
  }

  func register(_ name: String, phone: String? = nil) async throws -> CustomerID {
    var personal: PersonalFields = [.name: name]
    personal[.phone] = phone
    return try await order(.registerCustomer(draft(personal: personal, channel: nil)))
      .events[0].customer!
  }

  /// Waits for the end of a job.
  func finish(_ job: Job) async throws -> Job {
    while true {
      let job = try jobs.job(job.id)
      if job.state != .running { return job }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}

/// Runs what never pauses apart from the threads that tasks run on, of which there are few.
func onThread<Value: Sendable>(
  _ work: @Sendable @escaping () throws -> Value
) async throws -> Value {
  try await withCheckedThrowingContinuation { done in
    Thread.detachNewThread { done.resume(with: Result(catching: work)) }
  }
}
