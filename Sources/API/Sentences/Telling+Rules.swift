import Domain

/// Sentences about rules; what a rule does is told as what anybody does.
extension Telling {
  var englishOfRule: String {
    switch type {
    case .ruleCreated:
      "\(actor) created the rule “\(other)” for “\(tag)”"
        + (data["enabled"]?.bool == true ? " and switched it on" : "")
    case .ruleRevised: "\(actor) changed \(ruleFields(Self.english)) of the rule “\(other)”"
    case .ruleEnabled: "\(actor) switched the rule “\(other)” on"
    case .ruleDisabled: "\(actor) switched the rule “\(other)” off"
    case .ruleRemoved: "\(actor) removed the rule “\(other)”"
    default:
      "\(actor) decides about " + counted(exceptions, one: "customer", many: "customers")
        + " again, after what was done by hand"
    }
  }

  var frenchOfRule: String {
    switch type {
    case .ruleCreated:
      "\(actor) a créé la règle « \(other) » pour « \(tag) »"
        + (data["enabled"]?.bool == true ? " et l’a mise en marche" : "")
    case .ruleRevised: "\(actor) a modifié \(ruleFields(Self.french)) de la règle « \(other) »"
    case .ruleEnabled: "\(actor) a mis en marche la règle « \(other) »"
    case .ruleDisabled: "\(actor) a arrêté la règle « \(other) »"
    case .ruleRemoved: "\(actor) a retiré la règle « \(other) »"
    default:
      "\(actor) décide à nouveau pour "
        + counted(exceptions, one: "client", many: "clients", noughtIsOne: true)
        + ", après ce qui a été fait à la main"
    }
  }

  var portugueseOfRule: String {
    switch type {
    case .ruleCreated:
      "\(actor) criou a regra “\(other)” para “\(tag)”"
        + (data["enabled"]?.bool == true ? " e a ligou" : "")
    case .ruleRevised: "\(actor) mudou \(ruleFields(Self.portuguese)) da regra “\(other)”"
    case .ruleEnabled: "\(actor) ligou a regra “\(other)”"
    case .ruleDisabled: "\(actor) desligou a regra “\(other)”"
    case .ruleRemoved: "\(actor) removeu a regra “\(other)”"
    default:
      "\(actor) volta a decidir sobre " + counted(exceptions, one: "cliente", many: "clientes")
        + ", depois do que foi feito à mão"
    }
  }

  private var exceptions: Int64 {
    Int64(data["customers"]?.array?.count ?? 0)
  }

  private func ruleFields(_ names: [String: String]) -> String {
    changed.map { names[$0] ?? $0 }.joined(separator: ", ")
  }

  private static let english = [
    "name": "the name", "on": "the tag", "filter": "the filter",
    "otherwise": "what happens otherwise", "to": "the other tag",
  ]
  private static let french = [
    "name": "le nom", "on": "l’étiquette", "filter": "le filtre",
    "otherwise": "la suite contraire", "to": "l’autre étiquette",
  ]
  private static let portuguese = [
    "name": "o nome", "on": "a etiqueta", "filter": "o filtro",
    "otherwise": "o que acontece senão", "to": "a outra etiqueta",
  ]
}
