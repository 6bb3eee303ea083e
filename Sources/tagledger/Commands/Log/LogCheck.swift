import APITypes
import ArgumentParser
import Client
import Proof

struct LogCheck: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a receipt; with --event and --key without any daemon.",
    discussion: """
      Exit code 0 only when the key has signed a log in which the event stands. What is not given \
      is asked of the daemon: its own key proves only that the daemon agrees with itself.
      """)

  @Argument(help: "The receipt; - for standard input.", completion: .file())
  var receipt: String

  @Option(help: "The event, as `log receipt --event` wrote it.", completion: .file())
  var event: String?

  @Option(help: "The verifier key, as `log key` prints it.")
  var key: String?

  @OptionGroup var global: GlobalOptions

  var needsDaemon: Bool { event == nil || key == nil }

  func perform(in session: Session) async throws {
    let file = try FileReader.contents(of: receipt)
    do {
      let proof = try EventReceipt(parsing: file)
      var text = key
      if text == nil {
        let status: Status = try await session.client.get(Paths.status)
        text = status.verifierKey
      }
      let checkpoint = try proof.check(
        try await form(proof.index + 1, session), by: VerifierKey(parsing: text ?? ""))
      session.show(
        Checked(seq: proof.index + 1, origin: checkpoint.origin, size: checkpoint.head.size),
        Self.columns
      ) {
        session.words.proved(
          event: proof.index + 1, of: checkpoint.head.size, checkpoint.origin) + "\n"
      }
      if key == nil { session.remark(session.words.keyIsSigners) }
    } catch let fault as ProofFault {
      throw Failure.notProved(fault)
    }
  }

  private func form(_ seq: Int64, _ session: Session) async throws(ClientError) -> [UInt8] {
    if let event { return try FileReader.contents(of: event) }
    return try await session.client.send(Request(.get, Paths.event(seq))).1
  }

  /// What has been proved.
  private struct Checked: Encodable, Sendable {
    let seq: Int64
    let origin: String
    let size: Int64
  }

  private static let columns: [Column<Checked>] = [
    Column("", "seq") { String($0.seq) },
    Column("", "origin") { $0.origin },
    Column("", "size") { String($0.size) },
  ]
}
