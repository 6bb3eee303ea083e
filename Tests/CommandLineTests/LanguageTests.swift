import APITypes
import Testing

@testable import tagledger

@Suite struct LanguageTests {
  @Test(arguments: [
    (["LANG": "pt_BR.UTF-8"], Language.portuguese), (["LANG": "fr_FR"], .french),
    (["LANG": "de_DE.UTF-8"], .english), ([:], .english), (["LC_ALL": "C"], .english),
    (["LC_ALL": "", "LC_MESSAGES": "fr_CA.UTF-8", "LANG": "pt_PT"], .french),
    (["LC_ALL": "C.UTF-8", "LANG": "pt_BR"], .english),
  ])
  func `the language follows the variables of POSIX`(
    environment: [String: String], language: Language
  ) {
    #expect(Language(environment: environment) == language)
  }

  /// Every entry of the catalogue that takes no argument, and a call of each that does.
  private static let entries: [(String, @Sendable (Words) -> String)] = [
    ("preview", \.preview), ("unchanged", \.unchanged), ("noneFound", \.noneFound),
    ("notDone", \.notDone), ("needsYes", \.needsYes), ("interrupted", \.interrupted),
    ("noCustomers", \.noCustomers), ("connectionLost", \.connectionLost),
    ("connectionBack", \.connectionBack), ("uploading", \.uploading),
    ("downloading", \.downloading), ("name", \.name), ("color", \.color),
    ("criterion", \.criterion), ("followUp", \.followUp), ("customersHeading", \.customersHeading),
    ("isArchived", \.isArchived), ("tag", \.tag), ("since", \.since),
    ("what", \.what), ("reason", \.reason), ("state", \.state), ("error", \.error),
    ("created", { $0.created("VIP", id: 3) }), ("renamed", { $0.renamed("A", to: "B") }),
    ("recolored", { $0.recolored("A", "#123456") }),
    ("recolored category", { $0.recolored(category: "P", 3) }), ("revised", { $0.revised("A") }),
    ("archived", { $0.archived("A") }), ("restored", { $0.restored("A") }),
    ("deleted", { $0.deleted("A", 2) }),
    ("merged", { $0.merged("A", into: "B", "12") }),
    ("starter", { $0.starter(20, skipped: ["VIP"]) }), ("applied", { $0.applied("A", "1") }),
    ("removed", { $0.removed("A", "1") }),
    ("registered", { $0.customerRegistered("Ana", id: 1) }), ("more", { $0.more(50) }),
    ("saved", { $0.saved("f", "1 kB") }), ("asksDelete", { $0.asksDelete("A", 12) }),
    ("asksMerge", { $0.asksMerge("A", into: "B", "1") }),
    ("socketMissing", { $0.socketMissing(["/s"]) }), ("refused", { $0.refused("/s") }),
    ("notPermitted", { $0.notPermitted("/s") }), ("unreachable", { $0.unreachable("/s", "x") }),
    ("timedOut", { $0.timedOut(60) }), ("answerUnreadable", { $0.answerUnreadable("x") }),
    ("fileUnreadable", { $0.fileUnreadable("f", "x") }),
    ("fileUnwritable", { $0.fileUnwritable("f", "x") }),
    ("tagUnknown", { $0.tagUnknown("A", near: []) }),
    ("tagUnknown near", { $0.tagUnknown("A", near: ["B"]) }),
    ("customerUnknown", { $0.customerUnknown("A") }),
    ("ambiguous", { $0.ambiguous("A", ["1 A"], more: true) }),
    ("dateUnreadable", { $0.dateUnreadable("x") }),
    ("formatUnfit", { $0.formatUnfit("csv", "json") }),
    ("pairUnreadable", { $0.pairUnreadable("x", "a=b") }), ("goesOn", { $0.goesOn("j") }),
    ("pairTwice", { $0.pairTwice("x") }), ("asksUndo", { $0.asksUndo("1") }),
    ("undone", { $0.undone("1") }), ("nothing undone", { $0.undone("") }),
    ("finished", { $0.finished("x", "1", "1 s") }),
    ("refusedRows", { $0.refusedRows(2, file: nil, job: "j") }),
    ("refusedRows file", { $0.refusedRows(2, file: "f", job: "j") }),
    ("daemonLost", { $0.daemonLost(seconds: 60) }), ("jobUnwatched", { $0.jobUnwatched("j") }),
    ("readOnly", { $0.readOnly("x") }), ("timeLeft", { $0.timeLeft("0:10") }),
  ]

  @Test(arguments: entries.indices)
  func `what an operator reads is in three languages`(index: Int) {
    let (name, text) = Self.entries[index]
    let texts = Language.allCases.map { text(Words(language: $0)) }
    #expect(Set(texts).count == 3, "\(name): \(texts)")
    #expect(texts.allSatisfy { !$0.isEmpty })
  }

  @Test func `numbers and sizes are written as the language has them`() {
    #expect(Words(language: .english).number(1_234_567) == "1,234,567")
    #expect(Words(language: .portuguese).number(1_234_567) == "1.234.567")
    #expect(Words(language: .french).number(-1_234) == "-1\u{202F}234")
    #expect(Words(language: .english).number(999) == "999")
    #expect(Words(language: .english).bytes(999) == "999 B")
    #expect(Words(language: .portuguese).bytes(1_550) == "1,6 kB")
    #expect(Words(language: .english).bytes(999_999) == "1.0 MB")
  }

  @Test func `breaks between amounts are written as amounts`() {
    let words = Words(language: .english)
    #expect(words.money(break: "123450") == "1,234.50")
    #expect(words.money(break: "12345.5") == "123.455")
    #expect(Words(language: .portuguese).money(break: "-5") == "-0,05")
  }

  @Test func `an interval of one day is every day`() {
    let routine = RoutineDocument(
      rhythm: "interval", weekdays: nil, days: 1, from: nil, time: "08:00", zone: "UTC", role: nil,
      next: nil)
    #expect(Words(language: .english).tell(routine) == "every day at 08:00 (UTC)")
  }

  @Test func `one and many are told apart`() {
    #expect(Words(language: .portuguese).customers(1) == "1 cliente")
    #expect(Words(language: .portuguese).customers(0) == "0 clientes")
    #expect(Words(language: .french).customers(0) == "0 client")
    #expect(Words(language: .french).customers(2) == "2 clients")
    #expect(Words(language: .portuguese).movedAndCollapsed(1, 3) == "1 passou, 3 já tinham")
    #expect(Words(language: .french).movedAndCollapsed(2, 0) == "2 déplacés, 0 l’avait déjà")
  }
}
