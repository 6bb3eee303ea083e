import APITypes
import ArgumentParser
import Client

struct TeamShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: said(
      en: "Show the operators, and what each of them holds.",
      pt: "Mostrar os operadores, e o que cada um tem.",
      fr: "Montrer les opérateurs, et ce que chacun a."))

  @OptionGroup var past: PastOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    let team: TeamDocument = try await session.client.get(Paths.query(Paths.team, ["as_of": seq]))
    if session.format == .json, !session.quiet { return session.print(JSONText.pretty(team)) }
    let grants = Dictionary(grouping: team.grants.filter(\.active), by: \.operator)
    var listing = Listing(session, columns: operatorColumns(session.words, grants: grants))
    listing.add(team.operators, isWhole: true)
    listing.finish()
  }
}
