import APITypes
import ArgumentParser
import Client
import Proof

struct LogCheck: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: said(
      en: "Check a receipt; with --event and --key without any daemon.",
      pt: "Conferir um recibo; com --event e --key, sem precisar do serviço.",
      fr: "Vérifier un reçu ; avec --event et --key, sans passer par le service."),
    discussion: said(
      en: """
        Exit code 0 only when the key has signed a log in which the event stands. What is not given \
        is asked of the daemon: its own key proves only that the daemon agrees with itself.
        """,
      pt: """
        Código de saída 0 só quando a chave assinou um registro em que o evento está. O que não é \
        indicado é perguntado ao serviço: a própria chave dele só prova que o serviço concorda \
        consigo mesmo.
        """,
      fr: """
        Code de sortie 0 seulement quand la clé a signé un registre où figure l’événement. Ce qui \
        n’est pas donné est demandé au service : sa propre clé prouve seulement que le service est \
        d’accord avec lui-même.
        """))

  @Argument(
    help: .said(
      en: "The receipt; - for standard input.",
      pt: "O recibo; - para a entrada padrão.",
      fr: "Le reçu ; - pour l’entrée standard."),
    completion: .file())
  var receipt: String

  @Option(
    help: .said(
      en: "The event, as `log receipt --event` wrote it.",
      pt: "O evento, como `log receipt --event` o gravou.",
      fr: "L’événement, tel que `log receipt --event` l’a écrit."),
    completion: .file())
  var event: String?

  @Option(
    help: .said(
      en: "The verifier key, as `log key` prints it.",
      pt: "A chave de verificação, como `log key` a mostra.",
      fr: "La clé de vérification, telle que `log key` l’affiche."))
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
