import APITypes
import ArgumentParser
import Client

struct Can: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "can", abstract: "Tell whether an operator may do something, and by which grant.",
    discussion: """
      Exit code 1 when they may not.

        tagledger can Maria tags:merge "Status-*"
      """)

  @Argument(help: "Name or id.")
  var `operator`: String

  @Argument(help: "Such as tags:merge.")
  var permission: String

  @Argument(help: "A tag, or a category as Status-*; otherwise for any tag at all.")
  var tag: String?

  @OptionGroup var past: PastOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    let isCategory = tag?.hasSuffix("-*") ?? false
    let verdict: Verdict = try await session.client.get(
      Paths.query(
        Paths.teamCan,
        [
          "operator": `operator`, "permission": permission, "tag": isCategory ? nil : tag,
          "category": isCategory ? tag : nil, "as_of": seq,
        ]))
    session.show(verdict, verdictColumns) { session.words.tell(verdict) + "\n" }
    if !verdict.allowed { throw ExitCode(ExitStatus.refused) }
  }
}
