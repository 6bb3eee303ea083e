import APITypes
import ArgumentParser
import Client

struct Log: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "The change log: who, when, what, and why.",
    discussion: """
      Times may be 2026-11-22, "2026-11-22 14:30", 14:30, yesterday, monday, 3d, 2h; in \
      Portuguese and French also 22/11/2026, ontem, hier, segunda, lundi.

        tagledger log --customer Ana --since monday
        tagledger log --type tag.merged --all -o csv
        tagledger log --follow -o ndjson --after 1200
      """)

  @OptionGroup var filters: LogFilters

  @Flag(exclusivity: .exclusive, help: "Which come first.")
  var order: Order = .newest

  @Flag(
    name: [.short, .long], help: "Stay, and show what happens; resumes when the daemon restarts.")
  var follow = false

  @Option(
    help: ArgumentHelp("With --follow: begin after this number, missing none.", valueName: "seq"))
  var after: Int64?

  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  enum Order: String, EnumerableFlag {
    case newest
    case oldest
  }

  func validate() throws {
    if after != nil && !follow { throw ValidationError("--after belongs to --follow.") }
    if follow && filters.until != nil { throw ValidationError("--follow has no --until.") }
  }

  func perform(in session: Session) async throws {
    let query = try await filters.query(in: session)
    guard follow else {
      return try await session.list(
        changeColumns(session.words), limit: limits.limit(default: 50)
      ) { limit, cursor in
        query.target(
          Paths.changes, ["order": order.rawValue, "limit": String(limit), "cursor": cursor])
      }
    }
    try await LogFollower(session: session, query: query)
      .follow(after: after, lead: limits.limit ?? 10)
  }
}
