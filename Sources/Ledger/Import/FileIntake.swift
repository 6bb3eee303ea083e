import Domain
import EventLog
import Spreadsheet

/// One file on its way in: gathers rows, submits them, and notes what became of each.
struct FileIntake {
  /// Rows per command: enough to share a flush, few enough that nobody else waits for long.
  private static let batch = 1000

  private let ledger: Ledger
  private let request: ImportRequest
  private let handle: Jobs.Handle
  private let caller: Caller
  private var rows: RowReader
  private var waiting: [(row: ImportRow, source: CSVRow)] = []
  private let failures: FailuresFile
  /// Rows that were refused as they were read, until those before them are settled too.
  private var refused: [(row: CSVRow, problem: Problem)] = []
  /// Rows that were read, whatever became of them.
  private var count = 0
  /// Rows that say again, word for word, what an earlier one has said.
  private var repeated = 0
  /// In a dry run, the state as the rows so far would leave it.
  private var preview: State?
  /// Of histories, what the log tells of the same customers and tags already.
  private var settlements: Settlements
  private var claims = SetClaims()
  /// Lines that an earlier run of the job has settled.
  private let settled: Int64
  private var line: Int64 = 0
  /// The line that was settled last: what waits begins behind it.
  private var place: Int64
  /// Bytes of the file that have been read.
  private var read: Int64 = 0

  /// - Parameter headings: the first row of the file.
  init(
    _ ledger: Ledger, request: ImportRequest, handle: Jobs.Handle, caller: Caller,
    headings: CSVRow
  ) throws(Problem) {
    self.ledger = ledger
    self.request = request
    self.handle = handle
    self.caller = caller
    settlements = Settlements(ledger)
    preview = request.dryRun ? ledger.state : nil
    settled = handle.job?.result["line"]?.int ?? 0
    place = settled
    let log = ledger.log
    rows = RowReader(
      kind: request.kind,
      mapping: try ColumnMapping(
        headings: headings.fields, kind: request.kind, named: request.columns),
      region: request.region, dates: try ledger.dates(of: request),
      own: OwnReference(origin: log.origin)
    ) { log.lookupKey($0, $1) }
    failures = FailuresFile(at: handle.jobs.file(handle.id, "failures.csv"))
    try failures.begin(headings: headings.fields, settled: settled)
  }

  mutating func take(_ piece: RowFeed.Piece) async throws(Problem) {
    for row in piece.rows { try await take(row) }
    read += Int64(piece.bytes)
  }

  mutating func finish() async throws(Problem) {
    try await pause()
    handle.update { $0.done = $0.total ?? $0.done }
  }

  /// Submits what waits, so that the job can go on from here.
  mutating func pause() async throws(Problem) {
    try await submit()
  }

  private mutating func take(_ row: CSVRow) async throws(Problem) {
    line = max(Int64(row.line), settled)
    // Rows of an earlier run are read again, for what they say of the later ones.
    let isNew = row.line > settled
    if isNew { count += 1 }
    do throws(Problem) {
      if let problem = row.problem { throw .spreadsheetUnreadable(SpreadsheetFault(problem)) }
      let read = try rows.read(row.fields, line: row.line)
      for part in read { try claims.claim(part, line: row.line, in: ledger.state) }
      guard isNew else { return }
      if read.isEmpty { repeated += 1 }
      for part in read { waiting.append((part, row)) }
    } catch {
      if isNew { refused.append((row, error)) }
    }
    if waiting.count + refused.count >= Self.batch { try await submit() }
  }

  /// Submits what waits, and settles every line so far: the job and its files say what became of it.
  private mutating func submit() async throws(Problem) {
    let taken = waiting
    var decision = Decision()
    if !taken.isEmpty { decision = try await decide(taken.map(\.row)) }
    let refusals =
      refused + decision.refusals.map { (taken[$0.row].source, $0.problem) }
    try failures.add(
      refusals.sorted { $0.0.line < $1.0.line }.map { row, problem in
        (row, problem.code, ledger.explain(problem, request.language))
      })
    let (line, read, repeated, count) = (line, read, repeated, count)
    handle.update { job in
      job.done = read
      job.count("rows", count)
      job.count("unchanged", decision.unchanged + repeated)
      if !refusals.isEmpty { job.count("refused", refusals.count) }
      for (figure, type) in Self.figures {
        let count = decision.events.count { $0.type == type }
        if count > 0 { job.count(figure, count) }
      }
      job.result["line"] = .int(line)
    }
    handle.save()
    (waiting, refused, self.repeated, self.count, place) = ([], [], 0, 0, line)
  }

  private mutating func decide(_ rows: [ImportRow]) async throws(Problem) -> Decision {
    var command = try withKnown(rows)
    if request.kind == .history { try await settlements.add(to: &command) }
    let policy = ImportPolicy(
      file: request.file, createsTags: request.createsTags,
      createsCustomers: request.createsCustomers,
      colors: (0..<8).map { _ in TagColor.palette(Int.random(in: 0..<TagColor.hexes.count)) })
    return try await decide(.takeRows(command, policy))
  }

  /// Submits a command; in a dry run, decides it on a state of its own.
  private mutating func decide(_ command: Command) async throws(Problem) -> Decision {
    guard var state = preview else {
      let receipt = try await ledger.submitPart(
        Order(command, by: caller, reason: request.reason), at: place, of: handle,
        isSameEveryTime: false)
      return Decision(
        events: receipt.events, unchanged: receipt.unchanged, refusals: receipt.refusals)
    }
    let at = ledger.now()
    let decision = try state.decide(
      command, reason: request.reason, limits: ledger.limits, at: at)
    state.evolve(decision.events, from: at)
    preview = state
    return decision
  }

  private static let figures: [(String, EventType)] = [
    ("applied", .tagApplied), ("removed", .tagRemoved), ("detailed", .tagDetailed),
    ("tags_created", .tagCreated), ("customers_registered", .customerRegistered),
    ("customers_revised", .customerRevised),
  ]

  /// Tells what the rows of known customers only repeat, so that it makes no event.
  private func withKnown(_ rows: [ImportRow]) throws(Problem) -> [ImportRow] {
    let state = ledger.state
    var found: [Int: CustomerID] = [:]
    for (index, row) in rows.enumerated() {
      guard case .customer(let draft, let id, _) = row else { continue }
      found[index] = state.customer(of: id.map { .id($0) } ?? .lookup(draft))
    }
    // As they were at the revisions that the state tells; later ones make them count for nothing.
    let ids = Array(Set(found.values))
    let people = try Person.open(ids, ledger.log, through: state.position)
    let known = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0.fields) })
    var rows = rows
    for (index, customer) in found {
      guard case .customer(let draft, let id, _) = rows[index] else { continue }
      let same = draft.personal.filter { $0.value == known[customer]?[$0.key] ?? "" }
      rows[index] = .customer(
        draft, id: id,
        known: KnownFields(
          customer: customer, revision: state.revision(of: customer), fields: Set(same.keys)))
    }
    return rows
  }
}
