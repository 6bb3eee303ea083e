import APITypes
import ArgumentParser
import Client

struct CustomerErase: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase", abstract: "Erase a person beyond recovery; asks first.",
    discussion: """
      Destroys the key of their name, phone, reference, notes, attributes and needs, the \
      ciphertext, and every copy that the daemon keeps; ends with a report. Who was merged into \
      them goes too. It needs --reason and cannot be undone.

      The number, the tag history, times, reasons and details stay for ever: never write \
      personal data into a reason, a detail or the name of a file.
      """)

  @Argument(help: "Id, phone or name.")
  var customer: String

  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let found = try await session.finder.customer(customer)
    let path = Paths.customerErase(found.id)
    var draft = ReasonDraft(reason: change.reason, dryRun: true)
    var receipt: ErasureReceipt = try await session.client.send(.post, path, draft)
    let isErased = receipt.customers.isEmpty
    if !change.dryRun, !isErased {
      let preview = session.words.asksErase(receipt)
      try session.confirm(preview, confirm)
      draft.dryRun = nil
      receipt = try await session.client.send(.post, path, draft)
      if let job = receipt.job { receipt.job = try await session.follow(job) }
    } else if isErased {
      receipt.dryRun = false
    }
    try session.report(receipt, ids: receipt.customers.map(String.init)) {
      session.words.erased(receipt)
    }
    if let job = receipt.job, job.state != .done { throw Failure.jobFailed(job.problem) }
  }
}
