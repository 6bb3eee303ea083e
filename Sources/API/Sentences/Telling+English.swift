import Domain

extension Telling {
  var english: String {
    let sentence = englishAct
    if data["undo"] != nil { return sentence + " (undoing)" }
    guard let file else { return sentence }
    return sentence + " (from \(file))"
  }

  private var englishAct: String {
    switch type {
    case .tagCreated: return "\(actor) created the tag “\(tag)”"
    case .tagRenamed:
      return "\(actor) renamed the tag “\(text("from"))” to “\(text("to"))”"
    case .tagRecolored:
      return "\(actor) changed the colour of “\(tag)” from \(color("from")) to \(color("to"))"
    case .tagRevised: return "\(actor) changed \(fieldNames(Self.englishFields)) of “\(tag)”"
    case .tagMerged:
      let name =
        text("name") == "alias" ? "whose alias its name now is" : "and released its name"
      return "\(actor) merged “\(text("was"))” into “\(other)”, \(name): "
        + "\(number("moved")) moved, \(number("collapsed")) had both"
    case .tagUnmerged: return "\(actor) took “\(text("name"))” out of “\(other)” again"
    case .tagArchived: return "\(actor) archived the tag “\(tag)”"
    case .tagRestored: return "\(actor) restored the tag “\(tag)”"
    case .tagDeleted:
      return
        "\(actor) deleted the tag “\(text("name"))”, which \(Self.english(number("customers")))"
        + " lost"
    case .tagApplied:
      let details = details(data["details"])
      let act = "\(actor) applied “\(tag)” to \(customer)"
      return details.isEmpty ? act : act + ": " + details
    case .tagRemoved:
      let act = "\(actor) removed “\(tag)” from \(customer)"
      guard let set = data["set"]?.string else { return act }
      return act + ", who holds one tag of “\(set)” at a time"
    case .tagDetailed:
      let details = details(data["details"]?["to"])
      let act = "\(actor) changed the details of “\(tag)” at \(customer)"
      return details.isEmpty ? act : act + ": " + details
    case .historyReopened:
      return "\(actor) opened the imported history of “\(tag)” at \(customer) again"
    case .customerRegistered: return "\(actor) registered \(customer)"
    case .customerRevised:
      return "\(actor) changed \(fieldNames(Self.englishFields)) of \(customer)"
    case .customerErased:
      return "\(actor) erased \(customer): who they were is gone, the history of their tags stays"
    case .customerUnmerged: return "\(actor) parted \(customer) from \(other) again"
    case .customerMerged:
      return "\(actor) merged \(customer) into \(other): "
        + counted("moved", one: "tag moved", many: "tags moved") + ", "
        + counted("collapsed", one: "was on both", many: "were on both")
    case .teamFounded, .operatorRegistered, .operatorRevised, .operatorArchived,
      .operatorRestored, .identityAdded, .identityRemoved, .tokenIssued, .tokenRevoked,
      .tokenUsed, .roleDefined, .roleRevised, .roleRemoved, .roleGranted, .grantRevoked,
      .commandRefused:
      return englishOfTeam
    case .orderPlaced, .orderPaid, .orderShipped, .orderCompleted, .orderCancelled,
      .orderReturned, .messageReceived, .messageSent, .broadcastReceived, .broadcastAnswered,
      .enquiryMade, .complaintOpened, .complaintResolved, .urgencyRaised, .urgencySettled,
      .spendRecorded, .accountRevised, .mappingSaved, .mappingRemoved:
      return englishOfFacts
    case .ruleCreated, .ruleRevised, .ruleEnabled, .ruleDisabled, .ruleRemoved, .ruleResumed:
      return englishOfRule
    case .segmentCreated, .segmentRevised, .segmentRemoved, .segmentRestored, .workDue, .workTaken,
      .workDone, .workSkipped, .workReopened, .rfmConfigured:
      return englishOfSegments
    case .tagUsed:
      return counted(uses, one: "tag was", many: "tags were") + " used in filters and exports"
        + usedTags
    case .noticeAcknowledged:
      return "\(actor) read " + counted(notices, one: "notice", many: "notices")
    case .ledgerContinued:
      return "\(actor) went on with a restored copy under the name “\(text("name"))”: "
        + "of what had been signed, \(number("agreed")) events remain"
    case .webhookCreated: return "\(actor) created webhook \(number("webhook")) to \(text("url"))"
    case .webhookRevised:
      if data.object?.count == 2, let paused = data["paused"]?["to"] {
        return "\(actor) \(paused == .bool(true) ? "paused" : "resumed") webhook "
          + "\(number("webhook"))"
      }
      return "\(actor) changed webhook \(number("webhook"))"
    case .webhookRemoved: return "\(actor) removed webhook \(number("webhook")) to \(text("url"))"
    }
  }

  private static func english(_ customers: Int64) -> String {
    customers == 1 ? "1 customer" : "\(customers) customers"
  }

  private static let englishFields = [
    "criterion": "the criterion", "follow_up": "the follow-up", "set": "the set",
    "ends": "the end date", "channel": "the channel", "name": "the name", "phone": "the phone",
    "notes": "the notes", "attributes": "the attributes", "needs": "the needs",
    "ref": "the reference",
  ]
}
