package import Domain
import EventLog

extension Ledger {
  /// What undoing a command needs to know: the order of it sets back, by events of its own, whatever
  /// nobody has touched since.
  ///
  /// What was before and after the command is read from the log, apart from the writer; what has
  /// happened between that and the decision is read by the writer itself.
  ///
  /// - Throws: `commandNotFound`; `undoImpossible` where the command destroyed what it did away with;
  ///   `bulkTooLarge`.
  package func undo(of command: CommandID) async throws(Problem) -> Undo {
    guard let seqs = try seqs(of: command) else { throw .commandNotFound(command.description) }
    return try await undo(of: command, [seqs])
  }

  /// What undoing all commands of a job at once needs to know; nil where no job has that id.
  ///
  /// Whoever reads the change log may ask: what a job has recorded stands there for them, and a manager
  /// undoes what an agent has imported. Of one that they may not see, and that cannot be undone or not
  /// yet, they learn nothing.
  ///
  /// - Throws: `jobInTheWay` while it is under way; `commandNotFound` where it has recorded nothing;
  ///   `undoImpossible` of facts; `bulkTooLarge`.
  package func undo(ofJob id: String, by caller: Caller) async throws(Problem) -> Undo? {
    guard let job = try? jobs.job(id) else { return nil }
    guard job.state != .running, job.kind != .importOrders else {
      guard try jobs(by: caller).contains(where: { $0.id == id }) else { return nil }
      throw job.state == .running
        ? .jobInTheWay(id, kind: job.kind.rawValue) : .undoImpossible(.orderPlaced)
    }
    guard let first = job.recorded.first?.lowerBound else { throw .commandNotFound(id) }
    return try await undo(of: try command(of: first), job.recorded)
  }

  /// Whether a job has changed something that an undo can set back, and no more than one undo takes.
  package func canUndo(_ job: Job) -> Bool {
    switch job.kind {
    case .apply, .remove, .importCustomers, .importMemberships, .importHistory: break
    case .importOrders, .rebuild, .verify, .erase, .backup: return false
    }
    guard job.state != .running, !job.isDryRun else { return false }
    let figures = [
      "applied", "removed", "displaced", "detailed", "tags_created", "customers_revised",
    ]
    let changes = figures.reduce(0) { $0 + (job.result[$1]?.int ?? 0) }
    return changes > 0 && changes <= limits.undo
  }

  private func undo(
    of command: CommandID, _ parts: [ClosedRange<Int64>]
  ) async throws(Problem) -> Undo {
    try refuseReadOnly()
    let before = try await state(asOf: .seq(parts[0].lowerBound - 1))
    return try await past.apart { () throws(Problem) in
      try self.prepare(command, parts, before: before)
    }
  }

  /// The command that an event belongs to.
  package func command(of seq: Int64) throws(Problem) -> CommandID {
    guard seq >= 1, seq <= log.size else { throw .seqNotFound(seq) }
    return try log.events(seqs: CollectionOfOne(seq))[0].command
  }

  private func prepare(
    _ command: CommandID, _ parts: [ClosedRange<Int64>], before: State
  ) throws(Problem) -> Undo {
    var after = before
    try Replay(log: log, cores: cores).fold(&after, through: parts.last!.upperBound)
    var undo = Undo(command: command, parts: parts, before: before, after: after)
    var sealed: [CustomerID: Set<PersonalField>] = [:]
    for part in parts { try gather(part, into: &undo, &sealed) }
    // Here nobody waits for it to be found out.
    let changed = undo.changedMemberships
    guard changed <= limits.undo else {
      throw .bulkTooLarge(count: changed, limit: limits.undo)
    }
    try open(sealed, in: &undo)
    for gap in undo.gaps { try undo.note(gap, of: log) }
    try undo.complete(from: log, through: log.size, [])
    return undo
  }

  /// Takes in what the command's own events concern.
  private func gather(
    _ part: ClosedRange<Int64>, into undo: inout Undo,
    _ sealed: inout [CustomerID: Set<PersonalField>]
  ) throws(Problem) {
    try log.scan(from: part.lowerBound, through: part.upperBound, verifying: true) {
      (row) throws(Problem) in
      let data = row.hasData ? try row.json() : nil
      let customer = row.customer == 0 ? nil : CustomerID(row.customer)
      guard row.type.canBeUndone else { throw .undoImpossible(row.type) }
      undo.add(
        row.type, tag: row.tag == 0 ? nil : TagID(row.tag), customer: customer,
        hasOccurred: row.occurred != nil, data: data)
      guard row.type == .customerRevised, let customer,
        let fields = data?["sealed"]?.object?.keys
      else { return }
      sealed[customer, default: []].formUnion(fields.compactMap(PersonalField.init))
    }
  }

  /// What personal fields were before the command; of who has been erased nothing is left to set back.
  private func open(
    _ sealed: [CustomerID: Set<PersonalField>], in undo: inout Undo
  ) throws(Problem) {
    let customers = sealed.keys.filter { $0.rawValue <= undo.before.lastCustomer }.sorted()
    let known = try log.personal(of: customers, through: undo.first - 1)
    for (customer, known) in zip(customers, known) {
      var draft = CustomerDraft(personal: [:], lookups: Lookups())
      for field in sealed[customer]! {
        let value = known[field] ?? ""
        draft.personal[field] = value
        guard !value.isEmpty else { continue }
        if field == .phone { draft.lookups.phone = log.lookupKey(.phone, value) }
        if field == .ref { draft.lookups.ref = log.lookupKey(.ref, value) }
      }
      undo.personal[customer] = draft
    }
  }
}

extension Undo {
  /// Reads on in the log what has been touched, and then in what is decided but not recorded yet.
  mutating func complete(
    from log: Log, through end: Int64, _ drafts: [Draft]
  ) throws(Problem) {
    if touched.through < end { try note(touched.through + 1...end, of: log) }
    var seq = end
    for draft in drafts {
      for event in draft.events {
        seq += 1
        touched.note(
          Touched.Touch(seq: seq, actor: draft.actor.name), event.type, tag: event.tag,
          customer: event.customer, data: event.data, personal: event.personal)
      }
    }
  }

  /// Reads what a range of the log has touched.
  fileprivate mutating func note(_ range: ClosedRange<Int64>, of log: Log) throws(Problem) {
    var touched = touched
    try log.scan(from: range.lowerBound, through: range.upperBound, verifying: false) {
      (row) throws(Problem) in
      guard concerns(row) else { return }
      touched.note(
        Touched.Touch(seq: row.seq, actor: row.actorName ?? ""), row.type,
        tag: row.tag == 0 ? nil : TagID(row.tag),
        customer: row.customer == 0 ? nil : CustomerID(row.customer),
        // What a membership's event touches is said by its columns.
        data: row.hasData && !row.type.isOfMembership ? try row.json() : nil)
    }
    touched.pass(range.upperBound)
    self.touched = touched
  }

  /// Whether a row is about anything that the command was about.
  private func concerns(_ row: borrowing Row) -> Bool {
    !row.type.isOfMembership || tags.contains(TagID(row.tag))
  }
}

extension EventType {
  /// Whether what was before it can be had back.
  fileprivate var canBeUndone: Bool {
    switch self {
    case .tagCreated, .tagRenamed, .tagRecolored, .tagRevised, .tagMerged, .tagUnmerged,
      .tagArchived, .tagRestored, .tagDeleted, .tagApplied, .tagRemoved, .tagDetailed,
      .historyReopened,
      .customerRegistered, .customerRevised, .customerMerged, .customerUnmerged:
      true
    case .operatorRegistered, .operatorRevised, .operatorArchived, .operatorRestored,
      .identityAdded, .identityRemoved, .tokenIssued, .tokenRevoked, .roleDefined, .roleRevised,
      .roleRemoved, .roleGranted, .grantRevoked:
      true
    case .ruleCreated, .ruleRevised, .ruleEnabled, .ruleDisabled, .ruleRemoved, .ruleResumed:
      true
    case .segmentCreated, .segmentRevised, .segmentRemoved, .segmentRestored, .workTaken,
      .workDone, .workSkipped, .workReopened, .rfmConfigured:
      true
    case .workDue, .customerErased, .ledgerContinued, .webhookCreated, .webhookRevised,
      .webhookRemoved,
      .orderPlaced, .orderPaid, .orderShipped, .orderCompleted, .orderCancelled,
      .orderReturned, .messageReceived, .messageSent, .broadcastReceived, .broadcastAnswered,
      .enquiryMade, .complaintOpened, .complaintResolved, .urgencyRaised, .urgencySettled,
      .spendRecorded, .accountRevised, .mappingSaved, .mappingRemoved, .tagUsed,
      .teamFounded, .tokenUsed, .commandRefused, .noticeAcknowledged:
      false
    }
  }
}
