import Domain
import EventLog
import Foundation
import Spreadsheet

/// A file of orders on its way in.
///
/// Where rows are lines, the file is read twice: first to find the last row of each order, since the
/// rows of an order may stand apart; then each order goes in when its last row has been read. It begins
/// anew where it was interrupted: what is in already is unchanged.
struct OrderIntake {
  /// Facts per command: enough to share a flush, few enough that nobody else waits for long.
  private static let batch = 10_000

  private let ledger: Ledger
  private let request: ImportRequest
  private let handle: Jobs.Handle
  private let caller: Caller
  private let failures: FailuresFile
  /// Reads rows, or finds that they are none.
  let reader: OrderReader
  private let currency: String?
  private let rate: String?
  /// The line of the last row of each order; empty where each row is an order.
  private var lastLines: [FactKey: Int] = [:]
  private var open: [FactKey: [OrderSum]] = [:]
  private var drafts: [FactDraft] = []
  /// For each draft, the row that is named where it is refused.
  private var sources: [CSVRow] = []
  private var refused: [(row: CSVRow, problem: Problem)] = []
  private var rows = 0
  private var read: Int64 = 0
  /// In a dry run, the state as the rows so far would leave it.
  private var preview: State?
  private var underWay: UnderWay?

  /// What has been handed to the writer while the next rows are read.
  private struct UnderWay {
    let task: Task<Result<Receipt, Problem>, Never>
    let sources: [CSVRow]
    let refused: [(row: CSVRow, problem: Problem)]
    let rows: Int
    let read: Int64
  }

  /// - Parameter headings: the first row of the file.
  init(
    _ ledger: Ledger, request: ImportRequest, handle: Jobs.Handle, caller: Caller,
    headings: CSVRow
  ) throws(Problem) {
    self.ledger = ledger
    self.request = request
    self.handle = handle
    self.caller = caller
    preview = request.dryRun ? ledger.state : nil
    currency = request.options["currency"]
    rate = request.options["rate"]
    let log = ledger.log
    reader = OrderReader(
      mapping: try ColumnMapping(
        headings: headings.fields, kind: .orders, named: request.columns),
      region: request.region,
      currency: try currency.map { (code) throws(Problem) in try Currency(code) }
        ?? Currency(recorded: ledger.state.facts.currency),
      dates: try ledger.dates(of: request), options: request.options,
      own: OwnReference(origin: log.origin)
    ) { log.lookupKey($0, $1) }
    handle.update { job in job.result = [:] }
    failures = FailuresFile(at: handle.jobs.file(handle.id, "failures.csv"))
    try failures.begin(headings: headings.fields, settled: 0)
  }

  /// Notes where the rows of an order end.
  mutating func note(_ rows: [CSVRow]) {
    for row in rows where row.problem == nil {
      if let order = reader.order(row.fields) { lastLines[FactKey(order)] = row.line }
    }
  }

  mutating func take(_ piece: OrderRows.Piece) async throws(Problem) {
    for row in piece.rows {
      rows += 1
      take(row)
      if drafts.count + refused.count >= Self.batch { try await submit() }
    }
    read += Int64(piece.bytes)
  }

  mutating func finish() async throws(Problem) {
    try await pause()
    handle.update { $0.done = $0.total ?? $0.done }
    handle.save()
  }

  mutating func pause() async throws(Problem) {
    try await submit()
    try await settle()
  }

  private mutating func take(_ read: OrderRows.Row) {
    let (row, key) = (read.row, read.order)
    do throws(Problem) {
      let part = try read.part.get()
      if lastLines.isEmpty {
        try add(OrderSum(part, row: row), part.order)
      } else {
        Self.add(part, row, to: &open[key!, default: []])
      }
    } catch {
      refused.append((row, error))
    }
    guard let key, lastLines[key] == row.line, let sums = open.removeValue(forKey: key) else {
      return
    }
    for sum in sums {
      do throws(Problem) {
        try add(sum, reader.order(sum.row.fields)!)
      } catch {
        refused.append((sum.row, error))
      }
    }
  }

  /// Lines of one number for two customers are two orders.
  private static func add(_ part: OrderReader.Part, _ row: CSVRow, to sums: inout [OrderSum]) {
    if let index = sums.firstIndex(where: { $0.customer == part.customer }) {
      sums[index].add(part)
    } else {
      sums.append(OrderSum(part, row: row))
    }
  }

  private mutating func add(_ sum: OrderSum, _ order: String) throws(Problem) {
    try sum.tell(
      of: order, isReturn: reader.isReturn(order), in: reader.currency, currency: currency,
      rate: rate, to: &drafts)
    while sources.count < drafts.count { sources.append(sum.row) }
  }

  // MARK: Handing over

  /// Hands over what waits, when the one before has been recorded; what became of that one is written
  /// down while the writer works.
  private mutating func submit() async throws(Problem) {
    let before = try await recorded()
    handOver()
    if let before { try book(before.work, before.receipt) }
  }

  private mutating func handOver() {
    let command = Command.recordFacts(
      drafts, FactPolicy(createsCustomers: request.createsCustomers, file: request.file))
    let task: Task<Result<Receipt, Problem>, Never>
    if preview != nil {
      let result = rehearse(command)
      task = Task { result }
    } else {
      let (ledger, order) = (ledger, Order(command, by: caller, reason: request.reason))
      task = Task {
        do throws(Problem) {
          return .success(try await ledger.submitInPace(order))
        } catch {
          return .failure(error)
        }
      }
    }
    underWay = UnderWay(
      task: task, sources: sources, refused: refused, rows: rows, read: read)
    (drafts, sources, refused, rows) = ([], [], [], 0)
    drafts.reserveCapacity(Self.batch)
    sources.reserveCapacity(Self.batch)
  }

  private mutating func rehearse(_ command: Command) -> Result<Receipt, Problem> {
    let at = ledger.now()
    do throws(Problem) {
      let decision = try preview!.decide(
        command, reason: request.reason, limits: ledger.limits, at: at, spread: onAllCores)
      preview!.evolve(decision.events, from: at, spread: onAllCores)
      return .success(
        Receipt(CommandID(high: 0, low: 0), seqs: nil, decision, preview: nil))
    } catch {
      return .failure(error)
    }
  }

  private mutating func settle() async throws(Problem) {
    if let done = try await recorded() { try book(done.work, done.receipt) }
  }

  /// Waits for what is under way.
  private mutating func recorded() async throws(Problem) -> (work: UnderWay, receipt: Receipt)? {
    guard let work = underWay else { return nil }
    underWay = nil
    return (work, try await work.task.value.get())
  }

  /// Lets the job and its files say what became of it.
  private mutating func book(_ done: UnderWay, _ receipt: Receipt) throws(Problem) {
    let refusals =
      done.refused + receipt.refusals.map { (done.sources[$0.row], $0.problem) }
    try failures.add(
      refusals.sorted { $0.0.line < $1.0.line }.map { row, problem in
        (row, problem.code, ledger.explain(problem, request.language))
      })
    var counts: [EventType: Int] = [:]
    for event in receipt.events { counts[event.type, default: 0] += 1 }
    handle.update { job in
      job.done = done.read
      job.count("rows", done.rows)
      job.count("unchanged", receipt.unchanged)
      if receipt.superseded > 0 { job.count("superseded", receipt.superseded) }
      if !refusals.isEmpty { job.count("refused", refusals.count) }
      for (figure, type) in Self.figures {
        if let count = counts[type] { job.count(figure, count) }
      }
    }
    handle.save()
  }

  private static let figures: [(String, EventType)] = [
    ("orders", .orderPlaced), ("returns", .orderReturned), ("paid", .orderPaid),
    ("shipped", .orderShipped), ("completed", .orderCompleted), ("cancelled", .orderCancelled),
    ("customers_registered", .customerRegistered),
  ]
}

extension Ledger {
  /// The work of an import of orders.
  func takeOrders(_ handle: Jobs.Handle) async throws(Problem) {
    guard let job = handle.job, let request = ImportRequest(json: job.parameters) else {
      throw .jobNotResumable(handle.id)
    }
    let url = jobs.file(handle.id, "input")
    var feed = try RowFeed(url, request, by: OrderRows.bytes)
    var intake = try OrderIntake(
      self, request: request, handle: handle, caller: job.caller, headings: feed.headings)
    if intake.reader.isByLine {
      var pieces = Ahead { [feed] () throws(Problem) in try feed.next() }
      while !handle.isStopped, let piece = try await pieces.next() { intake.note(piece.rows) }
      feed = try RowFeed(url, request, by: OrderRows.bytes)
    }
    let rows = OrderRows(feed, intake.reader, cores: cores)
    var pieces = Ahead { () throws(Problem) in try rows.next() }
    while !handle.isStopped, let piece = try await pieces.next() { try await intake.take(piece) }
    if handle.isStopped { return try await intake.pause() }
    try await intake.finish()
  }
}
