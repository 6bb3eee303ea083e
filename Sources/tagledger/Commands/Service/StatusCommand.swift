import APITypes
import ArgumentParser
import Client

struct StatusCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: said(
      en: "How the ledger is.",
      pt: "Como está o registro.",
      fr: "Comment va le registre."),
    discussion: said(
      en: "Exit code 75 when it takes no changes.",
      pt: "Código de saída 75 quando não aceita mudanças.",
      fr: "Code de sortie 75 quand il n’accepte pas de changements."))

  @OptionGroup var past: PastOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let status: Status = try await session.client.get(
      Paths.query(Paths.status, ["as_of": try await past.seq(in: session)]))
    session.show(status, Self.columns) {
      entry(status, session).text(session.paint)
    }
    if session.format == .text, !session.quiet { session.warn(status.advice) }
    if status.readOnly { throw ExitCode(ExitStatus.tryAgain) }
  }

  private static let columns: [Column<Status>] = [
    Column("", "origin") { $0.origin },
    Column("", "version") { $0.version },
    Column("", "position") { String($0.position) },
    Column("", "root") { $0.root },
    Column("", "tags") { String($0.tags) },
    Column("", "archived_tags") { String($0.archivedTags) },
    Column("", "customers") { String($0.customers) },
    Column("", "memberships") { String($0.memberships) },
    Column("", "verifier_key") { $0.verifierKey },
    Column("", "signed") { $0.signed.map(String.init) },
    Column("", "scrub_position") { String($0.scrub.position) },
    Column("", "scrub_passes") { String($0.scrub.passes) },
    Column("", "scrub_finished") { $0.scrub.finished },
    Column("", "read_only") { String($0.readOnly) },
    Column("", "reason") { $0.reason },
    Column("", "views_position") { String($0.viewsPosition) },
    Column("", "jobs") { String($0.jobs) },
    Column("", "uptime") { String($0.uptime) },
  ]

  private func entry(_ status: Status, _ session: Session) -> Entry {
    let words = session.words
    var entry = Entry()
    entry.add(words.origin, status.origin, .bold)
    entry.add(words.version, status.version)
    entry.add(words.uptime, words.ago(status.uptime))
    entry.add(words.events, words.number(status.position))
    entry.add(words.root, status.root, .dim)
    entry.add(words.signed, status.signed.map(words.number))
    entry.add(words.verifierKey, status.verifierKey, .dim)
    let last = status.scrub.finished.map { " (\(words.finished): \($0))" } ?? ""
    entry.add(words.scrubbed, words.number(status.scrub.position) + last)
    let archived = status.archivedTags > 0 ? " (+ \(status.archivedTags) \(words.isArchived))" : ""
    entry.add(words.tagsHeading, words.number(status.tags) + archived)
    entry.add(words.customersHeading, words.number(status.customers))
    entry.add(words.memberships, words.number(status.memberships))
    if status.viewsPosition < status.position {
      entry.add(words.views, words.number(status.viewsPosition), .warning)
    }
    if status.jobs > 0 { entry.add(words.jobs, words.number(status.jobs)) }
    entry.add(words.data, status.dataDirectory)
    entry.add(words.socket, session.client.socket)
    entry.add(words.founder, Login.name(of: "uid:\(status.founder)"))
    if status.readOnly { entry.add(words.state, words.readOnly(status.reason), .bad) }
    return entry
  }
}
