import Dispatch
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
  private var reader: OrderReader?
  /// One for each core: each remembers whom it has looked up.
  private var readers: [OrderReader] = []
  private var currency: String?
  /// The line of the last row of each order; empty where each row is an order.
  private var lastLines: [FactKey: Int] = [:]
  private var open: [FactKey: [OrderSum]] = [:]
  private var waiting: [(draft: FactDraft, row: CSVRow)] = []
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

  init(_ ledger: Ledger, request: ImportRequest, handle: Jobs.Handle, caller: Caller) {
    self.ledger = ledger
    self.request = request
    self.handle = handle
    self.caller = caller
    preview = request.dryRun ? ledger.state : nil
    failures = FailuresFile(at: handle.jobs.file(handle.id, "failures.csv"))
    handle.update { job in job.result = [:] }
  }

  /// Takes the headings; true where the file has to be read through first.
  mutating func begin(_ row: CSVRow) throws(Problem) -> Bool {
    let mapping = try ColumnMapping(
      headings: row.fields, kind: .orders, named: request.columns)
    currency = request.options["currency"]
    let log = ledger.log
    let state = ledger.state
    reader = OrderReader(
      mapping: mapping, region: request.region,
      currency: try Currency(currency ?? state.facts.currency), options: request.options,
      own: OwnReference(origin: log.origin)
    ) { log.lookupKey($0, $1) }
    readers = Array(repeating: reader!, count: ledger.cores)
    try failures.begin(headings: row.fields, settled: 0)
    return reader!.isByLine
  }

  /// Notes where the rows of an order end.
  mutating func note(_ rows: [CSVRow]) {
    for row in rows where row.problem == nil {
      if let order = reader!.order(row.fields) { lastLines[FactKey(order)] = row.line }
    }
  }

  mutating func take(_ batch: [CSVRow], read bytes: Int) async throws(Problem) {
    for (row, part) in zip(batch, read(batch)) where !row.isBlank {
      rows += 1
      take(row, part!)
      if waiting.count + refused.count >= Self.batch { try await submit() }
    }
    read += Int64(bytes)
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

  /// Reads rows on all cores, which takes as long as everything else that is done with them.
  private mutating func read(_ batch: [CSVRow]) -> [ReadRow?] {
    var parts = [ReadRow?](repeating: nil, count: batch.count)
    let width = (batch.count + readers.count - 1) / readers.count
    parts.withUnsafeMutableBufferPointer { parts in
      readers.withUnsafeMutableBufferPointer { readers in
        // Each core has a reader, and a stretch of the rows, of its own.
        nonisolated(unsafe) let (parts, readers) = (parts, readers)
        DispatchQueue.concurrentPerform(iterations: readers.count) { core in
          for index in batch.indices.dropFirst(core * width).prefix(width) {
            parts[index] = readers[core].part(of: batch[index])
          }
        }
      }
    }
    return parts
  }

  private typealias ReadRow = (key: FactKey?, part: Result<OrderReader.Part, Problem>)

  private mutating func take(_ row: CSVRow, _ read: ReadRow) {
    let key = read.key
    do throws(Problem) {
      let part = try read.part.get()
      guard !lastLines.isEmpty else {
        try add(OrderSum(part, row: row), part.order)
        return
      }
      // Lines of one number for two customers are two orders.
      if let index = open[key!]?.firstIndex(where: { $0.customer == part.customer }) {
        open[key!]![index].add(part)
      } else {
        open[key!, default: []].append(OrderSum(part, row: row))
      }
    } catch {
      refused.append((row, error))
    }
    guard let key, lastLines[key] == row.line, let sums = open.removeValue(forKey: key) else {
      return
    }
    for sum in sums {
      do throws(Problem) {
        try add(sum, reader!.order(sum.row.fields)!)
      } catch {
        refused.append((sum.row, error))
      }
    }
  }

  private mutating func add(_ sum: OrderSum, _ order: String) throws(Problem) {
    let prefix = reader!.returnsPrefix
    let isReturn =
      !prefix.isEmpty && order.hasPrefix(prefix)
      && order.dropFirst(prefix.count).first?.isNumber == true
    let drafts = try sum.drafts(
      order: order, isReturn: isReturn, digits: reader!.currency.digits, currency: currency,
      rate: request.options["rate"])
    for draft in drafts { waiting.append((draft, sum.row)) }
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
    let drafts = waiting.map(\.draft)
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
          return .success(try await ledger.submit(order))
        } catch {
          return .failure(error)
        }
      }
    }
    underWay = UnderWay(
      task: task, sources: waiting.map(\.row), refused: refused, rows: rows, read: read)
    (waiting, refused, rows) = ([], [], 0)
  }

  private mutating func rehearse(_ command: Command) -> Result<Receipt, Problem> {
    let at = ledger.now()
    do throws(Problem) {
      let decision = try preview!.decide(
        command, reason: request.reason, limits: ledger.limits, at: at)
      for event in decision.events { preview!.evolve(event, at: at) }
      return .success(
        Receipt(
          command: CommandID(high: 0, low: 0), seqs: nil, events: decision.events,
          unchanged: decision.unchanged, refusals: decision.refusals, left: [], shown: nil,
          isReplay: false))
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
    var intake = OrderIntake(self, request: request, handle: handle, caller: job.caller)
    var isByLine: Bool?
    var first = try RowFeed(url, request)
    while isByLine == nil || isByLine == true, !handle.isStopped, var rows = try first.next()?.rows
    {
      rows.removeAll(where: \.isBlank)
      if isByLine == nil, !rows.isEmpty { isByLine = try intake.begin(rows.removeFirst()) }
      if isByLine == true { intake.note(rows) }
    }
    if handle.isStopped { return }
    guard isByLine != nil else { throw .spreadsheetUnreadable("The file is empty.") }
    var second = try RowFeed(url, request)
    var isFirst = true
    while !handle.isStopped, var part = try second.next() {
      if isFirst, let place = part.rows.firstIndex(where: { !$0.isBlank }) {
        part.rows.removeSubrange(...place)
        isFirst = false
      }
      try await intake.take(part.rows, read: part.bytes)
    }
    if handle.isStopped { return try await intake.pause() }
    try await intake.finish()
  }
}

/// The rows of an uploaded file, piece by piece.
private struct RowFeed {
  private let input: FileHandle
  private var reader: SpreadsheetReader
  private var isFirst = true
  private var hasEnded = false

  init(_ url: URL, _ request: ImportRequest) throws(Problem) {
    do {
      input = try FileHandle(forReadingFrom: url)
    } catch {
      throw .jobNotResumable(url.lastPathComponent)
    }
    reader = try request.reader()
  }

  /// Nil at the end.
  mutating func next() throws(Problem) -> (rows: [CSVRow], bytes: Int)? {
    guard !hasEnded else { return nil }
    let bytes: Data
    do {
      bytes = try input.read(upToCount: 262_144) ?? Data()
    } catch {
      throw .storageFailed("\(error)")
    }
    if isFirst, SpreadsheetReader.isWorkbook(Array(bytes.prefix(8))) {
      throw .spreadsheetUnreadable("It is an Excel workbook: save it as CSV (UTF-8) first.")
    }
    isFirst = false
    hasEnded = bytes.isEmpty
    if hasEnded { try? input.close() }
    return (bytes.isEmpty ? reader.finish() : reader.feed(bytes), bytes.count)
  }
}
