import Domain
import EventLog
import Foundation
import Spreadsheet

/// One file on its way in: gathers rows, submits them, and notes what became of each.
struct FileIntake {
  /// Rows per command: enough to share a flush, few enough that nobody else waits for long.
  private static let batch = 1000

  private let ledger: Ledger
  private let request: ImportRequest
  private let handle: Jobs.Handle
  private let actor: Actor
  private var rows: RowReader?
  private var headings: [String] = []
  private var waiting: [(row: ImportRow, source: CSVRow)] = []
  private var failures: FailuresFile
  /// In a dry run, the state as the rows so far would leave it.
  private var preview: State?
  /// Of histories, what the log tells of the same customers and tags already.
  private var settlements: Settlements
  private var claims = SetClaims()
  /// Lines that an earlier run of the job has settled.
  private let settled: Int64
  private var line: Int64 = 0
  /// Bytes of the file that have been read.
  private(set) var read: Int64 = 0

  init(_ ledger: Ledger, request: ImportRequest, handle: Jobs.Handle, actor: Actor) {
    self.ledger = ledger
    self.request = request
    self.handle = handle
    self.actor = actor
    settlements = Settlements(ledger)
    preview = request.dryRun ? ledger.state : nil
    settled = handle.job?.result["line"]?.int ?? 0
    failures = FailuresFile(at: handle.jobs.file(handle.id, "failures.csv"), isNew: settled == 0)
  }

  mutating func take(_ batch: [CSVRow], read bytes: Int) async throws(Problem) {
    for row in batch where !row.isBlank {
      if rows == nil {
        try begin(row)
      } else {
        try await take(row)
      }
    }
    read += Int64(bytes)
  }

  mutating func finish() async throws(Problem) {
    guard rows != nil else { throw .spreadsheetUnreadable("The file is empty.") }
    try await pause()
    handle.update { $0.done = $0.total ?? $0.done }
  }

  /// Submits what waits, so that the job can go on from here.
  mutating func pause() async throws(Problem) {
    try await submit()
    handle.save()
  }

  private mutating func begin(_ row: CSVRow) throws(Problem) {
    headings = row.fields
    let mapping = try ColumnMapping(
      headings: row.fields, kind: request.kind, named: request.columns)
    let log = ledger.log
    rows = RowReader(
      kind: request.kind, mapping: mapping, region: request.region,
      own: OwnReference(origin: log.origin)
    ) { log.lookupKey($0, $1) }
    try failures.begin(headings: headings)
  }

  private mutating func take(_ row: CSVRow) async throws(Problem) {
    line = Int64(row.line)
    if let problem = row.problem {
      if line > settled {
        try refuse(row, .spreadsheetUnreadable(problem.rawValue))
      }
      return
    }
    do throws(Problem) {
      // Rows of an earlier run are read again, for what they say of the later ones.
      let read = try rows!.read(row.fields, line: row.line)
      for row in read { try claims.claim(row, line: Int(line), in: ledger.state) }
      guard line > settled else { return }
      if read.isEmpty { handle.update { $0.count("unchanged", 1) } }
      for row in read.map({ ($0, row) }) { waiting.append(row) }
    } catch {
      guard line > settled else { return }
      try refuse(row, error)
    }
    if waiting.count >= Self.batch { try await submit() }
  }

  private mutating func submit() async throws(Problem) {
    guard !waiting.isEmpty else { return }
    let taken = waiting
    waiting = []
    var command: [ImportRow] = []
    for (row, _) in taken { command.append(try withKnown(row)) }
    if request.kind == .history { try await settlements.add(to: &command) }
    let policy = ImportPolicy(
      file: request.file, createsTags: request.createsTags,
      createsCustomers: request.createsCustomers,
      colors: (0..<8).map { _ in TagColor.palette(Int.random(in: 0..<TagColor.hexes.count)) })
    let decision = try await decide(.takeRows(command, policy))
    for refusal in decision.refusals { try refuse(taken[refusal.row].source, refusal.problem) }
    let (line, read) = (line, read)
    handle.update { job in
      job.done = read
      job.count("rows", taken.count)
      job.count("unchanged", decision.unchanged)
      for (figure, type) in Self.figures {
        let count = decision.events.count { $0.type == type }
        if count > 0 { job.count(figure, count) }
      }
      job.result["line"] = .int(line)
    }
    handle.save()
  }

  /// Submits a command; in a dry run, decides it on a state of its own.
  private mutating func decide(_ command: Command) async throws(Problem) -> Decision {
    guard var state = preview else {
      let receipt = try await ledger.submit(Order(command, by: actor, reason: request.reason))
      return Decision(
        events: receipt.events, unchanged: receipt.unchanged, refusals: receipt.refusals)
    }
    let at = ledger.now()
    let decision = try state.decide(
      command, reason: request.reason, limits: ledger.limits, at: at)
    for event in decision.events { state.evolve(event, at: at) }
    preview = state
    return decision
  }

  private static let figures: [(String, EventType)] = [
    ("applied", .tagApplied), ("removed", .tagRemoved), ("detailed", .tagDetailed),
    ("tags_created", .tagCreated), ("customers_registered", .customerRegistered),
    ("customers_revised", .customerRevised),
  ]

  private func refuse(_ row: CSVRow, _ problem: Problem) throws(Problem) {
    try failures.add(
      row, code: problem.code, why: ledger.explain(problem, request.language))
    handle.update { $0.count("refused", 1) }
  }

  /// Tells what of a known customer's row is known already, so that it makes no event.
  private func withKnown(_ row: ImportRow) throws(Problem) -> ImportRow {
    guard case .customer(let draft, let id, _) = row else { return row }
    // The revision is read before the fields are: a change in between makes it the wrong one.
    let state = ledger.state
    guard let found = state.customer(of: id.map { .id($0) } ?? .lookup(draft)) else { return row }
    let known = try ledger.log.personal(of: found)
    let same = draft.personal.filter { $0.value == known[$0.key] ?? "" }
    return .customer(
      draft, id: id,
      known: KnownFields(
        customer: found, revision: state.revision(of: found), fields: Set(same.keys)))
  }
}

/// The rows that were refused, as a file that can be mended and imported again.
struct FailuresFile {
  private let url: URL

  /// - Parameter isNew: Whether an earlier run's file is to go.
  init(at url: URL, isNew: Bool) {
    self.url = url
    if isNew { try? FileManager.default.removeItem(at: url) }
  }

  func begin(headings: [String]) throws(Problem) {
    guard !FileManager.default.fileExists(atPath: url.path) else { return }
    var bytes: [UInt8] = []
    var writer = CSVWriter(.comma)
    writer.write(["line", "code", "why"] + headings, to: &bytes)
    do {
      try Data(bytes).write(to: url)
    } catch {
      throw .storageFailed("\(error)")
    }
  }

  func add(_ row: CSVRow, code: String, why: String) throws(Problem) {
    var bytes: [UInt8] = []
    var writer = CSVWriter(.comma)
    writer.write(["\(row.line)", code, why] + row.fields, to: &bytes)
    do {
      let file = try FileHandle(forWritingTo: url)
      defer { try? file.close() }
      try file.seekToEnd()
      try file.write(contentsOf: Data(bytes))
    } catch {
      throw .storageFailed("\(error)")
    }
  }
}

extension Problem {
  /// What the code is about, such as the name that is too long; without words of any language.
  package var gist: String {
    switch self {
    case .tagNameTooLong(let name, let length, let limit): "\(name) (\(length) > \(limit))"
    case .tagNotFound(let text), .customerNotFound(let text), .phoneUnreadable(let text),
      .dateUnreadable(let text), .tagNameHasControlCharacter(let text), .cellMissing(let text),
      .spreadsheetUnreadable(let text):
      text
    case .parameterUnreadable(_, let value, let expected): "\(value) (\(expected))"
    case .tagArchived(let tag): "\(tag.rawValue)"
    case .phoneTaken(let customer), .refTaken(let customer): "\(customer.rawValue)"
    case .rowRepeated(let line): "\(line)"
    default: ""
    }
  }
}
