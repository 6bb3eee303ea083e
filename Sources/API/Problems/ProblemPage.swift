package import Domain

/// A problem as HTTP tells it: the one place where a refusal becomes a status and words.
package struct ProblemPage: Hashable, Sendable {
  package let status: Int
  package let code: String
  package let title: String
  package let detail: String
  package let extras: [String: JSON]

  package init(_ problem: Problem, in language: Language) {
    status = problem.status
    code = problem.code
    extras = problem.extras
    (title, detail) =
      switch language {
      case .en: problem.english
      case .fr: problem.french
      case .pt: problem.portuguese
      }
  }

  package init(_ refusal: Rejection, in language: Language) {
    status = refusal.status
    code = refusal.code
    extras = refusal.extras
    (title, detail) =
      switch language {
      case .en: refusal.english
      case .fr: refusal.french
      case .pt: refusal.portuguese
      }
  }

  /// Anything else that is thrown is a fault of the daemon, whose log names it.
  package init(_ error: any Error, in language: Language) {
    switch error {
    case let problem as Problem: self.init(problem, in: language)
    case let refusal as Rejection: self.init(refusal, in: language)
    default: self.init(Rejection.failed, in: language)
    }
  }

  /// The page of a problem in each language, by its code.
  @Sendable package static func inAllLanguages(_ problem: Problem) -> JSON? {
    .object(
      Dictionary(
        uniqueKeysWithValues: Language.allCases.map { language in
          (language.rawValue, ProblemPage(problem, in: language).json)
        }))
  }

  package var json: JSON {
    var members = extras
    members["type"] = "about:blank"
    members["title"] = .string(title)
    members["status"] = .int(Int64(status))
    members["detail"] = .string(detail)
    members["code"] = .string(code)
    return .object(members)
  }
}

extension Problem {
  var status: Int {
    switch self {
    case .tagNameEmpty, .tagNameTooLong, .tagNameHasControlCharacter, .colorUnknown,
      .dateUnreadable, .textTooLong, .customerNeedsName, .phoneUnreadable, .rowRepeated,
      .columnMissing, .columnRepeated, .cellMissing, .rowTooWide, .spreadsheetUnreadable,
      .tagMergedIntoItself, .customerMergedIntoItself, .eventTooLarge, .permissionUnknown,
      .textEmpty, .reasonMissing, .backupUnusable, .restoreRefused:
      422
    case .tagNameTaken, .tagNameArchived, .tagArchived, .tagCustomersMiscounted, .tagSetConflict,
      .phoneTaken, .refTaken, .jobNotResumable, .jobStopped, .dataInUse, .operatorNameTaken,
      .operatorArchived, .identityTaken, .roleNameTaken, .roleFixed, .teamLastOwner,
      .customerErased, .jobInTheWay, .undoImpossible, .pastReadOnly, .pastNotTold:
      409
    case .requestKeyReused, .webhookAddressRefused, .webhooksTooMany: 422
    case .filterInvalid, .filterTagUnknown, .filterTooLarge, .filterAsksPersonal: 422
    case .ruleFilterPersonal, .rulesTooMany, .readyRuleIncomplete: 422
    case .ruleNameTaken, .ruleCycle, .ruleTagTaken, .readyRuleAdopted: 409
    case .ruleNotFound, .readyRuleNotFound: 404
    case .ruleVersionChanged: 412
    case .requestRunning: 409
    case .factAhead, .currencyUnknown, .currencyForeign, .amountOutOfRange, .returnPositive: 422
    case .currencyFixed: 409
    case .mappingNotFound: 404
    case .requestAnswerGone: 410
    case .webhookNotFound, .webhookDeadNotFound, .commandNotFound: 404
    case .tagNotFound, .categoryEmpty, .customerNotFound, .jobNotFound, .seqNotFound,
      .noticeNotFound,
      .operatorNotFound, .tokenNotFound, .roleNotFound, .grantNotFound:
      404
    case .tagRevisionChanged, .customerRevisionChanged, .operatorRevisionChanged,
      .roleRevisionChanged, .webhookRevisionChanged:
      412
    case .credentialRefused: 401
    case .permissionMissing, .callerUnknown, .assertionRefused, .teamBeyondOwn, .tokenOutlasts: 403
    case .requestMalformed, .parameterUnreadable: 400
    case .segmentNotFound, .segmentNameTaken, .segmentRevisionChanged, .segmentsTooMany,
      .workNotDue, .workNotListed, .workTaken, .workSettled, .workOfRole, .timeZoneUnknown,
      .rfmUnusable, .rfmRevisionChanged, .rfmGroupNotFound, .rfmByQuantiles:
      statusOfSegments
    case .bodyTooLarge, .bulkTooLarge: 413
    case .storageFull: 507
    case .storageFailed, .logDamaged, .projectionDiffers, .readOnly, .shuttingDown: 503
    }
  }

  /// What helps to go on, as members beside those of RFC 9457.
  var extras: [String: JSON] {
    switch self {
    case .tagNameTooLong(_, let length, let limit):
      ["length": .int(Int64(length)), "limit": .int(Int64(limit))]
    case .tagNameTaken(_, let tag, _), .tagNameArchived(_, let tag, _), .tagArchived(let tag),
      .tagMergedIntoItself(let tag, _):
      ["tag": .int(Int64(tag.rawValue))]
    case .tagRevisionChanged(let tag, let expected, let actual):
      ["tag": .int(Int64(tag.rawValue)), "expected": .int(expected), "actual": .int(actual)]
    case .tagCustomersMiscounted(let tag, let given, let actual):
      [
        "tag": .int(Int64(tag.rawValue)), "given": .int(Int64(given)),
        "actual": .int(Int64(actual)),
      ]
    case .tagSetConflict(let tag, let other, let customers):
      [
        "tag": .int(Int64(tag.rawValue)), "other": .int(Int64(other.rawValue)),
        "customers": .int(Int64(customers)),
      ]
    case .textTooLong(let field, let length, let limit):
      [
        "field": .string(field), "length": .int(Int64(length)), "limit": .int(Int64(limit)),
      ]
    case .customerRevisionChanged(let customer, let expected, let actual):
      [
        "customer": .int(Int64(customer.rawValue)), "expected": .int(expected),
        "actual": .int(actual),
      ]
    case .customerMergedIntoItself(let customer), .phoneTaken(let customer),
      .refTaken(let customer), .customerErased(let customer):
      ["customer": .int(Int64(customer.rawValue))]
    case .bulkTooLarge(let count, let limit):
      ["count": .int(Int64(count)), "limit": .int(Int64(limit))]
    case .rowRepeated(let line): ["line": .int(Int64(line))]
    case .columnMissing(let column, let headings):
      ["column": .string(column), "headings": .array(headings.map(JSON.string))]
    case .cellMissing(let column): ["column": .string(column)]
    case .columnRepeated(let column, let field):
      ["column": .string(column), "field": .string(field)]
    case .rowTooWide(let cells, let headings):
      ["cells": .int(Int64(cells)), "headings": .int(Int64(headings))]
    case .permissionMissing, .callerUnknown, .credentialRefused, .assertionRefused,
      .operatorNameTaken, .operatorArchived, .operatorRevisionChanged, .identityTaken,
      .tokenOutlasts, .roleNameTaken, .roleFixed, .roleRevisionChanged, .permissionUnknown,
      .teamBeyondOwn, .textEmpty:
      extrasOfTeam
    case .filterInvalid, .filterTagUnknown, .filterTooLarge, .filterAsksPersonal: extrasOfFilter
    case .parameterUnreadable(let name, let value, let expected):
      ["parameter": .string(name), "value": .string(value), "expected": .string(expected.english)]
    case .ruleNotFound, .ruleNameTaken, .ruleVersionChanged, .ruleCycle, .ruleTagTaken,
      .ruleFilterPersonal, .rulesTooMany, .readyRuleNotFound, .readyRuleAdopted,
      .readyRuleIncomplete:
      extrasOfRules
    case .segmentNotFound, .segmentNameTaken, .segmentRevisionChanged, .segmentsTooMany,
      .workNotDue, .workNotListed, .workTaken, .workSettled, .workOfRole, .timeZoneUnknown,
      .rfmUnusable, .rfmRevisionChanged, .rfmGroupNotFound, .rfmByQuantiles:
      extrasOfSegments
    case .bodyTooLarge(let limit): ["limit": .int(Int64(limit))]
    case .jobInTheWay(let job, let kind): ["job": .string(job), "kind": .string(kind)]
    case .seqNotFound(let seq), .noticeNotFound(let seq),
      .webhookDeadNotFound(let seq):
      ["seq": .int(seq)]
    case .webhookRevisionChanged(let webhook, let expected, let actual):
      [
        "webhook": .int(Int64(webhook.rawValue)), "expected": .int(expected),
        "actual": .int(actual),
      ]
    case .webhooksTooMany(let limit): ["limit": .int(Int64(limit))]
    case .commandNotFound(let command): ["command": .string(command)]
    case .requestAnswerGone(let command, let seqs):
      [
        "command": .string(command.description),
        "seq": seqs.map { .array([.int($0.lowerBound), .int($0.upperBound)]) } ?? .null,
      ]
    case .factAhead, .currencyUnknown, .currencyForeign, .currencyFixed, .amountOutOfRange,
      .returnPositive, .mappingNotFound:
      extrasOfFacts
    case .undoImpossible(let type): ["type_of_event": .string(type.name)]
    case .eventTooLarge(let bytes, let limit):
      ["bytes": .int(Int64(bytes)), "limit": .int(Int64(limit))]
    case .pastReadOnly, .pastNotTold, .tagNameEmpty, .tagNameHasControlCharacter, .tagNotFound,
      .categoryEmpty, .colorUnknown,
      .dateUnreadable, .customerNotFound, .customerNeedsName, .reasonMissing, .phoneUnreadable,
      .requestMalformed,
      .spreadsheetUnreadable, .jobNotFound, .jobNotResumable, .jobStopped, .storageFull,
      .storageFailed, .logDamaged, .projectionDiffers, .readOnly, .dataInUse, .shuttingDown,
      .requestKeyReused, .requestRunning, .webhookNotFound, .webhookAddressRefused,
      .backupUnusable, .restoreRefused,
      .operatorNotFound, .tokenNotFound, .roleNotFound, .grantNotFound, .teamLastOwner:
      [:]
    }
  }
}

/// A name as a problem shows it: control characters stand as `·`.
func shown(_ name: String) -> String {
  String(
    String.UnicodeScalarView(
      name.unicodeScalars.map { $0.properties.generalCategory == .control ? "·" : $0 }))
}
