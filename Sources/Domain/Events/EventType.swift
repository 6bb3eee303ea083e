/// What an event says has happened. The numbers and the names are formats: they stand in the log for ever.
package enum EventType: Int16, CaseIterable, Hashable, Sendable {
  case tagCreated = 1
  case tagRenamed = 2
  case tagRecolored = 3
  case tagRevised = 4
  case tagMerged = 5
  case tagArchived = 6
  case tagRestored = 7
  case tagDeleted = 8
  case tagApplied = 9
  case tagRemoved = 10
  case tagDetailed = 11
  case tagUnmerged = 12
  case historyReopened = 13
  case customerRegistered = 20
  case customerRevised = 21
  case customerMerged = 22
  case customerErased = 23
  case customerUnmerged = 24
  case teamFounded = 30
  case operatorRegistered = 31
  case operatorRevised = 32
  case operatorArchived = 33
  case operatorRestored = 34
  case identityAdded = 35
  case identityRemoved = 36
  case tokenIssued = 37
  case tokenRevoked = 38
  case tokenUsed = 39
  case roleDefined = 40
  case roleRevised = 41
  case roleRemoved = 42
  case roleGranted = 43
  case grantRevoked = 44
  case commandRefused = 50
  case noticeAcknowledged = 60
  case ledgerContinued = 70
  case webhookCreated = 80
  case webhookRevised = 81
  case webhookRemoved = 82
  case orderPlaced = 90
  case orderPaid = 91
  case orderShipped = 92
  case orderCompleted = 93
  case orderCancelled = 94
  case orderReturned = 95
  case messageReceived = 96
  case messageSent = 97
  case broadcastReceived = 98
  case broadcastAnswered = 99
  case enquiryMade = 100
  case complaintOpened = 101
  case complaintResolved = 102
  case urgencyRaised = 103
  case urgencySettled = 104
  case spendRecorded = 105
  case accountRevised = 106
  case mappingSaved = 107
  case mappingRemoved = 108
  case tagUsed = 120
  case ruleCreated = 135
  case ruleRevised = 136
  case ruleEnabled = 137
  case ruleDisabled = 138
  case ruleRemoved = 139
  case ruleResumed = 140
  case segmentCreated = 125
  case segmentRevised = 126
  case segmentRemoved = 127
  case segmentRestored = 128
  case workDue = 129
  case workTaken = 130
  case workDone = 131
  case workSkipped = 132
  case workReopened = 133
  case rfmConfigured = 134

  /// The name an operator and an API caller use; `tagledger.NAME.v1` in the public form.
  package var name: String {
    switch self {
    case .tagCreated: "tag.created"
    case .tagRenamed: "tag.renamed"
    case .tagRecolored: "tag.recolored"
    case .tagRevised: "tag.revised"
    case .tagMerged: "tag.merged"
    case .tagArchived: "tag.archived"
    case .tagRestored: "tag.restored"
    case .tagDeleted: "tag.deleted"
    case .tagApplied: "tag.applied"
    case .tagRemoved: "tag.removed"
    case .tagDetailed: "tag.detailed"
    case .tagUnmerged: "tag.unmerged"
    case .historyReopened: "history.reopened"
    case .customerRegistered: "customer.registered"
    case .customerRevised: "customer.revised"
    case .customerMerged: "customer.merged"
    case .customerErased: "customer.erased"
    case .teamFounded: "team.founded"
    case .operatorRegistered: "operator.registered"
    case .operatorRevised: "operator.revised"
    case .operatorArchived: "operator.archived"
    case .operatorRestored: "operator.restored"
    case .identityAdded: "identity.added"
    case .identityRemoved: "identity.removed"
    case .tokenIssued: "token.issued"
    case .tokenRevoked: "token.revoked"
    case .tokenUsed: "token.used"
    case .roleDefined: "role.defined"
    case .roleRevised: "role.revised"
    case .roleRemoved: "role.removed"
    case .roleGranted: "role.granted"
    case .grantRevoked: "grant.revoked"
    case .commandRefused: "command.refused"
    case .noticeAcknowledged: "notice.acknowledged"
    case .ledgerContinued: "ledger.continued"
    case .webhookCreated: "webhook.created"
    case .webhookRevised: "webhook.revised"
    case .webhookRemoved: "webhook.removed"
    case .customerUnmerged: "customer.unmerged"
    case .orderPlaced: "order.placed"
    case .orderPaid: "order.paid"
    case .orderShipped: "order.shipped"
    case .orderCompleted: "order.completed"
    case .orderCancelled: "order.cancelled"
    case .orderReturned: "order.returned"
    case .messageReceived: "message.received"
    case .messageSent: "message.sent"
    case .broadcastReceived: "broadcast.received"
    case .broadcastAnswered: "broadcast.answered"
    case .enquiryMade: "enquiry.made"
    case .complaintOpened: "complaint.opened"
    case .complaintResolved: "complaint.resolved"
    case .urgencyRaised: "urgency.raised"
    case .urgencySettled: "urgency.settled"
    case .spendRecorded: "spend.recorded"
    case .accountRevised: "account.revised"
    case .mappingSaved: "mapping.saved"
    case .mappingRemoved: "mapping.removed"
    case .tagUsed: "tag.used"
    case .ruleCreated: "rule.created"
    case .ruleRevised: "rule.revised"
    case .ruleEnabled: "rule.enabled"
    case .ruleDisabled: "rule.disabled"
    case .ruleRemoved: "rule.removed"
    case .ruleResumed: "rule.resumed"
    case .segmentCreated: "segment.created"
    case .segmentRevised: "segment.revised"
    case .segmentRemoved: "segment.removed"
    case .segmentRestored: "segment.restored"
    case .workDue: "work.due"
    case .workTaken: "work.taken"
    case .workDone: "work.done"
    case .workSkipped: "work.skipped"
    case .workReopened: "work.reopened"
    case .rfmConfigured: "rfm.configured"
    }
  }

  /// Whether it changes who is in the team or what they may do.
  package var isOfTeam: Bool {
    (EventType.teamFounded.rawValue...EventType.grantRevoked.rawValue).contains(rawValue)
  }

  /// Whether it tells what a customer has done, or what was spent to gain customers.
  package var isOfFacts: Bool {
    (EventType.orderPlaced.rawValue...EventType.spendRecorded.rawValue).contains(rawValue)
  }

  /// Whether it is about whether one customer has one tag, or what is kept with that.
  package var isOfMembership: Bool {
    switch self {
    case .tagApplied, .tagRemoved, .tagDetailed, .historyReopened: true
    default: false
    }
  }

  /// Whether it takes something away that the last owner may need.
  var canCostOwner: Bool {
    switch self {
    case .operatorArchived, .identityRemoved, .tokenRevoked, .grantRevoked, .roleRemoved: true
    default: false
    }
  }

  /// The version of the shape of `data`; a new shape is a new version, never a rewritten event.
  package var version: Int {
    1
  }

  package init?(name: String) {
    guard let match = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}
