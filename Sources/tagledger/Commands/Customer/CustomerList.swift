import APITypes
import ArgumentParser

struct CustomerList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the customers, or those who have a tag.",
    aliases: ["ls"])

  @Option(
    help: ArgumentHelp("Only those who have this tag, since when and why.", valueName: "tag"),
    completion: tagCompletion)
  var tag: String?

  @OptionGroup var past: PastOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    if let tag {
      let tag = try await session.finder(asOf: seq).tag(tag)
      let actors = await session.actors()
      try await session.list(
        tenureColumns(session.words, actors, subject: .customers), limit: limits.limit(default: nil)
      ) { limit, cursor in
        Paths.query(
          Paths.tagCustomers(tag.id),
          ["as_of": seq, "limit": String(limit), "cursor": cursor])
      }
    } else {
      let standard = session.terminal.outIsTerminal ? 50 : nil
      try await session.list(
        customerColumns(session.words), limit: limits.limit(default: standard)
      ) { limit, cursor in
        Paths.query(
          Paths.customers, ["as_of": seq, "limit": String(limit), "cursor": cursor])
      }
    }
  }
}
