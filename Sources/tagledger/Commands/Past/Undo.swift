import APITypes
import ArgumentParser
import Client

struct Undo: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: said(
      en: "Set back what a command or a job has done.",
      pt: "Desfazer o que um comando ou uma tarefa fez.",
      fr: "Annuler ce qu’une commande ou une tâche a fait."),
    discussion: said(
      en: """
        Names the command by its id, or by the number of one of its events, as the log shows them; \
        or a whole import, or a tag applied to very many, by the id of its job (“job list”). \
        Whatever others have changed since is left alone and told. One undo makes up to 500,000 \
        changes: five times the daemon’s “bulk.limit”. An undo can be undone.
        """,
      pt: """
        Indique o comando pelo id, ou pelo número de um de seus eventos, como o registro mostra; ou \
        uma importação inteira, ou uma etiqueta aplicada a muitos clientes, pelo id da tarefa \
        (“job list”). O que outros mudaram desde então fica como está e é informado. De uma vez \
        são desfeitas até 500.000 mudanças: cinco vezes o “bulk.limit” do daemon. Desfazer também \
        pode ser desfeito.
        """,
      fr: """
        Indiquez la commande par son identifiant, ou par le numéro d’un de ses événements, comme \
        dans le journal ; ou tout un import, ou une étiquette mise à de très nombreux clients, par \
        l’identifiant de sa tâche (« job list »). Ce que d’autres ont changé depuis reste tel quel \
        et est signalé. Une annulation fait jusqu’à 500 000 changements : cinq fois le \
        « bulk.limit » du daemon. Une annulation peut être annulée.
        """))

  /// How many of those left alone a person reads; `-o json` has up to 100.
  private static let told = 20

  @Argument(
    help: .said(
      en: "A command's id, the number of one of its events, or a job's id.",
      pt: "O id de um comando, o número de um de seus eventos ou o id de uma tarefa.",
      fr:
        "L’identifiant d’une commande, le numéro d’un de ses événements ou l’identifiant d’une tâche."
    ))
  var command: String

  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let path = Paths.commandUndo(command)
    var receipt: UndoReceipt = try await session.client.send(
      .post, path, ReasonDraft(reason: change.reason, dryRun: true))
    let isNothing = receipt.events.isEmpty
    if !change.dryRun, isNothing {
      // Nothing was asked for beyond what has been looked at: there is nothing to be done.
      receipt.dryRun = false
    } else if !change.dryRun {
      let preview = session.words.asksUndo(session.words.undoFigures(receipt.events))
      try session.confirm(preview, confirm)
      receipt = try await session.client.send(
        .post, path, ReasonDraft(reason: change.reason))
    }
    let told = session.words.undone(session.words.undoFigures(receipt.events))
    try session.report(receipt, ids: isNothing ? [] : [receipt.command], unchanged: told) { told }
    guard session.format == .text, !session.quiet, receipt.leftAlone > 0 else { return }
    session.remark(session.words.leftAlone(receipt.leftAlone))
    for left in receipt.left.prefix(Self.told) { session.remark("  \(left.sentence)") }
    let rest = receipt.leftAlone - min(receipt.left.count, Self.told)
    if rest > 0 { session.remark("  \(session.words.andMore(rest))") }
  }
}
