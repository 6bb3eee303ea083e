import Domain

extension Telling {
  var portuguese: String {
    let sentence = portugueseAct
    if data["undo"] != nil { return sentence + " (desfazendo)" }
    guard let file else { return sentence }
    return sentence + " (segundo \(file))"
  }

  private var portugueseAct: String {
    switch type {
    case .tagCreated: return "\(actor) criou a etiqueta “\(tag)”"
    case .tagRenamed:
      return "\(actor) renomeou a etiqueta “\(text("from"))” para “\(text("to"))”"
    case .tagRecolored:
      return "\(actor) mudou a cor de “\(tag)” de \(color("from")) para \(color("to"))"
    case .tagRevised: return "\(actor) mudou \(fieldNames(Self.portugueseFields)) de “\(tag)”"
    case .tagMerged:
      let name =
        text("name") == "alias" ? "da qual o nome passa a ser apelido" : "e liberou o nome"
      return "\(actor) uniu “\(text("was"))” a “\(other)”, \(name): "
        + counted("moved", one: "passou", many: "passaram") + ", "
        + counted("collapsed", one: "tinha as duas", many: "tinham as duas")
    case .tagUnmerged:
      return "\(actor) separou “\(text("name"))” de “\(other)” de novo"
    case .tagArchived: return "\(actor) arquivou a etiqueta “\(tag)”"
    case .tagRestored: return "\(actor) restaurou a etiqueta “\(tag)”"
    case .tagDeleted:
      return "\(actor) excluiu a etiqueta “\(text("name"))”, "
        + "que \(Self.portuguese(number("customers")))"
    case .tagApplied:
      let details = details(data["details"])
      let act = "\(actor) aplicou “\(tag)” \(Self.joined("a", customer))"
      return details.isEmpty ? act : act + ": " + details
    case .tagRemoved:
      let act = "\(actor) retirou “\(tag)” \(Self.joined("de", customer))"
      guard let set = data["set"]?.string else { return act }
      return act + ", que só leva uma etiqueta de “\(set)” por vez"
    case .tagDetailed:
      let details = details(data["details"]?["to"])
      let act = "\(actor) mudou os detalhes de “\(tag)” \(Self.joined("em", customer))"
      return details.isEmpty ? act : act + ": " + details
    case .historyReopened:
      return
        "\(actor) reabriu o histórico importado de “\(tag)” \(Self.joined("em", customer))"
    case .customerRegistered: return "\(actor) cadastrou \(customer)"
    case .customerRevised:
      return "\(actor) mudou \(fieldNames(Self.portugueseFields)) \(Self.joined("de", customer))"
    case .customerErased:
      return "\(actor) apagou \(customer): quem era não existe mais, a história das etiquetas fica"
    case .customerUnmerged:
      return "\(actor) separou \(customer) \(Self.joined("de", other)) de novo"
    case .customerMerged:
      return "\(actor) uniu \(customer) \(Self.joined("a", other)): "
        + counted("moved", one: "etiqueta passou", many: "etiquetas passaram") + ", "
        + counted("collapsed", one: "estava nos dois", many: "estavam nos dois")
    case .teamFounded, .operatorRegistered, .operatorRevised, .operatorArchived,
      .operatorRestored, .identityAdded, .identityRemoved, .tokenIssued, .tokenRevoked,
      .tokenUsed, .roleDefined, .roleRevised, .roleRemoved, .roleGranted, .grantRevoked,
      .commandRefused:
      return portugueseOfTeam
    case .orderPlaced, .orderPaid, .orderShipped, .orderCompleted, .orderCancelled,
      .orderReturned, .messageReceived, .messageSent, .broadcastReceived, .broadcastAnswered,
      .enquiryMade, .complaintOpened, .complaintResolved, .urgencyRaised, .urgencySettled,
      .spendRecorded, .accountRevised, .mappingSaved, .mappingRemoved:
      return portugueseOfFacts
    case .ruleCreated, .ruleRevised, .ruleEnabled, .ruleDisabled, .ruleRemoved, .ruleResumed:
      return portugueseOfRule
    case .segmentCreated, .segmentRevised, .segmentRemoved, .segmentRestored, .workDue, .workTaken,
      .workDone, .workSkipped, .workReopened, .rfmConfigured:
      return portugueseOfSegments
    case .tagUsed:
      return counted(uses, one: "etiqueta foi usada", many: "etiquetas foram usadas")
        + " em filtros e exportações" + usedTags
    case .noticeAcknowledged:
      return "\(actor) leu " + counted(notices, one: "aviso", many: "avisos")
    case .ledgerContinued:
      return "\(actor) seguiu com uma cópia restaurada sob o nome “\(text("name"))”: "
        + "do que tinha sido assinado, restam \(number("agreed")) eventos"
    case .webhookCreated: return "\(actor) criou o webhook \(number("webhook")) para \(text("url"))"
    case .webhookRevised:
      if data.object?.count == 2, let paused = data["paused"]?["to"] {
        return "\(actor) \(paused == .bool(true) ? "pausou" : "retomou") o webhook "
          + "\(number("webhook"))"
      }
      return "\(actor) mudou o webhook \(number("webhook"))"
    case .webhookRemoved:
      return "\(actor) removeu o webhook \(number("webhook")) para \(text("url"))"
    }
  }

  /// A preposition and whom it goes with, run together where there is an article: "ao cliente 3".
  private static func joined(_ preposition: String, _ who: String) -> String {
    guard who.hasPrefix("o cliente ") else { return "\(preposition) \(who)" }
    let contractions = ["a": "ao", "de": "do", "em": "no"]
    return "\(contractions[preposition]!) \(who.dropFirst(2))"
  }

  private static func portuguese(_ customers: Int64) -> String {
    customers == 1 ? "1 cliente perdeu" : "\(customers) clientes perderam"
  }

  private static let portugueseFields = [
    "criterion": "o critério", "follow_up": "o acompanhamento", "set": "o conjunto",
    "ends": "a data final", "channel": "o canal", "name": "o nome", "phone": "o telefone",
    "notes": "as notas", "attributes": "os atributos", "needs": "as necessidades",
    "ref": "a referência",
  ]
}
