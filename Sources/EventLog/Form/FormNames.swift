internal import Domain

extension EventType {
  /// The `type` of the public form: `tagledger.NAME.vVERSION`, once more as bytes that need no copy.
  var formName: StaticString {
    switch self {
    case .tagCreated: "tagledger.tag.created.v1"
    case .tagRenamed: "tagledger.tag.renamed.v1"
    case .tagRecolored: "tagledger.tag.recolored.v1"
    case .tagRevised: "tagledger.tag.revised.v1"
    case .tagMerged: "tagledger.tag.merged.v1"
    case .tagArchived: "tagledger.tag.archived.v1"
    case .tagRestored: "tagledger.tag.restored.v1"
    case .tagDeleted: "tagledger.tag.deleted.v1"
    case .tagApplied: "tagledger.tag.applied.v1"
    case .tagRemoved: "tagledger.tag.removed.v1"
    case .tagDetailed: "tagledger.tag.detailed.v1"
    case .tagUnmerged: "tagledger.tag.unmerged.v1"
    case .customerRegistered: "tagledger.customer.registered.v1"
    case .customerRevised: "tagledger.customer.revised.v1"
    case .customerMerged: "tagledger.customer.merged.v1"
    case .customerErased: "tagledger.customer.erased.v1"
    case .teamFounded: "tagledger.team.founded.v1"
    case .operatorRegistered: "tagledger.operator.registered.v1"
    case .operatorRevised: "tagledger.operator.revised.v1"
    case .operatorArchived: "tagledger.operator.archived.v1"
    case .operatorRestored: "tagledger.operator.restored.v1"
    case .identityAdded: "tagledger.identity.added.v1"
    case .identityRemoved: "tagledger.identity.removed.v1"
    case .tokenIssued: "tagledger.token.issued.v1"
    case .tokenRevoked: "tagledger.token.revoked.v1"
    case .tokenUsed: "tagledger.token.used.v1"
    case .roleDefined: "tagledger.role.defined.v1"
    case .roleRevised: "tagledger.role.revised.v1"
    case .roleRemoved: "tagledger.role.removed.v1"
    case .roleGranted: "tagledger.role.granted.v1"
    case .grantRevoked: "tagledger.grant.revoked.v1"
    case .commandRefused: "tagledger.command.refused.v1"
    case .noticeAcknowledged: "tagledger.notice.acknowledged.v1"
    case .ledgerContinued: "tagledger.ledger.continued.v1"
    case .webhookCreated: "tagledger.webhook.created.v1"
    case .webhookRevised: "tagledger.webhook.revised.v1"
    case .webhookRemoved: "tagledger.webhook.removed.v1"
    case .customerUnmerged: "tagledger.customer.unmerged.v1"
    case .orderPlaced: "tagledger.order.placed.v1"
    case .orderPaid: "tagledger.order.paid.v1"
    case .orderShipped: "tagledger.order.shipped.v1"
    case .orderCompleted: "tagledger.order.completed.v1"
    case .orderCancelled: "tagledger.order.cancelled.v1"
    case .orderReturned: "tagledger.order.returned.v1"
    case .messageReceived: "tagledger.message.received.v1"
    case .messageSent: "tagledger.message.sent.v1"
    case .broadcastReceived: "tagledger.broadcast.received.v1"
    case .broadcastAnswered: "tagledger.broadcast.answered.v1"
    case .enquiryMade: "tagledger.enquiry.made.v1"
    case .complaintOpened: "tagledger.complaint.opened.v1"
    case .complaintResolved: "tagledger.complaint.resolved.v1"
    case .urgencyRaised: "tagledger.urgency.raised.v1"
    case .urgencySettled: "tagledger.urgency.settled.v1"
    case .spendRecorded: "tagledger.spend.recorded.v1"
    case .accountRevised: "tagledger.account.revised.v1"
    case .mappingSaved: "tagledger.mapping.saved.v1"
    case .mappingRemoved: "tagledger.mapping.removed.v1"
    case .ruleCreated: "tagledger.rule.created.v1"
    case .ruleRevised: "tagledger.rule.revised.v1"
    case .ruleEnabled: "tagledger.rule.enabled.v1"
    case .ruleDisabled: "tagledger.rule.disabled.v1"
    case .ruleRemoved: "tagledger.rule.removed.v1"
    case .ruleResumed: "tagledger.rule.resumed.v1"
    }
  }
}

extension Via {
  /// The name that stands in the public form, once more as bytes that need no copy.
  var formName: StaticString {
    switch self {
    case .system: "system"
    case .local: "local"
    case .token: "token"
    case .proxy: "proxy"
    case .rule: "rule"
    }
  }
}
