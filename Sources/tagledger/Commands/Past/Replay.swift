import APITypes
import ArgumentParser
import Client
import Glibc

struct Replay: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve the ledger as it was, on another socket, until Ctrl-C.",
    discussion: """
      For an auditor to look around in: every read answers as of that moment, every change is \
      refused. Works in this process, which has no file of the ledger open; the socket is for you \
      alone.

        tagledger replay --to 2026-11-15 --at /tmp/past.sock
        tagledger --socket /tmp/past.sock tag list
      """)

  @Option(
    help: ArgumentHelp(
      "The moment: a time, a day as at its end, or the number of an event.", valueName: "moment"))
  var to: String

  @Option(
    help: ArgumentHelp(
      "Where to serve; ./tagledger-past.sock otherwise. There must be no such file yet.",
      valueName: "path"))
  var at: String = "./tagledger-past.sock"

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let moment = try await session.moment(to, .end)
    guard access(at, F_OK) != 0 else { throw Failure.fileUnwritable(at, EEXIST) }
    let service = ReplayService(daemon: session.client.socket, seq: moment.seq)
    let path = at
    let interrupt = Interrupt { unlink(path) }
    defer { withExtendedLifetime(interrupt) {} }
    do {
      try await service.run(on: path) {
        session.remark(session.words.replaying(moment, path))
      }
    } catch let error as ClientError {
      throw error
    } catch {
      throw Failure.fileUnwritable(path, errno)
    }
  }
}
