import APITypes
import Domain

extension RuleReceipt: Writable {}
extension RulePreviewDocument: Writable {}

extension RuleDocument {
  init(_ rule: Rule, in state: State, _ order: RuleOrder, _ language: Language) {
    func reference(_ id: TagID) -> Reference {
      let tag = (try? state.current(id)) ?? state.tag(id)
      return Reference(id: (tag?.id ?? id).rawValue, name: tag?.name.text)
    }
    let tag = reference(rule.tag)
    let exceptions = state.rules.exceptions(of: rule.id)
    self.init(
      id: rule.id.rawValue, name: rule.name, tag: tag,
      filter: rule.filter?.text(in: state) ?? rule.stored, otherwise: rule.otherwise.name,
      to: rule.otherwise.target.map(reference), enabled: rule.isEnabled, version: rule.version,
      ready: rule.ready, customers: state.members(of: TagID(tag.id)).count,
      exceptions: Exceptions(without: exceptions.off.count, with: exceptions.on.count),
      faults: state.faults(of: rule, in: order).map { fault in
        Fault(code: fault.code, sentence: language.tell(fault, in: state))
      })
  }
}

extension RuleDocument: Listed {
  static let columns = [
    "id", "name", "tag", "tag_name", "filter", "otherwise", "to", "enabled", "version", "ready",
    "customers", "faults",
  ]

  var cells: [String] {
    [
      "\(id)", name, "\(tag.id)", tag.name ?? "", filter, otherwise,
      to.map { "\($0.id)" } ?? "", enabled ? "true" : "false", "\(version)", ready ?? "",
      "\(customers)", faults.map(\.code).joined(separator: "; "),
    ]
  }
}

extension ReadyRuleDocument {
  init(_ ready: ReadyRule, _ language: StarterSet, in state: State) {
    self.init(
      id: ready.id, tag: ready.tagName(language, [:], limit: 100),
      filter: ready.example(language),
      parameters: ready.parameters.map {
        Parameter(name: $0.name, kind: $0.kind.rawValue, standard: $0.standard)
      }, rules: state.rules.present.filter { $0.ready == ready.id }.map(\.id.rawValue))
  }
}

extension ReadyRuleDocument: Listed {
  static let columns = ["id", "tag", "filter", "parameters", "rules"]

  var cells: [String] {
    [
      id, tag, filter,
      parameters.map { "\($0.name)=\($0.standard ?? "")" }.joined(separator: "; "),
      rules.map { "\($0)" }.joined(separator: "; "),
    ]
  }
}

extension Language {
  /// A rule as whoever does something, by its name of now.
  func rule(_ id: RuleID, version: Int64?, in state: State) -> String {
    let name = state.rules[id]?.name ?? "\(id.rawValue)"
    let number = version.map { " (\($0))" } ?? ""
    return switch self {
    case .en: "The rule “\(name)”\(number)"
    case .fr: "La règle « \(name) »\(number)"
    case .pt: "A regra “\(name)”\(number)"
    }
  }

  /// Why a rule does nothing.
  func tell(_ fault: RuleFault, in state: State) -> String {
    func tag(_ id: TagID) -> String { quoted(state.tag(id)?.name.text ?? "\(id.rawValue)") }
    func rule(_ id: RuleID) -> String { quoted(state.rules[id]?.name ?? "\(id.rawValue)") }
    switch fault {
    case .tagArchived(let id):
      return choose(
        "The tag \(tag(id)) is archived, and cannot be applied.",
        "L’étiquette \(tag(id)) est archivée, et ne peut pas être posée.",
        "A etiqueta \(tag(id)) está arquivada, e não pode ser aplicada.")
    case .tagDeleted(let id):
      return choose(
        "The tag \(tag(id)) has been deleted.", "L’étiquette \(tag(id)) a été supprimée.",
        "A etiqueta \(tag(id)) foi excluída.")
    case .tagShared(let id, let other):
      return choose(
        "The rule \(rule(other)) decides the tag \(tag(id)) already.",
        "La règle \(rule(other)) décide déjà de l’étiquette \(tag(id)).",
        "A regra \(rule(other)) já decide a etiqueta \(tag(id)).")
    case .cycle(let ring):
      let way = ring.map(rule).joined(separator: " → ")
      return choose(
        "The rules depend on each other in a circle: \(way).",
        "Les règles dépendent l’une de l’autre en cercle : \(way).",
        "As regras dependem umas das outras em círculo: \(way).")
    case .filterUnreadable:
      return choose(
        "This program cannot read the filter.", "Ce programme ne sait pas lire le filtre.",
        "Este programa não consegue ler o filtro.")
    }
  }

  private func quoted(_ name: String) -> String {
    self == .fr ? "« \(name) »" : "“\(name)”"
  }

  private func choose(_ english: String, _ french: String, _ portuguese: String) -> String {
    switch self {
    case .en: english
    case .fr: french
    case .pt: portuguese
    }
  }
}
