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
        orders       phone or ref; order time amount, or lines: product category quantity price

      Of orders, an invoice whose number begins with C and a digit is a cancellation (--returns). \
      How a file is read can be saved with --save-as and used again with --mapping.

        tagledger import customers clientes.csv --column name=Nome
        tagledger import memberships vip.csv --create-tags --failures recusadas.csv
        tagledger import orders vendas.csv --create-customers --save-as loja
        tagledger import orders dezembro.csv --mapping loja
      """)

  @Argument(help: "What the file holds.")
  var what: ImportSubject

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

  @Option(help: ArgumentHelp("Read the columns as saved under that name.", valueName: "name"))
  var mapping: String?

  @Option(help: ArgumentHelp("Save how this file is read under that name.", valueName: "name"))
  var saveAs: String?

  @Option(
    help: ArgumentHelp("Of the amounts; that of the account unless given.", valueName: "code"))
  var currency: String?

  @Option(
    help: ArgumentHelp(
      "What one unit of that currency is worth in the account's.", valueName: "number"))
  var rate: String?

  @Option(help: ArgumentHelp("How dates like 1/12/2026 are read: dmy or mdy.", valueName: "order"))
  var dates: String?

  @Option(
    help: ArgumentHelp(
      "What the numbers of cancellations begin with; C unless given.", valueName: "letters"))
  var returns: String?

  @Option(
    help: ArgumentHelp(
      "Of times that say none; the shop's unless given. Such as America/Sao_Paulo.",
      valueName: "zone"))
  var zone: String?

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
        "dry_run": change.dryRun ? "true" : nil, "mapping": mapping, "save_as": saveAs,
        "currency": currency, "rate": rate, "dates": dates, "returns": returns,
        "zone": zone,
      ])
  }
}

/// What stands between the fields of a row.
enum Delimiter: String, CaseIterable, ExpressibleByArgument, Sendable {
  case comma
  case semicolon
  case tab
}
