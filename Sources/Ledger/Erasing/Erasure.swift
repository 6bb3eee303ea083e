import Domain
import EventLog
import Logging
import Projections

/// Destroys what is left of a person whose erasure is recorded; each step may be repeated.
///
/// The key goes after the files in plain text: whoever begins anew after a crash still finds out
/// from the sealed fields what to look for. It goes before the ciphertext, which is nothing without it.
struct Erasure: Sendable {
  enum Step: String, CaseIterable, Sendable {
    case list
    case files
    case views
    case keys
    case ciphertext
  }

  private let ledger: Ledger
  private let customers: [CustomerID]
  private let mentions: [Int64]
  /// Readers of the log may keep its WAL from being emptied: so often it is tried, a fifth of a
  /// second each.
  private static let attempts = 10

  init(_ ledger: Ledger, customers: [CustomerID], mentions: [Int64]) {
    self.ledger = ledger
    self.customers = customers
    self.mentions = mentions
  }

  /// - Parameter handle: the job that tells of it; nil at start.
  func perform(_ handle: Jobs.Handle?) async throws(Problem) {
    let trace = try ledger.log.trace(of: customers)
    var report: [String: JSON] = [
      "customers": .array(customers.map { .int(Int64($0.rawValue)) }),
      "mentions": .array(mentions.map { .int($0) }),
    ]
    var pending: [String] = []
    func reached(_ step: Step) {
      ledger.onErasure(step.rawValue)
      let snapshot = report
      handle?.update { job in
        job.done += 1
        job.result = snapshot
      }
    }
    try await ledger.noteErasures()
    reached(.list)

    let files = try files(trace)
    report["failure_rows"] = .int(Int64(files.rows))
    report["stopped_imports"] = .array(files.inputs.map(JSON.string))
    reached(.files)

    let views = try await views(trace)
    report["views_rewritten"] = .bool(views.isRewritten)
    if !views.isEmptied { pending.append("views.db-wal") }
    reached(.views)

    if try !ledger.log.destroyKeys(of: customers) { pending.append("keys.db-wal") }
    report["keys"] = .int(Int64(customers.count))
    reached(.keys)

    report["ciphertexts"] = .int(Int64(try ledger.log.destroyCiphertext(of: customers)))
    if try await !emptyWAL() { pending.append("log.db-wal") }
    // Seen to fail, with the boxes as they were and the keys as they are.
    let opened = try ledger.log.openable(trace)
    guard opened == 0 else {
      throw .storageFailed("\(opened) of \(trace.count) sealed fields still open after erasing")
    }
    report["tried"] = .int(Int64(trace.count))
    report["opened"] = .int(0)
    report["pending"] = .array(pending.map(JSON.string))
    reached(.ciphertext)
    ledger.logger.notice(
      "erased", metadata: ["customers": "\(customers.map(\.rawValue))", "fields": "\(trace.count)"])
  }

  private func files(_ trace: PersonalTrace) throws(Problem) -> Jobs.Scrubbed {
    let matcher = PersonMatcher(trace.values)
    ledger.past.forgetLookups()
    for customer in customers { try ledger.forgetAnswers(of: customer) }
    let problem = Problem.customerErased(customers[0])
    return try ledger.jobs.scrub(matcher) { language in
      (problem.code, ledger.explain(problem, language))
    }
  }

  private func views(_ trace: PersonalTrace) async throws(Problem) -> ViewsPurge.Outcome {
    let position = ledger.state.position
    guard await ledger.views.waitUntil(position, timeout: .seconds(60)) >= position else {
      throw ledger.views.failure ?? .storageFailed("views: they do not come along")
    }
    return try await ledger.views.purge(of: texts(trace))
  }

  /// Names as the directory has them, and the keys of phones and references as SQLite stores them.
  private func texts(_ trace: PersonalTrace) -> [[UInt8]] {
    trace.values.flatMap { field, text -> [[UInt8]] in
      switch field {
      case .name:
        return [Array(text.utf8), Array(NameKey.fold(text).utf8)]
      case .phone, .ref:
        let key = ledger.log.lookupKey(field, text).rawValue.bigEndian
        return [withUnsafeBytes(of: key) { Array($0) }]
      case .notes, .attributes, .needs:
        return []
      }
    }
  }

  private func emptyWAL() async throws(Problem) -> Bool {
    for attempt in 1...Self.attempts {
      if try ledger.log.emptyWAL() { return true }
      if attempt < Self.attempts { try? await Task.sleep(for: .milliseconds(50)) }
    }
    return false
  }
}
