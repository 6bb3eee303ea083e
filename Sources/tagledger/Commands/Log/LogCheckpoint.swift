import APITypes
import ArgumentParser
import Client
import Proof

struct LogCheckpoint: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "The last signed checkpoint, to be kept where the ledger's keepers cannot reach.",
    discussion: """
      Whoever has kept one can tell later whether the log still begins with the same events. \
      With --all every checkpoint, the oldest first.
      """)

  @Flag(help: "All that have been signed.")
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
