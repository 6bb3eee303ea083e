import APITypes
import ArgumentParser
import Client
import Glibc

struct Replay: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: said(
      en: "Serve the ledger as it was, on another socket, until Ctrl-C.",
      pt: "Servir o registro como era, em outro socket, até Ctrl-C.",
      fr: "Servir le registre tel qu’il était, sur un autre socket, jusqu’à Ctrl-C."),
    discussion: said(
      en: """
        For an auditor to look around in: every read answers as of that moment, every change is \
        refused. Works in this process, which has no file of the ledger open; the socket is for you \
        alone.

          tagledger replay --to 2026-11-15 --at /tmp/past.sock
          tagledger --socket /tmp/past.sock tag list
        """,
      pt: """
        Para um auditor olhar à vontade: toda leitura responde como era naquele momento, toda \
        mudança é recusada. Funciona neste processo, que não tem nenhum arquivo do registro \
        aberto; o socket é só seu.

          tagledger replay --to 2026-11-15 --at /tmp/past.sock
          tagledger --socket /tmp/past.sock tag list
        """,
      fr: """
        Pour qu’un auditeur puisse tout parcourir : chaque lecture répond selon l’état à ce \
        moment, chaque changement est refusé. Fonctionne dans ce processus, qui n’a aucun fichier du \
        registre ouvert ; le socket n’est que pour vous.

          tagledger replay --to 2026-11-15 --at /tmp/past.sock
          tagledger --socket /tmp/past.sock tag list
        """))

  @Option(
    help: .said(
      en: "The moment: a time, a day as at its end, or the number of an event.",
      pt: "O momento: uma hora, um dia como estava ao terminar, ou o número de um evento.",
      fr: "Le moment : une heure, un jour tel qu’à sa fin, ou le numéro d’un événement.",
      valueName: "moment"))
  var to: String

  @Option(
    help: .said(
      en: "Where to serve; ./tagledger-past.sock otherwise. There must be no such file yet.",
      pt: "Onde servir; senão, em ./tagledger-past.sock. Esse arquivo ainda não pode existir.",
      fr: "Où servir ; sinon ./tagledger-past.sock. Ce fichier ne doit pas encore exister.",
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
