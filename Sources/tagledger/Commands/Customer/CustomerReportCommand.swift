import APITypes
import ArgumentParser
import Client

struct CustomerReportCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write down everything known of one person, as JSON.",
    discussion: """
      For whoever asks what is known of them: each field with all it has ever been, tags with \
      since when and why, files, merges, and every event about them.

        tagledger customer report 17 customer-17.json
      """)

  @Argument(help: "Id, phone or name.")
  var customer: String

  @Argument(help: "Where to; standard output otherwise.", completion: .file())
  var file: String = "-"

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let found = try await session.finder.customer(customer)
    let report: CustomerReport = try await session.client.get(Paths.customerReport(found.id))
    let text = JSONText.pretty(report)
    guard !OutputFile.isStandard(file) else { return session.print(text) }
    let bytes = Array("\(text)\n".utf8)
    let output = try OutputFile(file)
    try output.write(bytes)
    try output.finish()
    if !session.quiet {
      session.remark(session.words.saved(file, session.words.bytes(Int64(bytes.count))))
    }
  }
}
