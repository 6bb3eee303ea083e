package import Domain
import EventLog
import Foundation
import Logging
import Projections

/// What is told of an erasure when it is asked for.
package struct ErasureReceipt: Sendable {
  /// The customer, and after them those who were merged into them.
  package let customers: [CustomerID]
  /// How often each of their fields has been given a value.
  package let fields: FieldCounts
  /// Events about them, which stay.
  package fileprivate(set) var events = 0
  /// Events whose reason or details speak of the person in words; they stay, word for word.
  package fileprivate(set) var mentions: [Int64] = []
  /// The numbers of the events that record it; nil in a dry run, and where they were erased before.
  package let seqs: ClosedRange<Int64>?
  package let command: CommandID
  /// The job that destroys; nil where nothing has been recorded.
  package let job: Job?

  fileprivate init(_ receipt: Receipt, fields: FieldCounts, job: Job?) {
    customers = receipt.events.compactMap(\.customer)
    self.fields = fields
    seqs = receipt.seqs
    command = receipt.command
    self.job = job
  }
}

extension Ledger {
  /// Erases a person beyond recovery: records it, and then destroys, as a job whose result is the
  /// report.
  ///
  /// Who is erased already makes no event and no job. In a dry run it is only told what would go.
  ///
  /// - Throws: `reasonMissing`; `jobInTheWay` while a job is under way that writes personal fields to
  ///   a file of its own.
  package func erase(
    _ id: CustomerID, by caller: Caller, reason: String?, dryRun: Bool, key: RequestKey? = nil
  ) async throws(Problem) -> ErasureReceipt {
    let order = Order(
      .eraseCustomer(id, fields: [:]), by: caller, reason: reason, dryRun: dryRun, key: key)
    let before = state
    if dryRun || (try? before.current(id)).map(before.isErased) ?? true {
      let receipt = try await submit(order)
      return try await told(receipt, job: nil)
    }
    let job = Job(
      id: newJobID(), kind: .erase, caller: caller, actor: try admit(caller, .membership).actor,
      started: now(), unit: "steps",
      total: Int64(Erasure.Step.allCases.count), parameters: .object([:]))
    try jobs.enter(job)
    do throws(Problem) {
      let receipt = try await submit(order)
      guard receipt.seqs != nil else {
        jobs.leave(job)
        return try await told(receipt, job: nil)
      }
      // It is recorded, and is carried out whatever can be told of it.
      let told =
        (try? await told(receipt, job: job)) ?? ErasureReceipt(receipt, fields: [:], job: job)
      let erasure = Erasure(self, customers: told.customers, mentions: told.mentions)
      jobs.begin(job) { handle throws(Problem) in try await erasure.perform(handle) }
      return told
    } catch {
      jobs.leave(job)
      throw error
    }
  }

  private func told(_ receipt: Receipt, job: Job?) async throws(Problem) -> ErasureReceipt {
    var fields: FieldCounts = [:]
    for event in receipt.events {
      guard case .object(let counts)? = event.data?["fields"] else { continue }
      for (name, count) in counts {
        guard let field = PersonalField(rawValue: name), let count = count.int else { continue }
        fields[field, default: 0] += Int(count)
      }
    }
    var told = ErasureReceipt(receipt, fields: fields, job: job)
    (told.events, told.mentions) = try await mentions(of: told.customers)
    return told
  }

  /// How many events are about these customers, and which of them speak of the person in words.
  private func mentions(of customers: [CustomerID]) async throws(Problem) -> (Int, [Int64]) {
    guard !customers.isEmpty else { return (0, []) }
    let matcher = PersonMatcher(try log.trace(of: customers).values)
    await waitForViews()
    var mentions: Set<Int64> = []
    var seqs: Set<Int64> = []
    for customer in customers {
      let page = try await views.reader.changes(
        ChangeQuery(customer: customer, order: .oldest, limit: .max))
      seqs.formUnion(page.seqs)
    }
    for event in try log.events(seqs: seqs.sorted()) {
      let texts = [event.reason].compactMap(\.self) + Self.texts(try event.parsedData())
      if texts.contains(where: matcher.speaks) { mentions.insert(event.seq) }
    }
    return (seqs.count, mentions.sorted())
  }

  /// Everything that somebody may have written, in the data of an event.
  private static func texts(_ json: JSON) -> [String] {
    switch json {
    case .string(let text): [text]
    case .array(let items): items.flatMap(texts)
    case .object(let members): members.filter { $0.key != "sealed" }.values.flatMap(texts)
    case .null, .bool, .int: []
    }
  }
}

extension Ledger {
  /// Completes the erasures that the log tells of and that were cut short, and records those of the
  /// list beside the log that this log, which is then an older one, does not know.
  ///
  /// Before anybody is served.
  func finishErasures() async throws(Problem) {
    guard readOnlyReason == nil else { return }
    try await recordEarlierErasures()
    var unfinished: [CustomerID] = []
    for customer in state.erased where try log.isSealed(customer) { unfinished.append(customer) }
    log.hide(unfinished)
    if !unfinished.isEmpty {
      let erasure = Erasure(self, customers: unfinished, mentions: [])
      do throws(Problem) {
        try await erasure.perform(nil)
        logger.notice("finished erasing", metadata: ["customers": "\(unfinished.count)"])
      } catch {
        // Without room nothing can be overwritten; nobody is told anything of them meanwhile.
        logger.critical(
          "an erasure is not completed; the next start tries again",
          metadata: ["reason": "\(error)"])
      }
    } else if !state.erased.isEmpty {
      // What was deleted may have been cut off from its last step, the emptying.
      _ = try log.emptyWAL()
      try await noteErasures()
    }
  }

  /// The list of who has been erased, beside the log.
  var erasures: ErasuresFile {
    ErasuresFile(path: directory + "/" + ErasuresFile.name, origin: log.firstOrigin)
  }

  /// Brings the list beside the log up to date.
  func noteErasures() async throws(Problem) {
    await waitForViews()
    let page = try await views.reader.changes(
      ChangeQuery(types: [.customerErased], order: .oldest, limit: .max))
    try erasures.add(
      log.events(seqs: page.seqs).compactMap { event in
        event.customer.map { .init(customer: $0, seq: event.seq, at: event.at) }
      })
  }

  /// Records anew what a log brought back from a backup does not know.
  private func recordEarlierErasures() async throws(Problem) {
    let known = state
    let entries = try erasures.entries().filter { entry in
      entry.customer.rawValue <= known.lastCustomer && !known.isErased(entry.customer)
    }
    guard !entries.isEmpty else { return }
    await waitForViews()
    let registered = try views.reader.customers(entries.map(\.customer))
    let events = try log.events(seqs: registered.map(\.registered))
    let times = Dictionary(
      zip(registered.map(\.id), events.map(\.at)), uniquingKeysWith: { first, _ in first })
    for entry in entries {
      // The number may have been given again, to somebody else, after the backup was brought back.
      guard let time = times[entry.customer], time < entry.at,
        !state.isErased(entry.customer)
      else { continue }
      _ = try await submit(
        Order(
          .eraseCustomer(entry.customer, fields: [:]), by: .system,
          reason: "erased at \(entry.at.text), event \(entry.seq) of the log before it was restored"
        ))
    }
  }
}
