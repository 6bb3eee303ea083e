import APITypes
import ArgumentParser
import Client

struct CustomerMerge: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Merge a customer into another one, who is the same person.",
    discussion: "Unites their tags; neither history is lost. Asks first.")

  @Argument(help: "The customer that goes: id, phone or name.")
  var customer: String

  @Option(help: ArgumentHelp("The customer that stays.", valueName: "customer"))
  var into: String

  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let source = try await session.finder.customer(customer)
    let target = try await session.finder.customer(into)
    let path = Paths.customerMerge(source.id)
    var draft = CustomerMergeDraft(into: target.id, reason: change.reason, dryRun: true)
    var receipt: MergeReceipt = try await session.client.send(.post, path, draft)
    let (from, to) = (Self.title(source), Self.title(target))
    if !change.dryRun {
      let preview = session.words.asksMerge(
        from, into: to, session.words.figures(of: receipt))
      try session.confirm(preview, confirm)
      draft.dryRun = nil
      receipt = try await session.client.send(.post, path, draft)
    }
    try session.report(receipt, ids: [String(target.id)]) {
      session.words.merged(from, into: to, session.words.figures(of: receipt))
    }
  }

  /// Two customers who are one often have one name: the id tells them apart.
  private static func title(_ customer: CustomerDocument) -> String {
    ["\(customer.id)", customer.name].compactMap(\.self).joined(separator: " ")
  }
}
