import APITypes
import ArgumentParser
import Client

struct LogKey: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "The verifier key, with which others check receipts and checkpoints.",
    discussion: "Hand it over once, by another way than the receipts themselves.")

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
