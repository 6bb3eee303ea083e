import APITypes
import ArgumentParser
import Client

struct RuleAdopt: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: said(
      en: "Take over a ready rule, with its tag.",
      pt: "Adotar uma regra pronta, com sua etiqueta.",
      fr: "Reprendre une règle toute prête, avec son étiquette."),
    discussion: """
        tagledger rule preview A4
        tagledger rule adopt A4 --set days=75 --on --reason "our customers buy every two months"
      """)

  @Argument(
    help: .said(
      en: "A1 … A19; see rule ready.",
      pt: "A1 … A19; veja rule ready.",
      fr: "A1 … A19 ; voir rule ready."))
  var ready: String

  @OptionGroup var fields: ReadyFields

  @Option(
    help: .said(
      en: "Another tag than its own.",
      pt: "Outra etiqueta que não a dela.",
      fr: "Une autre étiquette que la sienne.", valueName: "tag"), completion: tagCompletion)
  var tag: String?

  @Option(
    help: .said(
      en: "Another name than its tag's.",
      pt: "Outro nome que não o da etiqueta.",
      fr: "Un autre nom que celui de son étiquette.", valueName: "text"))
  var name: String?

  @Flag(name: .customLong("on"), help: .switchedOn)
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
    commandName: "create",
    abstract: said(
      en: "Create a rule; off until it is switched on.",
      pt: "Criar uma regra; desligada até ser ligada.",
      fr: "Créer une règle ; désactivée jusqu’à ce qu’on l’active."),
    discussion: """
        tagledger rule create Risco 'days_since_order > 90' --tag Risco-90 --reason "reunião 3/5"
      """)

  @Argument(
    help: .said(
      en: "The rule's name.",
      pt: "O nome da regra.",
      fr: "Le nom de la règle."))
  var name: String

  @Argument(
    help: .said(
      en: "Who gets the tag, in the language of filters.",
      pt: "Quem recebe a etiqueta, na linguagem dos filtros.",
      fr: "Qui reçoit l’étiquette, dans le langage des filtres."))
  var filter: String

  @Option(
    help: .said(
      en: "The tag that it decides.",
      pt: "A etiqueta que ela decide.",
      fr: "L’étiquette dont elle décide.", valueName: "tag"), completion: tagCompletion)
  var tag: String

  @OptionGroup var fields: RuleFields

  @Flag(name: .customLong("on"), help: .switchedOn)
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
    commandName: "revise",
    abstract: said(
      en: "Change a rule: its next version.",
      pt: "Alterar uma regra: sua próxima versão.",
      fr: "Modifier une règle : sa version suivante."))

  @Argument(help: .nameOrID)
  var rule: String

  @Option(
    help: .said(
      en: "Who gets the tag from now on.",
      pt: "Quem recebe a etiqueta a partir de agora.",
      fr: "Qui reçoit l’étiquette désormais.", valueName: "filter"))
  var filter: String?

  @Option(help: .newName)
  var name: String?

  @Option(
    help: .said(
      en: "The tag that it decides from now on.",
      pt: "A etiqueta que ela decide a partir de agora.",
      fr: "L’étiquette dont elle décide désormais.", valueName: "tag"),
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
    commandName: "enable",
    abstract: said(
      en: "Switch a rule on.",
      pt: "Ligar uma regra.",
      fr: "Activer une règle."), aliases: ["on"])

  @Argument(help: .nameOrID)
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
    commandName: "disable",
    abstract: said(
      en: "Switch a rule off; who has the tag keeps it.",
      pt: "Desligar uma regra; quem tem a etiqueta fica com ela.",
      fr: "Désactiver une règle ; qui a l’étiquette la garde."),
    aliases: ["off"])

  @Argument(help: .nameOrID)
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
    commandName: "remove",
    abstract: said(
      en: "Remove a rule; who has the tag keeps it.",
      pt: "Remover uma regra; quem tem a etiqueta fica com ela.",
      fr: "Retirer une règle ; qui a l’étiquette la garde."), aliases: ["rm"])

  @Argument(help: .nameOrID)
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
