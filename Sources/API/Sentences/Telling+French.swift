import Domain

extension Telling {
  var french: String {
    let sentence = frenchAct
    if data["undo"] != nil { return sentence + " (annulation)" }
    guard let file else { return sentence }
    return sentence + " (d’après \(file))"
  }

  private var frenchAct: String {
    switch type {
    case .tagCreated: return "\(actor) a créé l’étiquette « \(tag) »"
    case .tagRenamed:
      return "\(actor) a renommé l’étiquette « \(text("from")) » en « \(text("to")) »"
    case .tagRecolored:
      return "\(actor) a changé la couleur de « \(tag) » de \(color("from")) en \(color("to"))"
    case .tagRevised: return "\(actor) a changé \(fieldNames(Self.frenchFields)) de « \(tag) »"
    case .tagMerged:
      let name =
        text("name") == "alias" ? "dont son nom devient un alias" : "et a libéré son nom"
      return "\(actor) a fusionné « \(text("was")) » dans « \(other) », \(name) : "
        + counted("moved", one: "est passé", many: "sont passés", noughtIsOne: true) + ", "
        + counted("collapsed", one: "avait les deux", many: "avaient les deux", noughtIsOne: true)
    case .tagUnmerged:
      return "\(actor) a de nouveau séparé « \(text("name")) » de « \(other) »"
    case .tagArchived: return "\(actor) a archivé l’étiquette « \(tag) »"
    case .tagRestored: return "\(actor) a restauré l’étiquette « \(tag) »"
    case .tagDeleted:
      return "\(actor) a supprimé l’étiquette « \(text("name")) », "
        + "que \(Self.french(number("customers")))"
    case .tagApplied:
      let details = details(data["details"])
      let act = "\(actor) a appliqué « \(tag) » \(Self.joined("à", customer))"
      return details.isEmpty ? act : act + " : " + details
    case .tagRemoved:
      let act = "\(actor) a enlevé « \(tag) » \(Self.joined("à", customer))"
      guard let set = data["set"]?.string else { return act }
      return act + ", qui ne porte qu’une étiquette de « \(set) » à la fois"
    case .tagDetailed:
      let details = details(data["details"]?["to"])
      let act = "\(actor) a changé les détails de « \(tag) » chez \(customer)"
      return details.isEmpty ? act : act + " : " + details
    case .historyReopened:
      return "\(actor) a rouvert l’historique importé de « \(tag) » chez \(customer)"
    case .customerRegistered: return "\(actor) a inscrit \(customer)"
    case .customerRevised:
      return "\(actor) a changé \(fieldNames(Self.frenchFields)) \(Self.joined("de", customer))"
    case .customerErased:
      return
        "\(actor) a effacé \(customer) : son identité est détruite, l’histoire de ses étiquettes reste"
    case .customerUnmerged:
      return "\(actor) a de nouveau séparé \(customer) \(Self.joined("de", other))"
    case .customerMerged:
      return "\(actor) a fusionné \(customer) dans \(other) : "
        + counted(
          "moved", one: "étiquette est passée", many: "étiquettes sont passées", noughtIsOne: true)
        + ", "
        + counted("collapsed", one: "était aux deux", many: "étaient aux deux", noughtIsOne: true)
    case .teamFounded, .operatorRegistered, .operatorRevised, .operatorArchived,
      .operatorRestored, .identityAdded, .identityRemoved, .tokenIssued, .tokenRevoked,
      .tokenUsed, .roleDefined, .roleRevised, .roleRemoved, .roleGranted, .grantRevoked,
      .commandRefused:
      return frenchOfTeam
    case .orderPlaced, .orderPaid, .orderShipped, .orderCompleted, .orderCancelled,
      .orderReturned, .messageReceived, .messageSent, .broadcastReceived, .broadcastAnswered,
      .enquiryMade, .complaintOpened, .complaintResolved, .urgencyRaised, .urgencySettled,
      .spendRecorded, .accountRevised, .mappingSaved, .mappingRemoved:
      return frenchOfFacts
    case .ruleCreated, .ruleRevised, .ruleEnabled, .ruleDisabled, .ruleRemoved, .ruleResumed:
      return frenchOfRule
    case .segmentCreated, .segmentRevised, .segmentRemoved, .segmentRestored, .workDue, .workTaken,
      .workDone, .workSkipped, .workReopened, .rfmConfigured:
      return frenchOfSegments
    case .tagUsed:
      return counted(uses, one: "étiquette a", many: "étiquettes ont")
        + " servi dans des filtres et des exports" + (other.isEmpty ? "" : " : \(other)")
    case .noticeAcknowledged:
      return "\(actor) a lu " + counted(notices, one: "avis", many: "avis")
    case .ledgerContinued:
      return "\(actor) a repris une copie restaurée sous le nom « \(text("name")) » : "
        + "de ce qui avait été signé, il reste \(number("agreed")) événements"
    case .webhookCreated:
      return "\(actor) a créé le webhook \(number("webhook")) vers \(text("url"))"
    case .webhookRevised:
      if data.object?.count == 2, let paused = data["paused"]?["to"] {
        return "\(actor) \(paused == .bool(true) ? "a suspendu" : "a repris") le webhook "
          + "\(number("webhook"))"
      }
      return "\(actor) a modifié le webhook \(number("webhook"))"
    case .webhookRemoved:
      return "\(actor) a retiré le webhook \(number("webhook")) vers \(text("url"))"
    }
  }

  /// A preposition and whom it goes with: "au client 3", "d’Ana".
  private static func joined(_ preposition: String, _ who: String) -> String {
    if who.hasPrefix("le client ") {
      return "\(preposition == "à" ? "au" : "du") \(who.dropFirst(3))"
    }
    // An h is left alone, since it may be aspirated.
    let first = who.prefix(1).lowercased().unicodeScalars.first.map { "\($0)" } ?? ""
    guard preposition == "de", "aeiouyàâéèêëîïôöù".contains(first) else {
      return "\(preposition) \(who)"
    }
    return "d’\(who)"
  }

  private static func french(_ customers: Int64) -> String {
    customers == 1 ? "1 client a perdue" : "\(customers) clients ont perdue"
  }

  private static let frenchFields = [
    "criterion": "le critère", "follow_up": "la suite à donner", "set": "l’ensemble",
    "ends": "la date de fin", "channel": "le canal", "name": "le nom", "phone": "le téléphone",
    "notes": "les notes", "attributes": "les attributs", "needs": "les besoins",
    "ref": "la référence",
  ]
}
