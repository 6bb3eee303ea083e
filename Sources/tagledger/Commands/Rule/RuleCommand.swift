import APITypes
import ArgumentParser
import Client

struct RuleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: said(
      en: "Let tags follow from what is known of customers.",
      pt: "Fazer as etiquetas seguirem o que se sabe dos clientes.",
      fr: "Faire suivre les étiquettes de ce qui est connu des clients."),
    discussion: said(
      en: """
        A rule gives its tag to whoever a filter matches, and takes it from whoever it no longer \
        matches. A tag that somebody takes away by hand stays away until the filter has not matched \
        once; one that somebody gives stays until it has matched once.

        Every change needs --reason, and is told to whoever works with the tag.
        """,
      pt: """
        Uma regra dá sua etiqueta a quem atende a um filtro, e a tira de quem deixa de \
        atender. A etiqueta que alguém tira à mão fica fora até que o filtro tenha deixado \
        de valer uma vez; a que alguém dá fica até que ele tenha valido uma vez.

        Toda mudança precisa de --reason, e é informada a quem trabalha com a etiqueta.
        """,
      fr: """
        Une règle donne son étiquette à qui correspond à un filtre, et la retire à qui n’y \
        correspond plus. L’étiquette que quelqu’un retire à la main reste absente jusqu’à ce \
        que le filtre ait cessé de correspondre une fois ; celle que quelqu’un donne reste \
        jusqu’à ce qu’il ait correspondu une fois.

        Chaque changement demande --reason, et est signalé à ceux qui se servent de \
        l’étiquette.
        """),
    subcommands: [
      RuleList.self, RuleShow.self, RuleReady.self, RuleAdopt.self, RuleCreate.self,
      RuleRevise.self, RuleEnable.self, RuleDisable.self, RuleRemove.self, RulePreview.self,
    ],
    aliases: ["rules"])
}

/// What becomes of who no longer matches.
struct RuleFields: ParsableArguments {
  @Option(
    help: .said(
      en: "For whom the filter no longer matches: remove or keep the tag.",
      pt: "Para quem deixa de atender ao filtro: remove (tirar) ou keep (manter) a etiqueta.",
      fr: """
        Pour qui ne correspond plus au filtre : remove (retirer) ou keep (garder) \
        l’étiquette.
        """, valueName: "remove|keep"),
    completion: .list(["remove", "keep"]))
  var otherwise: String?

  @Option(
    help: .said(
      en: "Move whom the filter no longer matches to this tag.",
      pt: "Mover para esta etiqueta quem deixa de atender ao filtro.",
      fr: "Faire passer à cette étiquette qui ne correspond plus au filtre.", valueName: "tag"),
    completion: tagCompletion)
  var moveTo: String?

  func validate() throws {
    if otherwise != nil, moveTo != nil {
      throw ValidationError(
        said(
          en: "--otherwise and --move-to exclude each other.",
          pt: "--otherwise e --move-to não se combinam.", fr: "--otherwise et --move-to s’excluent."
        ))
    }
  }

  func fill(_ draft: inout RuleDraft, _ session: Session) async throws {
    draft.otherwise = moveTo == nil ? otherwise : "move"
    if let moveTo { draft.to = try await session.finder.tag(moveTo).id }
  }
}

/// What a ready rule is taken over with.
struct ReadyFields: ParsableArguments {
  @Option(help: .tagLanguage, completion: .list(["pt", "fr", "en"]))
  var language: String?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: .said(
      en: "Other thresholds than the guide's.",
      pt: "Outros limites que não os do guia.",
      fr: "D’autres seuils que ceux du guide.", valueName: "name=value"))
  var parameters: [String] = []

  func fill(_ draft: inout RuleDraft) throws {
    draft.language = language
    if !parameters.isEmpty {
      let pairs = try Pairs.read(parameters, example: "--set days=45")
      draft.parameters = Dictionary(pairs.map { ($0.key, $0.value) }) { $1 }
    }
  }
}

extension Finder {
  /// Finds a rule by id or name.
  func rule(_ text: String) async throws -> RuleDocument {
    let found = try await one(
      .rule, text, id: { try await client.get(Paths.rule($0)) },
      name: { text in
        let page: Page<RuleDocument> = try await client.get(
          Paths.query(Paths.rules, ["name": text, "limit": "1"]))
        return page.items.first
      })
    guard let found else { throw Failure.ruleUnknown(text) }
    return found
  }
}

extension Session {
  func report(_ receipt: RuleReceipt, _ sentence: () -> String) throws {
    try report(receipt, ids: [String(receipt.rule.id)], sentence)
    remark(faults: receipt.rule.faults)
  }

  /// Says why a rule does nothing.
  func remark(faults: [RuleDocument.Fault]) {
    guard format == .text, !quiet else { return }
    for fault in faults { remark(paint("\(words.ruleFaulty). \(fault.sentence)", .warning)) }
  }
}
