import APITypes
import ArgumentParser
import Client

struct RuleList: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: said(
      en: "List the rules.",
      pt: "Listar as regras.",
      fr: "Lister les règles."), aliases: ["ls"])

  @OptionGroup var past: PastOptions
  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let seq = try await past.seq(in: session)
    try await session.list(
      ruleColumns(session.words), limit: limits.limit(default: nil)
    ) { limit, cursor in
      Paths.query(Paths.rules, ["as_of": seq, "limit": String(limit), "cursor": cursor])
    }
  }
}

struct RuleShow: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: said(
      en: "Show a rule, and who made which version of it, and why.",
      pt: "Mostrar uma regra, e quem fez cada versão, e por quê.",
      fr: "Montrer une règle, et qui a fait chaque version, et pourquoi."))

  @Argument(help: .nameOrID)
  var rule: String

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let found = try await session.finder.rule(rule)
    let whole: RuleDocument = try await session.client.get(Paths.rule(found.id))
    let actors = await session.actors()
    session.show(whole, ruleColumns(session.words)) {
      ruleEntry(whole, session.words, actors).text(session.paint)
    }
  }
}

struct RuleReady: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "ready",
    abstract: said(
      en: "List the rules that come with the program.",
      pt: "Listar as regras que vêm com o programa.",
      fr: "Lister les règles fournies avec le programme."),
    discussion: said(
      en: "Take one over with rule adopt.",
      pt: "Adote uma com rule adopt.",
      fr: "Reprenez-en une avec rule adopt."))

  @Option(help: .tagLanguage, completion: .list(["pt", "fr", "en"]))
  var language: String?

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    let page: Page<ReadyRuleDocument> = try await session.client.get(
      Paths.query(
        Paths.readyRules, ["language": language ?? session.words.language.rawValue]))
    var listing = Listing(session, columns: readyRuleColumns(session.words))
    listing.add(page.items, isWhole: true)
    listing.finish()
  }
}
