import APITypes
import ArgumentParser

struct TagList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the tags, with how many customers have each.",
    aliases: ["ls"])

  @Argument(help: "Part of the name.")
  var text: String?

  @Option(help: ArgumentHelp("Only those of a category.", valueName: "name"))
  var category: String?

  @Flag(help: "Archived ones too.")
  var archived = false

  @OptionGroup var past: PastOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    try await session.list(
      tagColumns(session.words), limit: limits.limit(default: nil)
    ) { limit, cursor in
      Paths.query(
        Paths.tags,
        [
          "q": text, "category": category, "archived": archived ? "all" : nil,
          "as_of": seq, "limit": String(limit), "cursor": cursor,
        ])
    }
  }
}
