import APITypes
import ArgumentParser

struct LogReceipt: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipt",
    abstract: said(
      en: "A file that proves an event to whoever has the verifier key.",
      pt: "Um arquivo que prova um evento a quem tem a chave de verificação.",
      fr: "Un fichier qui prouve un événement à qui a la clé de vérification."),
    discussion: said(
      en: """
        The format is C2SP tlog-proof. Keep the event beside it: the receipt holds hashes only.

          tagledger log receipt 1200 --out 1200.tlog-proof --event 1200.json
          tagledger log check 1200.tlog-proof --event 1200.json --key "$KEY"
        """,
      pt: """
        O formato é C2SP tlog-proof. Guarde o evento junto: o recibo contém só hashes.

          tagledger log receipt 1200 --out 1200.tlog-proof --event 1200.json
          tagledger log check 1200.tlog-proof --event 1200.json --key "$KEY"
        """,
      fr: """
        Le format est C2SP tlog-proof. Gardez l’événement à côté : le reçu ne contient que des \
        empreintes.

          tagledger log receipt 1200 --out 1200.tlog-proof --event 1200.json
          tagledger log check 1200.tlog-proof --event 1200.json --key "$KEY"
        """))

  @Argument(help: .event)
  var seq: Int64

  @Option(
    help: .said(
      en: "Where to write the receipt; standard output otherwise.",
      pt: "Onde gravar o recibo; senão, a saída padrão.",
      fr: "Où écrire le reçu ; sinon la sortie standard."),
    completion: .file())
  var out: String = "-"

  @Option(
    help: .said(
      en: "Where to write the event, byte for byte what was hashed.",
      pt: "Onde gravar o evento, byte a byte como entrou no hash.",
      fr: "Où écrire l’événement, octet pour octet ce qui a été haché."),
    completion: .file())
  var event: String?

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let download = Download(session: session)
    try await download.save(Paths.receipt(seq), to: out)
    if let event { try await download.save(Paths.event(seq), to: event) }
  }
}
