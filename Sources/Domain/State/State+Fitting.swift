extension State {
  /// Whether an event read from the log can follow this state.
  ///
  /// `evolve` trusts what it is given. A row whose hash has not been checked may have been damaged on
  /// disk, and is asked about first: one that does not fit is a damaged log, not a crash.
  package func fits(_ type: EventType, tag: TagID?, customer: CustomerID?, data: JSON?) -> Bool {
    switch type {
    case .tagApplied, .tagRemoved, .tagDetailed, .historyReopened:
      isKnown(tag) && isKnown(customer)
    case .tagCreated:
      tag?.index == tags.count && data?["name"]?.string != nil && hasColor(data?["color"])
    case .tagRenamed:
      isKnown(tag) && data?["to"]?.string != nil
    case .tagRecolored:
      isKnown(tag) && hasColor(data?["to"])
    case .tagRevised:
      isKnown(tag) && data != nil
    case .tagArchived, .tagRestored, .tagDeleted:
      isKnown(tag)
    case .tagMerged:
      isListed(tag) && data?["name"]?.string != nil && isListed(into(data).map { TagID($0) })
        && into(data) != tag?.rawValue
    case .tagUnmerged:
      isKnown(tag) && !isListed(tag) && data?["name"]?.string != nil
        && isKnown(from(data).map { TagID($0) })
    case .customerUnmerged:
      isKnown(customer) && isKnown(from(data).map { CustomerID($0) })
        && customers[customer!.index].mergedInto == from(data)
    case .customerRegistered:
      customer?.index == customers.count
    case .customerRevised:
      isKnown(customer)
    case .customerErased:
      isKnown(customer) && !erased.contains(customer!)
    case .customerMerged:
      isPresent(customer) && isPresent(into(data).map { CustomerID($0) })
        && into(data) != customer?.rawValue
    case .teamFounded, .operatorRegistered, .operatorRevised, .operatorArchived,
      .operatorRestored, .identityAdded, .identityRemoved, .tokenIssued, .tokenRevoked,
      .tokenUsed, .roleDefined, .roleRevised, .roleRemoved, .roleGranted, .grantRevoked:
      TeamChange(type, data).map(team.fits) ?? false
    case .noticeAcknowledged:
      OperatorID(json: data?["operator"]).flatMap { team[$0] } != nil
        && data?["notices"]?.array?.allSatisfy { $0.int != nil } == true
    case .commandRefused:
      true
    case .ledgerContinued:
      tag == nil && customer == nil
    case .orderPlaced, .orderPaid, .orderShipped, .orderCompleted, .orderCancelled,
      .orderReturned, .messageReceived, .messageSent, .broadcastReceived, .broadcastAnswered,
      .enquiryMade, .complaintOpened, .complaintResolved, .urgencyRaised, .urgencySettled,
      .spendRecorded, .accountRevised, .mappingSaved, .mappingRemoved:
      fitsFact(type, customer, data)
    case .tagUsed: fitsUses(data)
    case .webhookCreated, .webhookRevised, .webhookRemoved:
      fitsWebhook(type, data)
    case .ruleCreated, .ruleRevised, .ruleEnabled, .ruleDisabled, .ruleRemoved, .ruleResumed:
      fitsRule(type, data)
    case .segmentCreated, .segmentRevised, .segmentRemoved, .segmentRestored, .workDue, .workTaken,
      .workDone, .workSkipped, .workReopened, .rfmConfigured:
      SegmentChange(type, customer: customer, data).map(fits) ?? false
    }
  }

  private func isKnown(_ tag: TagID?) -> Bool {
    guard let tag else { return false }
    return tags.indices.contains(tag.index)
  }

  private func isKnown(_ customer: CustomerID?) -> Bool {
    guard let customer else { return false }
    return customer.index >= 0 && customer.index < customers.count
  }

  /// Merging what has been merged could lead round in a circle.
  private func isListed(_ tag: TagID?) -> Bool {
    isKnown(tag) && tags[tag!.index].isListed
  }

  private func isPresent(_ customer: CustomerID?) -> Bool {
    isKnown(customer) && customers[customer!.index].mergedInto == 0
  }

  private func into(_ data: JSON?) -> Int32? {
    data?["into"]?.int.flatMap(Int32.init(exactly:))
  }

  private func from(_ data: JSON?) -> Int32? {
    data?["from"]?.int.flatMap(Int32.init(exactly:))
  }

  private func hasColor(_ json: JSON?) -> Bool {
    json.flatMap(TagColor.init(json:)) != nil
  }
}
