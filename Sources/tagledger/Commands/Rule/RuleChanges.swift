import APITypes
import ArgumentParser
import Client

struct RuleAdopt: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt", abstract: "Take over a ready rule, with its tag.",
    discussion: """
        tagledger rule preview A4
        tagledger rule adopt A4 --set days=75 --on --reason "our customers buy every two months"
      """)

  @Argument(help: "A1 … A19; see rule ready.")
  var ready: String

  @OptionGroup var fields: ReadyFields

  @Option(
    help: ArgumentHelp("Another tag than its own.", valueName: "tag"), completion: tagCompletion)
  var tag: String?

  @Option(help: ArgumentHelp("Another name than its tag's.", valueName: "text"))
  var name: String?

  @Flag(name: .customLong("on"), help: "Switch it on at once.")
  var isOn = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    var draft = RuleDraft(
      name: name, enabled: isOn ? true : nil, reason: change.reason, dryRun: change.dryRunField)
    try fields.fill(&draft)
    if draft.language == nil { draft.language = session.words.language.rawValue }
    if let tag { draft.tag = try await session.finder.tag(tag).id }
    let receipt: RuleReceipt = try await session.client.send(
      .post, Paths.readyRule(ready), draft)
    try session.report(receipt) { session.words.ruleCreated(receipt.rule) }
  }
}

struct RuleCreate: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create a rule; off until it is switched on.",
    discussion: """
        tagledger rule create Risco 'days_since_order > 90' --tag Risco-90 --reason "reunião 3/5"
      """)

  @Argument(help: "The rule's name.")
  var name: String

  @Argument(help: "Who gets the tag, in the language of filters.")
  var filter: String

  @Option(
    help: ArgumentHelp("The tag that it decides.", valueName: "tag"), completion: tagCompletion)
  var tag: String

  @OptionGroup var fields: RuleFields

  @Flag(name: .customLong("on"), help: "Switch it on at once.")
  var isOn = false

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  var filters: [String?] { [filter] }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    var draft = RuleDraft(
      name: name, tag: try await session.finder.tag(tag).id, filter: filter,
      enabled: isOn ? true : nil, reason: change.reason, dryRun: change.dryRunField)
    try await fields.fill(&draft, session)
    let receipt: RuleReceipt = try await session.client.send(.post, Paths.rules, draft)
    try session.report(receipt) { session.words.ruleCreated(receipt.rule) }
  }
}

struct RuleRevise: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise", abstract: "Change a rule: its next version.")

  @Argument(help: "Name or id.")
  var rule: String

  @Option(help: ArgumentHelp("Who gets the tag from now on.", valueName: "filter"))
  var filter: String?

  @Option(help: ArgumentHelp("The new name.", valueName: "text"))
  var name: String?

  @Option(
    help: ArgumentHelp("The tag that it decides from now on.", valueName: "tag"),
    completion: tagCompletion)
  var tag: String?

  @OptionGroup var fields: RuleFields
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  var filters: [String?] { [filter] }

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let found = try await session.finder.rule(rule)
    var draft = RuleDraft(
      name: name, filter: filter, reason: change.reason, dryRun: change.dryRunField)
    if let tag { draft.tag = try await session.finder.tag(tag).id }
    try await fields.fill(&draft, session)
    let receipt: RuleReceipt = try await session.client.send(.patch, Paths.rule(found.id), draft)
    try session.report(receipt) { session.words.ruleRevised(receipt.rule) }
  }
}

struct RuleEnable: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable", abstract: "Switch a rule on.", aliases: ["on"])

  @Argument(help: "Name or id.")
  var rule: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let found = try await session.finder.rule(rule)
    let receipt: RuleReceipt = try await session.client.send(
      .post, Paths.ruleEnable(found.id),
      ReasonDraft(reason: change.reason, dryRun: change.dryRunField))
    try session.report(receipt) { session.words.ruleTurned(receipt.rule) }
  }
}

struct RuleDisable: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: "Switch a rule off; who has the tag keeps it.",
    aliases: ["off"])

  @Argument(help: "Name or id.")
  var rule: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let found = try await session.finder.rule(rule)
    let receipt: RuleReceipt = try await session.client.send(
      .post, Paths.ruleDisable(found.id),
      ReasonDraft(reason: change.reason, dryRun: change.dryRunField))
    try session.report(receipt) { session.words.ruleTurned(receipt.rule) }
  }
}

struct RuleRemove: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "Remove a rule; who has the tag keeps it.", aliases: ["rm"])

  @Argument(help: "Name or id.")
  var rule: String

  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let found = try await session.finder.rule(rule)
    let receipt: RuleReceipt = try await session.client.delete(Paths.rule(found.id), change)
    try session.report(receipt) { session.words.ruleRemoved(found.name) }
  }
}
