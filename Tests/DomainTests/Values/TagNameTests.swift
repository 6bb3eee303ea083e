import Domain
import Foundation
import TestSupport
import Testing

@Suite struct TagNameTests {
  @Test(arguments: [
    ("  Produto-Sofá  ", "Produto-Sofá"), ("Novo \u{A0}\u{2003} cliente", "Novo cliente"),
    ("Produto-Sofa\u{301}", "Produto-Sof\u{E1}"), ("VIP\n", "VIP"), ("\tVIP 💎 ", "VIP 💎"),
    ("Loja 👩‍👩‍👧‍👦", "Loja 👩‍👩‍👧‍👦"), ("C++", "C++"), ("नमस्ते", "नमस्ते"),
  ])
  func `a name is shown as typed, composed, trimmed and with single spaces`(
    raw: String, text: String
  ) throws {
    let name = try TagName(raw)
    // Swift's == takes composed and decomposed for equal, so the scalars are compared.
    #expect(name.text.unicodeScalars.elementsEqual(text.unicodeScalars))
    #expect(try TagName(name.text).text == name.text)
  }

  @Test(arguments: [
    "a\u{0}b", "a\tb", "a \n b", "a\u{7F}", "a\u{85}b", "a\u{2028}b", "a\u{200B}b", "\u{202E}abc",
    "a\u{AD}b", "\u{FEFF}abc", "a\u{FFFE}",
  ])
  func `control characters and invisible ones are refused`(raw: String) {
    #expect(throws: Problem.tagNameHasControlCharacter(raw)) { try TagName(raw) }
  }

  @Test(arguments: ["", "   ", "\n", "\u{301}", "\u{FE0F}"])
  func `a name that shows nothing is refused`(raw: String) {
    #expect(throws: Problem.tagNameEmpty) { try TagName(raw) }
  }

  @Test func `twenty characters are counted as a person counts them`() throws {
    let families = String(repeating: "👩🏽‍👩🏽‍👧🏽‍👦🏽", count: 20)
    #expect(families.utf8.count == 820)
    #expect(try TagName(families).text.count == 20)
    #expect(try TagName(String(repeating: "e\u{301}", count: 20)).text.utf8.count == 40)
    let long = String(repeating: "a", count: 21)
    #expect(throws: Problem.tagNameTooLong(long, length: 21, limit: 20)) { try TagName(long) }
    #expect(try TagName(long, limit: 21).text == long)
  }

  @Test func `marks piled on one character are refused by their bytes`() {
    let pile = "a" + String(repeating: "\u{301}", count: 1000)
    #expect(throws: Problem.textTooLong(field: "name", length: 2001, limit: 1280)) {
      try TagName(pile)
    }
  }

  @Test func `a recorded name is taken whatever the limit is now`() {
    let long = String(repeating: "a", count: 40)
    #expect(TagName(recorded: long).text == long)
  }

  @Test(arguments: [
    ("Produto-Sofá", "Produto"), ("Status - Entregue", "Status"), ("Origem-Anúncio-IG", "Origem"),
    ("Recebido-7 dias", "Recebido"), ("VIP", nil), ("-VIP", nil), ("Status-", "Status"),
  ])
  func `the category is what stands before the first dash`(raw: String, category: String?) throws {
    let name = try TagName(raw)
    #expect(name.category == category)
    #expect(name.categoryKey == category.map(NameKey.init))
  }

  @Test func `a name without category or too general gets a warning`() throws {
    #expect(try TagName("Produto-Sofá").warnings.isEmpty)
    #expect(try TagName("Novo cliente").warnings == [.noCategory])
    for word in ["Cliente", "CLIENT", "customer", "Général"] {
      #expect(try TagName(word).warnings == [.noCategory, .tooGeneral])
    }
  }
}

@Suite struct NameKeyTests {
  @Test(arguments: [
    ("Status-Entregue", "status-entregue"), ("AÇÃO", "acao"), ("Élève  œuvre", "eleve œuvre"),
    ("STRASSE", "straße"), ("STRAẞE", "strasse"), ("ΣΊΣΥΦΟΣ", "σίσυφος"), ("İstanbul", "istanbul"),
    ("Tiếng Việt", "tieng viet"), (" a\u{A0}\tb\n", "a b"), ("ﬁm", "FIM"), ("❤️", "❤"),
    ("й", "И"), ("a\u{200D}b", "ab"), ("São", "Sa\u{303}o"),
  ])
  func `names that read the same have one key`(a: String, b: String) {
    #expect(NameKey(a) == NameKey(b))
    #expect(NameKey(a).hashValue == NameKey(b).hashValue)
  }

  @Test(arguments: [
    ["c", "c++", "c#"], ["=", "≠"], ["Loja", "Loja!"], ["👩‍💻", "👩💻"], ["か", "が"],
    ["नमक", "नमका"], ["Status-Pago", "Status Pago", "StatusPago"], ["🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴"],
    ["1", "1\u{20E3}"], ["ß", "s"],
  ])
  func `symbols, emoji and other words keep their own keys`(names: [String]) {
    #expect(Set(names.map(NameKey.init)).count == names.count)
  }

  @Test func `folding what is folded changes nothing, for every scalar`() {
    var changed: [Unicode.Scalar] = []
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .unassigned,
        scalar.properties.generalCategory != .privateUse
      else { continue }
      let folded = NameKey.fold("x" + String(scalar))
      if !NameKey.fold(folded).unicodeScalars.elementsEqual(folded.unicodeScalars) {
        changed.append(scalar)
      }
    }
    #expect(changed.isEmpty)
  }
}

private let folder = "unicode-15"

/// The Unicode Consortium's files; without the folder of data these tests are skipped.
@Suite struct UnicodeVectorTests {
  @Test(.enabled(if: Vectors.has(folder), "no data/\(folder)"))
  func `characters are counted as UAX 29 counts them`() throws {
    var disagreements: [String] = []
    var cases = 0
    for line in try Vectors.text("\(folder)/GraphemeBreakTest.txt").split(separator: "\n") {
      guard let row = line.split(separator: "#", omittingEmptySubsequences: false).first,
        row.contains("÷")
      else { continue }
      cases += 1
      let clusters = row.split(separator: "÷").map { cluster in
        cluster.split { " ×\t".contains($0) }.compactMap { UInt32($0, radix: 16) }
      }.filter { !$0.isEmpty }
      let text = String(
        String.UnicodeScalarView(clusters.joined().compactMap { Unicode.Scalar($0) }))
      let counted = text.map { $0.unicodeScalars.map(\.value) }
      if counted != clusters { disagreements.append(String(row)) }
    }
    #expect(cases == 602)
    // The one case on which Swift's tables differ: U+2701 is no Extended_Pictographic to them, so a
    // joiner does not bind two of it. Nobody's name hangs on it.
    #expect(disagreements == ["÷ 2701 × 200D × 2701 ÷\t"])
  }

  @Test(
    .enabled(if: Vectors.has(folder), "no data/\(folder)"),
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/bzip2"), "no bzip2"))
  func `names are composed as the NormalizationTest composes them`() throws {
    let file = Vectors.directory.appending(path: "\(folder)/NormalizationTest.txt.bz2")
    let unpacked = try Shell.output(of: "/usr/bin/bzip2 -dc " + Shell.quoted(file.path()))
    let text = String(decoding: unpacked, as: UTF8.self)

    var cases = 0
    var wrong: [String] = []
    var keysApart: [String] = []
    for line in text.split(separator: "\n") where !line.hasPrefix("#") && !line.hasPrefix("@") {
      let columns = line.split(separator: ";", maxSplits: 5).prefix(3).map { column in
        String(
          String.UnicodeScalarView(
            column.split(separator: " ").compactMap {
              UInt32($0, radix: 16).flatMap(Unicode.Scalar.init)
            }))
      }
      cases += 1
      // Framed by a letter with which nothing composes: a name of white space or of marks is none.
      guard let name = try? TagName("q" + columns[0] + "q", limit: 100) else {
        // White space and what is invisible is folded or refused, not composed.
        continue
      }
      let expected = "q" + columns[1] + "q"
      let isSpace = columns[1].unicodeScalars.allSatisfy(\.properties.isWhitespace)
      if !isSpace && !name.text.unicodeScalars.elementsEqual(expected.unicodeScalars) {
        wrong.append(String(line))
      }
      if Set(columns.map { NameKey("q" + $0) }).count != 1 { keysApart.append(String(line)) }
    }
    #expect(cases > 18_000)
    #expect(wrong == [])
    #expect(keysApart == [])
  }
}
