import APITypes
import ArgumentParser
import Client
import Proof

struct LogCheckpoint: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: said(
      en: "The last signed checkpoint, to be kept where the ledger's keepers cannot reach.",
      pt: "O último checkpoint assinado, para guardar fora do alcance de quem mantém o registro.",
      fr: """
        Le dernier point de contrôle signé, à garder hors de portée de ceux qui tiennent le \
        registre.
        """),
    discussion: said(
      en: """
        Whoever has kept one can tell later whether the log still begins with the same events. \
        With --all every checkpoint, the oldest first.
        """,
      pt: """
        Quem guardou um pode dizer mais tarde se o registro ainda começa com os mesmos eventos. \
        Com --all, todos os checkpoints, o mais antigo primeiro.
        """,
      fr: """
        Qui en a gardé un peut dire plus tard si le journal commence toujours par les mêmes \
        événements. Avec --all, tous les points de contrôle, le plus ancien d’abord.
        """))

  @Flag(
    help: .said(
      en: "All that have been signed.",
      pt: "Todos os que foram assinados.",
      fr: "Tous ceux qui ont été signés."))
  var all = false

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    if all {
      return try await session.list(Self.columns, limit: nil) { limit, cursor in
        Paths.query(Paths.checkpoints, ["limit": String(limit), "cursor": cursor])
      }
    }
    let bytes = try await session.client.send(Request(.get, Paths.checkpoint)).1
    do throws(ProofFault) {
      let checkpoint = try Checkpoint(parsing: SignedNote(parsing: bytes).text)
      let text = String(decoding: bytes, as: UTF8.self)
      let document = CheckpointDocument(
        origin: checkpoint.origin, size: checkpoint.head.size, root: checkpoint.head.root.base64,
        note: text)
      session.show(document, Self.columns) { text }
    } catch {
      throw Failure.notProved(error)
    }
  }

  private static let columns: [Column<CheckpointDocument>] = [
    Column("", "origin") { $0.origin },
    Column("", "size", right: true) { String($0.size) },
    Column("", "root") { $0.root },
    Column(hidden: "note") { $0.note },
  ]
}
