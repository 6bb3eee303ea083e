import APITypes
import ArgumentParser
import Client

struct RulePreview: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: said(
      en: "Tell who would gain or lose the tag, and how many would have had it.",
      pt: "Dizer quem ganharia ou perderia a etiqueta, e quantos a teriam tido.",
      fr: "Dire qui gagnerait ou perdrait l’étiquette, et combien l’auraient eue."),
    discussion: """
        tagledger rule preview A4
        tagledger rule preview Risco --filter 'days_since_order > 75'
        tagledger rule preview --tag VIP --filter 'spent > 20000' --losing
      """)

  @Argument(
    help: .said(
      en: "A ready rule, A1 … A19, or a rule as it would be changed, by name or id.",
      pt: "Uma regra pronta, A1 … A19, ou uma regra como seria alterada, pelo nome ou id.",
      fr: """
        Une règle toute prête, A1 … A19, ou une règle telle qu’elle serait modifiée, par nom \
        ou identifiant.
        """))
  var rule: String?

  @Option(
    help: .said(
      en: "The tag.",
      pt: "A etiqueta.",
      fr: "L’étiquette.", valueName: "tag"), completion: tagCompletion)
  var tag: String?

  @Option(
    help: .said(
      en: "Who would get the tag.",
      pt: "Quem receberia a etiqueta.",
      fr: "Qui recevrait l’étiquette.", valueName: "filter"))
  var filter: String?

  @OptionGroup var readyFields: ReadyFields
  @OptionGroup var fields: RuleFields

  @Flag(
    help: .said(
      en: "List who would lose the tag instead of who would gain it.",
      pt: "Listar quem perderia a etiqueta, em vez de quem a ganharia.",
      fr: "Lister qui perdrait l’étiquette, au lieu de qui la gagnerait."))
  var losing = false

  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if rule == nil, tag == nil || filter == nil {
      throw ValidationError(
        said(
          en: "Say what to preview: a rule, or --tag and --filter.",
          pt: "Diga de que fazer a prévia: uma regra, ou --tag e --filter.",
          fr: "Dites de quoi faire l’aperçu : une règle, ou --tag et --filter."))
    }
  }

  /// The ready rule that is meant; nil for a rule of the team's own.
  private var ready: String? {
    rule?.wholeMatch(of: /[Aa]\d{1,2}/).map { $0.output.uppercased() }
  }

  var filters: [String?] { [filter] }

  func perform(in session: Session) async throws {
    var draft = RuleDraft(filter: filter)
    if let rule, ready == nil { draft.rule = try await session.finder.rule(rule).id }
    if let tag { draft.tag = try await session.finder.tag(tag).id }
    draft.ready = ready
    try readyFields.fill(&draft)
    if ready != nil, draft.language == nil { draft.language = session.words.language.rawValue }
    try await fields.fill(&draft, session)
    draft.list = losing ? "lose" : "gain"
    draft.limit = limits.limit(default: 20).map(Int64.init) ?? 1000
    var preview: RulePreviewDocument = try await session.client.send(
      .post, Paths.rulePreview, draft)
    while limits.limit(default: 20) == nil, let next = preview.next {
      draft.after = next
      let more: RulePreviewDocument = try await session.client.send(
        .post, Paths.rulePreview, draft)
      preview.customers += more.customers
      preview.next = more.next
    }
    session.show(preview, previewColumns) {
      previewText(preview, losing: losing, session.words, session.paint)
    }
    session.remark(faults: preview.faults)
  }
}
