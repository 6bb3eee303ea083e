/// Why something is refused: what is wrong, in words that say what to do, and a code that never changes.
package enum Problem: Error, Hashable, Sendable {
  // Names and tags
  case tagNameEmpty
  case tagNameTooLong(String, length: Int, limit: Int)
  case tagNameHasControlCharacter(String)
  case tagNameTaken(String, by: TagID, asAlias: Bool = false)
  case tagNameArchived(String, by: TagID, asAlias: Bool = false)
  case tagNotFound(String)
  case tagArchived(TagID)
  case tagMergedIntoItself(TagID, name: String)
  case tagRevisionChanged(TagID, expected: Int64, actual: Int64)
  case tagCustomersMiscounted(TagID, given: Int, actual: Int)
  case tagSetConflict(TagID, with: TagID, customers: Int)
  case categoryEmpty(String)
  case colorUnknown(String)
  case dateUnreadable(String)
  case textTooLong(field: String, length: Int, limit: Int)

  // Customers
  case customerNotFound(String)
  case customerRevisionChanged(CustomerID, expected: Int64, actual: Int64)
  case customerMergedIntoItself(CustomerID)
  case customerNeedsName
  case customerErased(CustomerID)
  case reasonMissing
  case phoneUnreadable(String)
  case phoneTaken(by: CustomerID)
  case refTaken(by: CustomerID)
  case bulkTooLarge(count: Int, limit: Int)
  case rowRepeated(line: Int)
  case columnMissing(String, headings: [String])
  case cellMissing(String)
  /// Several columns are headed so, and one of them would be taken for the field.
  case columnRepeated(String, field: String)
  /// A row holds something behind the last heading.
  case rowTooWide(cells: Int, headings: Int)
  case spreadsheetUnreadable(SpreadsheetFault)

  // Facts
  /// It is said to have happened at a time that is yet to come.
  case factAhead(Timestamp)
  case currencyUnknown(String)
  case currencyForeign(String, account: String)
  /// There are amounts in this currency already.
  case currencyFixed(String)
  /// In minor units; also one that is negative.
  case amountOutOfRange(Int64)
  /// The number is that of a cancellation, but nothing came back.
  case returnPositive(String)
  case mappingNotFound(String)

  // Permission
  case permissionMissing(MissingPermission)
  /// Whom to ask follows: operators who manage the team.
  case callerUnknown(ask: [String])
  case credentialRefused(CredentialFault)
  case assertionRefused(uid: UInt32)

  // The team
  case operatorNotFound(String)
  case operatorNameTaken(String, by: OperatorID)
  case operatorArchived(OperatorID)
  case operatorRevisionChanged(OperatorID, expected: Int64, actual: Int64)
  case identityTaken(String, by: OperatorID)
  case tokenNotFound(String)
  case tokenOutlasts(Timestamp)
  case roleNotFound(String)
  case roleNameTaken(String, by: RoleID)
  case roleFixed(RoleID)
  case roleRevisionChanged(RoleID, expected: Int64, actual: Int64)
  case permissionUnknown(String)
  case grantNotFound(String)
  case teamBeyondOwn([String])
  case teamLastOwner
  case textEmpty(field: String)

  // Requests
  case requestMalformed(String)
  case parameterUnreadable(name: String, value: String, expected: Expected)
  case bodyTooLarge(limit: Int)
  case jobNotFound(String)
  case jobNotResumable(String)
  case jobStopped
  /// Two kinds of work that must not meet: the job that is under way, and its kind.
  case jobInTheWay(String, kind: String)
  case seqNotFound(Int64)
  case noticeNotFound(Int64)
  /// The `Idempotency-Key` was that of another request.
  case requestKeyReused
  /// The request of this `Idempotency-Key` is still being worked at.
  case requestRunning
  /// The request has been carried out before, but what it was about has changed too much to be shown.
  case requestAnswerGone(CommandID, seqs: ClosedRange<Int64>?)

  // Webhooks
  case webhookNotFound(String)
  case webhookAddressRefused(String)
  case webhookRevisionChanged(WebhookID, expected: Int64, actual: Int64)
  case webhooksTooMany(limit: Int)
  case webhookDeadNotFound(Int64)
  case commandNotFound(String)
  case undoImpossible(EventType)
  case pastReadOnly
  case pastNotTold(String)

  // Filters
  /// Where it goes wrong, in characters from 1, what stands there, and what could have.
  case filterInvalid(position: Int, found: String, expected: [FilterExpectation])
  case filterTagUnknown(String, position: Int, suggestions: [String])
  case filterTooLarge(FilterLimit)
  case filterAsksPersonal
  // Rules
  case ruleNotFound(String)
  case ruleNameTaken(String, by: RuleID)
  case ruleVersionChanged(RuleID, expected: Int64, actual: Int64)
  /// The rules that depend on each other, by their names; the first stands at both ends.
  case ruleCycle([String])
  /// Another rule that is switched on decides the tag already.
  case ruleTagTaken(TagID, name: String, by: RuleID, rule: String)
  case ruleFilterPersonal
  case rulesTooMany(limit: Int)
  case readyRuleNotFound(String)
  /// A rule of that name has been made from the ready rule already, for the same tag.
  case readyRuleAdopted(ready: String, by: RuleID, rule: String)
  /// The ready rule needs a word of the shop's own.
  case readyRuleIncomplete(ready: String, parameter: String)

  // Segments and RFM
  case segmentNotFound(String)
  case segmentNameTaken(String, by: SegmentID)
  case segmentRevisionChanged(SegmentID, expected: Int64, actual: Int64)
  case segmentsTooMany(limit: Int)
  /// No list of the segment has fallen due yet.
  case workNotDue(SegmentID)
  case workNotListed(CustomerID, on: SegmentID)
  case workTaken(CustomerID, by: OperatorID)
  /// It is done or skipped already; by nobody of the team where that was root.
  case workSettled(CustomerID, by: OperatorID?)
  /// The list is the work of another role.
  case workOfRole(RoleID)
  case timeZoneUnknown(String)
  case rfmUnusable(field: String, expected: Expected)
  case rfmRevisionChanged(expected: Int64, actual: Int64)
  case rfmGroupNotFound(String, known: [String])
  /// Rules ask for RFM groups only where these are by thresholds.
  case rfmByQuantiles

  // Storage
  case eventTooLarge(bytes: Int, limit: Int)
  case storageFull
  case storageFailed(String)
  case logDamaged(String)
  case projectionDiffers(String)
  case readOnly(String)
  case dataInUse(String)
  case backupUnusable(String)
  case restoreRefused(String)
  case shuttingDown
}

/// Why a token does not open anything here. The raw values are formats.
package enum CredentialFault: String, CaseIterable, Hashable, Sendable {
  case unknown
  case malformed
  case expired
  case revoked
  /// Its operator has been archived.
  case archived
  /// It is bound to another user of this machine.
  case otherUser = "other_user"
  /// The user who presents it is an operator themselves, and another one.
  case otherOperator = "other_operator"
}
