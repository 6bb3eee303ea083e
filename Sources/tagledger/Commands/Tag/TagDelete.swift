import APITypes
import ArgumentParser
import Client

struct TagDelete: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a tag for good; who has it loses it.",
    discussion: """
      Asks first, with the number of customers. `tag archive` keeps what is known and can be \
      taken back. The change log keeps everything in either case.
      """)

  @Argument(help: "Name, alias or id.", completion: tagCompletion)
  var tag: String

  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let tag = try await session.finder.tag(tag)
    if !change.dryRun {
      try session.confirm(session.words.asksDelete(tag.name, tag.customers), confirm)
    }
    // The daemon refuses when the number is no longer the one that was agreed to.
    let target = Paths.query(
      Paths.tag(tag.id),
      [
        "customers": String(tag.customers), "reason": change.reason,
        "dry_run": change.dryRun ? "true" : nil,
      ])
    let (_, bytes) = try await session.client.send(Request(.delete, target))
    let receipt: DeleteReceipt = try Client.decode(bytes)
    try session.report(receipt, ids: [String(tag.id)]) {
      session.words.deleted(tag.name, receipt.customers)
    }
  }
}
