import APITypes
import ArgumentParser
import Client

struct TagMerge: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Merge a tag into another one.",
    discussion: """
      Who has the first one has the other one from then on. Shows how many that concerns, and \
      asks. The name of the first becomes an alias of the other, unless it is released.
      """)

  @Argument(help: "The tag that goes.", completion: tagCompletion)
  var tag: String

  @Option(help: ArgumentHelp("The tag that stays.", valueName: "tag"), completion: tagCompletion)
  var into: String

  @Flag(help: "Release the name, so that another tag may take it.")
  var releaseName = false

  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let source = try await session.finder.tag(tag)
    let target = try await session.finder.tag(into)
    var draft = TagMergeDraft(
      into: target.id, name: releaseName ? .released : .alias, reason: change.reason, dryRun: true)
    let path = Paths.tagMerge(source.id)
    var receipt: MergeReceipt = try await session.client.send(.post, path, draft)
    if !change.dryRun {
      let preview = session.words.asksMerge(
        source.name, into: target.name, session.words.figures(of: receipt))
      try session.confirm(preview, confirm)
      // What was agreed to is what was shown.
      draft.sourceRevision = receipt.sourceRevision
      draft.targetRevision = receipt.targetRevision
      draft.dryRun = nil
      receipt = try await session.client.send(.post, path, draft)
    }
    try session.report(receipt, ids: [String(target.id)]) {
      session.words.merged(
        source.name, into: target.name, session.words.figures(of: receipt))
    }
  }
}
