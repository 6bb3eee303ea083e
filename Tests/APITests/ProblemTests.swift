import APITypes
import Domain
import Testing

@testable import API

struct ProblemTests {
  /// One of each; a case that is missing here is found by the compiler in `Problem.code`, not here,
  /// so the count is held against the source.
  private static let problems: [Problem] = [
    .tagNameEmpty, .tagNameTooLong("x", length: 21, limit: 20), .tagNameHasControlCharacter("a\tb"),
    .tagNameTaken("x", by: TagID(1)), .tagNameArchived("x", by: TagID(1)), .tagNotFound("x"),
    .tagArchived(TagID(1)), .tagMergedIntoItself(TagID(1), name: "x"),
    .tagRevisionChanged(TagID(1), expected: 1, actual: 2),
    .tagCustomersMiscounted(TagID(1), given: 1, actual: 2),
    .tagSetConflict(TagID(1), with: TagID(2), customers: 3), .categoryEmpty("x"),
    .colorUnknown("x"), .dateUnreadable("x"), .textTooLong(field: "x", length: 2, limit: 1),
    .customerNotFound("x"), .customerRevisionChanged(CustomerID(1), expected: 1, actual: 2),
    .customerMergedIntoItself(CustomerID(1)), .customerNeedsName,
    .customerErased(CustomerID(1)), .reasonMissing, .jobInTheWay("x", kind: "y"),
    .phoneUnreadable("x"),
    .phoneTaken(by: CustomerID(1)), .refTaken(by: CustomerID(1)),
    .bulkTooLarge(count: 2, limit: 1), .rowRepeated(line: 1),
    .columnMissing("x", headings: ["y"]), .cellMissing("x"),
    .columnRepeated("x", field: "y"), .rowTooWide(cells: 3, headings: 2),
    .spreadsheetUnreadable(.empty),
    .permissionMissing(MissingPermission(.tagsMerge, .category("x"), givers: ["y"])),
    .callerUnknown(ask: ["x"]), .credentialRefused(.expired), .assertionRefused(uid: 33),
    .operatorNotFound("x"), .operatorNameTaken("x", by: OperatorID(1)),
    .operatorArchived(OperatorID(1)),
    .operatorRevisionChanged(OperatorID(1), expected: 1, actual: 2),
    .identityTaken("x", by: OperatorID(1)), .tokenNotFound("x"),
    .tokenOutlasts(Timestamp(microseconds: 0)), .roleNotFound("x"),
    .roleNameTaken("x", by: RoleID(1)), .roleFixed(.owner),
    .roleRevisionChanged(RoleID(2), expected: 1, actual: 2), .permissionUnknown("x"),
    .grantNotFound("x"), .teamBeyondOwn(["x"]), .teamLastOwner, .textEmpty(field: "x"),
    .requestMalformed("x"),
    .parameterUnreadable(name: "x", value: "y", expected: "z"), .bodyTooLarge(limit: 1),
    .jobNotFound("x"), .jobNotResumable("x"), .jobStopped, .seqNotFound(1),
    .requestKeyReused, .requestRunning,
    .requestAnswerGone(CommandID("0190163d-8694-739b-aea5-966c26f8ad91")!, seqs: 1...2),
    .webhookNotFound("x"), .webhookAddressRefused("x"),
    .webhookRevisionChanged(WebhookID(1), expected: 1, actual: 2), .webhooksTooMany(limit: 1),
    .webhookDeadNotFound(1),
    .factAhead(Timestamp(microseconds: 0)), .currencyUnknown("x"),
    .currencyForeign("USD", account: "BRL"), .currencyFixed("BRL"), .amountOutOfRange(-1),
    .returnPositive("C1"),
    .mappingNotFound("x"),
    .filterInvalid(position: 1, found: "x", expected: [.kind(.condition)]),
    .filterTagUnknown("x", position: 1, suggestions: ["y"]), .filterTooLarge(.depth),
    .filterAsksPersonal,
    .ruleNotFound("x"), .ruleNameTaken("x", by: RuleID(1)),
    .ruleVersionChanged(RuleID(1), expected: 1, actual: 2), .ruleCycle(["x", "y", "x"]),
    .ruleTagTaken(TagID(1), name: "x", by: RuleID(1), rule: "y"), .ruleFilterPersonal,
    .rulesTooMany(limit: 1), .readyRuleNotFound("x"),
    .readyRuleAdopted(ready: "A1", by: RuleID(1), rule: "x"),
    .readyRuleIncomplete(ready: "A7", parameter: "x"),
    .segmentNotFound("x"), .segmentNameTaken("x", by: SegmentID(1)),
    .segmentRevisionChanged(SegmentID(1), expected: 1, actual: 2), .segmentsTooMany(limit: 1),
    .workNotDue(SegmentID(1)), .workNotListed(CustomerID(1), on: SegmentID(1)),
    .workTaken(CustomerID(1), by: OperatorID(1)), .workSettled(CustomerID(1), by: nil),
    .workOfRole(RoleID(3)), .timeZoneUnknown("x"), .rfmUnusable(field: "x", expected: "y"),
    .rfmRevisionChanged(expected: 1, actual: 2), .rfmGroupNotFound("x", known: ["y"]),
    .rfmByQuantiles,
    .eventTooLarge(bytes: 2, limit: 1), .storageFull, .storageFailed("x"), .logDamaged("x"),
    .projectionDiffers("x"), .readOnly("x"), .dataInUse("x"),
    .backupUnusable("x"), .restoreRefused("x"), .shuttingDown,
  ]

  private static let badNumber: JSON.ParseError = {
    do throws(JSON.ParseError) {
      _ = try JSON(parsing: "01")
      fatalError("01 was read as JSON")
    } catch {
      return error
    }
  }()

  private static let rejections: [Rejection] = [
    .routeUnknown("/x"), .methodNotAllowed("PUT", allowed: ["GET"]), .uriTooLong(limit: 1),
    .uriUnreadable, .hostUnknown("x"), .originForeign("x"),
    .contentTypeUnsupported("x"), .jsonUnreadable(badNumber),
    .fieldUnknown(path: "x", known: ["y"]), .fieldMissing(path: "x"),
    .fieldsExclusive("x", "y"),
    .fieldUnreadable(path: "x", expected: .ids), .parameterUnknown("x", known: ["y"]),
    .parameterRepeated("x"), .cursorUnreadable, .languageUnknown("x"),
    .failed, .limited(.rate(retryAfter: 1)), .limited(.connections(limit: 1)),
    .limited(.head(seconds: 1)), .limited(.body(seconds: 1)), .limited(.answer(seconds: 1)),
    .limited(.unreadable),
  ]

  @Test func `every problem has a code of its own, of a noun and what is wrong with it`() {
    let codes = Self.problems.map(\.code)
    #expect(Set(codes).count == codes.count)
    for code in codes {
      #expect(code.wholeMatch(of: /[a-z]+\.[a-z_]+/) != nil, "\(code)")
    }
  }

  @Test(arguments: Language.allCases)
  func `every refusal has a title, a detail and a status in each language`(language: Language) {
    let pages =
      Self.problems.map { ProblemPage($0, in: language) }
      + Self.rejections.map { ProblemPage($0, in: language) }
    for page in pages {
      #expect((400...599).contains(page.status), "\(page.code)")
      #expect(!page.title.isEmpty && !page.detail.isEmpty, "\(page.code)")
      #expect(!page.title.hasSuffix("."), "\(page.code)")
    }
    // What is said the same in two languages has been forgotten in one of them.
    if language != .en {
      for problem in Self.problems {
        #expect(ProblemPage(problem, in: .en).title != ProblemPage(problem, in: language).title)
      }
    }
  }

  private static let expectations: [Expected] = [
    .nameWithLetters, .text, .wholeNumber, .risingNumbers(4, within: "0…"), .eachOnce(limit: 30),
    .user,
    .timeToCome, .timePassed, .customersOfTag, .visibleASCII(limit: 255), .noKey,
  ]

  @Test func `what a value would have to be is told in the language of the rest`() {
    for expected in Self.expectations {
      #expect(Set(Language.allCases.map { expected.words(in: $0) }).count == 3, "\(expected)")
    }
    let problem = Problem.parameterUnreadable(name: "time", value: "2030", expected: .timePassed)
    let page = ProblemPage(problem, in: .pt)
    #expect(page.detail == "“2030” não serve para “time”; esperado: um momento que já passou.")
    // A program reads the same in every language.
    #expect(page.extras["expected"] == "a time that has passed")
    #expect(
      ProblemPage(.fieldUnreadable(path: "", expected: .texts) as Rejection, in: .fr).detail
        == "« corps » doit être : une liste de textes.")
    for fault: SpreadsheetFault in [
      .empty, .workbook, .textAfterQuote, .quoteNotClosed, .fieldTooLong, .rowTooLong,
      .tooManyFields, .notText,
    ] {
      let details = Language.allCases.map {
        ProblemPage(.spreadsheetUnreadable(fault), in: $0).detail
      }
      #expect(Set(details).count == 3, "\(fault)")
    }
  }

  @Test(arguments: [
    (Language.en, "is an alias of tag 7"), (.fr, "est un alias de l’étiquette 7"),
    (.pt, "é um apelido da etiqueta 7"),
  ])
  func `a name that is an alias is said to be one`(language: Language, words: String) {
    let page = ProblemPage(.tagNameTaken("VIP", by: TagID(7), asAlias: true), in: language)
    #expect(page.detail.contains(words))
    #expect(page.extras["tag"] == 7)
  }

  @Test func `the statuses that clients act upon stay`() {
    let statuses: [(Problem, Int)] = [
      (.storageFull, 507), (.logDamaged("x"), 503), (.readOnly("x"), 503), (.shuttingDown, 503),
      (.permissionMissing(MissingPermission(.tagsRead)), 403), (.tagNotFound("x"), 404),
      (.tagRevisionChanged(TagID(1), expected: 1, actual: 2), 412),
      (.tagCustomersMiscounted(TagID(1), given: 1, actual: 2), 409), (.bodyTooLarge(limit: 1), 413),
      (.tagNameTooLong("x", length: 21, limit: 20), 422),
    ]
    for (problem, status) in statuses {
      #expect(ProblemPage(problem, in: .en).status == status, "\(problem.code)")
    }
  }

  @Test func `a problem document carries the extras beside its own members`() throws {
    let page = ProblemPage(.tagNameTaken("VIP", by: TagID(7)), in: .fr)
    #expect(page.json["tag"] == 7)
    #expect(page.json["status"] == 409)
    #expect(page.json["title"] == "Une étiquette de ce nom existe")
    #expect(page.json["type"] == "about:blank")
  }

  @Test(arguments: Language.allCases)
  func `a date that cannot be read is not told to be another`(language: Language) {
    let page = ProblemPage(.dateUnreadable("31/12/2025"), in: language)
    #expect(page.detail.contains("31/12/2025") && page.detail.contains("--dates dmy"))
    let back = ProblemPage(.returnPositive("C1"), in: language)
    #expect(back.detail.contains("C1") && back.detail.contains("--returns"))
  }

  @Test func `what nobody foresaw is a 500 that gives nothing away`() {
    struct Secret: Error {}
    let page = ProblemPage(Secret() as any Error, in: .en)
    #expect(page.status == 500 && page.code == "internal")
    #expect(!page.detail.contains("Secret"))
  }
}
