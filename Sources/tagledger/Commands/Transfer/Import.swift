import APITypes
import ArgumentParser
import Client

struct Import: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Import a spreadsheet: customers, who has which tag, or a tag history.",
    discussion: """
      Comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252: found out by itself. A bad row is \
      refused with its line and reason, the rest goes in; the exit code is 1 then. Importing the \
      same file again changes nothing.

      Columns are found by their headings, or named:

        customers    name phone ref channel notes attributes needs
        memberships  id, phone or ref; tag details
        history      id, phone or ref; tag time action operator

        tagledger import customers clientes.csv --column name=Nome
        tagledger import memberships vip.csv --create-tags --failures recusadas.csv
      """)

  @Argument(help: "What the file holds.")
  var what: TransferSubject

  @Argument(help: "The file; - for standard input.", completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp("Which heading a field has; may be repeated.", valueName: "field=heading"))
  var column: [String] = []

  @Option(
    help: ArgumentHelp("Where to write the refused rows.", valueName: "file"), completion: .file())
  var failures: String?

  @Flag(help: "Create tags that are not there yet, instead of refusing their rows.")
  var createTags = false

  @Flag(help: "Register customers that are not there yet, instead of refusing their rows.")
  var createCustomers = false

  @Option(help: ArgumentHelp("What stands between fields.", valueName: "delimiter"))
  var delimiter: Delimiter?

  @Option(help: ArgumentHelp("utf-8, utf-16 or windows-1252.", valueName: "encoding"))
  var encoding: String?

  @Option(
    help: ArgumentHelp(
      "Of phone numbers without a country code; BR unless given.",
      valueName: "country"))
  var region: String?

  @OptionGroup var wait: WaitOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let job = try await upload(in: session)
    try await session.watch(job, waiting: !wait.noWait, failures: failures)
  }

  private func upload(in session: Session) async throws -> Job {
    let bar = ProgressBar(label: session.words.uploading, unit: .bytes, words: session.words)
    let meter = ProgressMeter(bar, terminal: session.terminal)
    defer { meter.finish() }
    let size = try fileSize(file)
    let upload = FileUpload(path: file) { meter.update(done: $0, total: size) }
    let request = Request(
      .post, try target(), headers: [("Accept", MediaType.json), ("Content-Type", MediaType.csv)],
      body: .file(upload))
    return try Client.decode(try await session.client.send(request).1)
  }

  private func target() throws(Failure) -> String {
    let columns = try Pairs.read(column, example: "name=Nome")
      .map { "\($0.key):\($0.value)" }.joined(separator: ",")
    let name = file == "-" ? nil : file.split(separator: "/").last.map(String.init)
    return Paths.query(
      Paths.imports(what),
      [
        "file": name, "columns": columns.isEmpty ? nil : columns,
        "create_tags": createTags ? "true" : nil,
        "create_customers": createCustomers ? "true" : nil, "delimiter": delimiter?.rawValue,
        "encoding": encoding, "default_region": region, "reason": change.reason,
        "dry_run": change.dryRun ? "true" : nil,
      ])
  }
}

/// What stands between the fields of a row.
enum Delimiter: String, CaseIterable, ExpressibleByArgument, Sendable {
  case comma
  case semicolon
  case tab
}
