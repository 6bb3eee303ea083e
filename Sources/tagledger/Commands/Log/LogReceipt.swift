import APITypes
import ArgumentParser

struct LogReceipt: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipt",
    abstract: "A file that proves an event to whoever has the verifier key.",
    discussion: """
      The format is C2SP tlog-proof. Keep the event beside it: the receipt holds hashes only.

        tagledger log receipt 1200 --out 1200.tlog-proof --event 1200.json
        tagledger log check 1200.tlog-proof --event 1200.json --key "$KEY"
      """)

  @Argument(help: "The number of the event.")
  var seq: Int64

  @Option(help: "Where to write the receipt; standard output otherwise.", completion: .file())
  var out: String = "-"

  @Option(help: "Where to write the event, byte for byte what was hashed.", completion: .file())
  var event: String?

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let download = Download(session: session)
    try await download.save(Paths.receipt(seq), to: out)
    if let event { try await download.save(Paths.event(seq), to: event) }
  }
}
