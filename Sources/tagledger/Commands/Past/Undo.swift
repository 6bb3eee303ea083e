import APITypes
import ArgumentParser
import Client

struct Undo: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: "Set back what a command or a job has done.",
    discussion: """
      Names the command by its id, or by the number of one of its events, as the log shows them; or a \
      whole import, or a tag applied to very many, by the id of its job (“job list”). \
      Whatever others have changed since is left alone and told. An undo can be undone.
      """)

  /// How many of those left alone a person reads; `-o json` has up to 100.
  private static let told = 20

  @Argument(help: "A command's id, the number of one of its events, or a job's id.")
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
