import APITypes
import ArgumentParser
import Client

struct Export: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Export customers, who has which tag, or the tag history, as CSV.",
    discussion: """
      What is exported can be imported again.

        tagledger export customers clientes.csv --delimiter semicolon
        tagledger export memberships --tag VIP > vip.csv
        tagledger export customers --filter 'tag:VIP' --columns 'name, phone, spent(last 365d)'
      """)

  @Argument(help: "What to export.")
  var what: TransferSubject

  @Argument(help: "Where to; standard output otherwise.", completion: .file())
  var file: String = "-"

  @Option(
    help: ArgumentHelp(
      "What stands between fields; a semicolon in Portuguese and French, a comma in English.",
      valueName: "delimiter"))
  var delimiter: Delimiter?

  @Flag(help: "For Excel: with a byte order mark and CRLF.")
  var excel = false

  @Option(
    help: ArgumentHelp("Only what concerns this tag.", valueName: "tag"),
    completion: tagCompletion)
  var tag: String?

  @Option(
    help: ArgumentHelp("Only customers who match; not for the history.", valueName: "filter"))
  var filter: String?

  @Option(
    help: ArgumentHelp(
      "Of customers: id, name, phone, ref, source, tags, notes, attributes, needs, rfm and any figure.",
      valueName: "columns"))
  var columns: String?

  @OptionGroup var past: PastOptions
  @OptionGroup var global: GlobalOptions

  var filters: [String?] { [filter, columns] }

  func perform(in session: Session) async throws {
    guard [.text, .csv].contains(session.format) else {
      throw Failure.formatUnfit(session.format, fitting: [.csv])
    }
    var id: Int32?
    let seq = try await past.seq(in: session)
    if let tag { id = try await session.finder(asOf: seq).tag(tag).id }
    let target = Paths.query(
      Paths.exports(what),
      [
        "delimiter": delimiter?.rawValue, "excel": excel ? "true" : nil,
        "tag": id.map(String.init), "filter": filter, "columns": columns, "as_of": seq,
      ])
    let size = try await Download(session: session).save(target, to: file)
    if !OutputFile.isStandard(file), !session.quiet {
      session.remark(session.words.saved(file, session.words.bytes(size)))
    }
  }
}
