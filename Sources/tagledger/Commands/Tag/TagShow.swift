import APITypes
import ArgumentParser

struct TagShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a tag, or who has it.")

  @Argument(help: "Name, alias or id.", completion: tagCompletion)
  var tag: String

  @Flag(help: "List the customers who have it, since when and why.")
  var customers = false

  @OptionGroup var past: PastOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    let tag = try await session.finder(asOf: seq).tag(tag)
    guard customers else {
      return session.show(tag, tagColumns(session.words)) {
        tagEntry(tag, session.words).text(session.paint)
      }
    }
    let actors = await session.actors()
    try await session.list(
      tenureColumns(session.words, actors, subject: .customers), limit: limits.limit(default: nil)
    ) { limit, cursor in
      Paths.query(
        Paths.tagCustomers(tag.id),
        ["as_of": seq, "limit": String(limit), "cursor": cursor])
    }
  }
}
