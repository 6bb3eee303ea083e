import APITypes
import ArgumentParser
import Client

struct LogKey: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: said(
      en: "The verifier key, with which others check receipts and checkpoints.",
      pt: "A chave de verificação, com a qual outros conferem recibos e checkpoints.",
      fr: "La clé de vérification, avec laquelle d’autres vérifient reçus et points de contrôle."),
    discussion: said(
      en: "Hand it over once, by another way than the receipts themselves.",
      pt: "Entregue-a uma vez, por um caminho diferente do dos próprios recibos.",
      fr: "Remettez-la une fois, par une autre voie que les reçus eux-mêmes."))

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let status: Status = try await session.client.get(Paths.status)
    switch session.format {
    case .json, .ndjson: session.print(JSONText.line(["verifier_key": status.verifierKey]))
    default: session.print(status.verifierKey)
    }
  }
}
