import Foundation
import Spreadsheet
import Testing

@Suite struct CSVReaderTests {
  @Test func `rows carry the line on which they start`() {
    let text = "name,tag\r\nAna,\"a\nb\r\nc\rd\"\n\n\r\nRui,\"\"\rZé,x"
    #expect(
      rows(text.utf8) == [
        CSVRow(line: 1, fields: ["name", "tag"]), CSVRow(line: 2, fields: ["Ana", "a\nb\r\nc\rd"]),
        CSVRow(line: 8, fields: ["Rui", ""]), CSVRow(line: 9, fields: ["Zé", "x"]),
      ])
  }

  @Test(arguments: [
    ("a", [["a"]]), ("a,", [["a", ""]]), (",", [["", ""]]), ("\"\"", [[""]]), ("", []),
    ("\n\n", []),
    ("\"a\"\"b\"", [["a\"b"]]), ("\"\"\"\"", [["\""]]), ("\"\"\"a\"\"\"", [["\"a\""]]),
    ("5\" pipe,\"x\"", [["5\" pipe", "x"]]), ("a\"b\"c", [["a\"b\"c"]]), (" \"a\"", [[" \"a\""]]),
    ("a\n ", [["a"], [" "]]), ("\"a\r\n\"\r\n", [["a\r\n"]]),
  ])
  func `cells are read as RFC 4180 says, and stray quotes as they stand`(
    text: String, fields: [[String]]
  ) {
    let read = rows(text.utf8)
    #expect(read.map(\.fields) == fields)
    #expect(read.allSatisfy { $0.problem == nil })
  }

  @Test func `a forgotten quote costs its line and no other`() {
    #expect(
      rows("a,b\n1,\"x\n2,\"y\"\n3,z\n".utf8) == [
        CSVRow(line: 1, fields: ["a", "b"]),
        CSVRow(line: 2, fields: ["1,\"x"], problem: .textAfterQuote),
        CSVRow(line: 3, fields: ["2", "y"]), CSVRow(line: 4, fields: ["3", "z"]),
      ])
    #expect(
      rows("1,\"x\r\n2,y\r\n3,z".utf8) == [
        CSVRow(line: 1, fields: ["1,\"x"], problem: .quoteNotClosed),
        CSVRow(line: 2, fields: ["2", "y"]), CSVRow(line: 3, fields: ["3", "z"]),
      ])
    #expect(
      rows("\"a\"b,\"c\"\nd".utf8) == [
        CSVRow(line: 1, fields: ["\"a\"b,\"c\""], problem: .textAfterQuote),
        CSVRow(line: 2, fields: ["d"]),
      ])
  }

  @Test func `cells, rows and their numbers are limited, and reading goes on after`() {
    let limits = CSVLimits(field: 10, row: 40, fields: 5)
    let text = """
      ok,1
      12345678901,2
      1234567890,3
      "1234567890123",4
      a,b,c,d,e,f
      123456789,123456789,123456789,123456789,1
      "
      3
      """
    let read = rows(text.utf8, limits: limits)
    #expect(
      read.map(\.problem) == [
        nil, .fieldTooLong, nil, .quoteNotClosed, .tooManyFields, .rowTooLong, .quoteNotClosed, nil,
      ])
    #expect(read.map(\.line) == Array(1...8))
  }

  @Test func `a line without end is let go as it comes`() {
    var reader = CSVReader(limits: CSVLimits(field: 100, row: 1000))
    var read = reader.feed("a,b\n".utf8)
    for _ in 0..<1000 { read += reader.feed(String(repeating: "x", count: 997).utf8) }
    read += reader.feed("\nc,d\n".utf8) + reader.finish()
    #expect(read.map(\.problem) == [nil, .fieldTooLong, nil])
    #expect(read.map(\.line) == [1, 2, 3])
    #expect(read[1].fields[0].utf8.count == CSVReader.quotedBytes)
  }

  @Test func `a row that is not text is refused alone`() {
    let text = Array("a,b\nJo".utf8) + [0xE3, 0x6F] + Array(",\"1\n2\"\nAna,c\n".utf8)
    #expect(rows(text).map(\.problem) == [nil, .notText, nil])
    #expect(rows(text).map(\.line) == [1, 2, 4])
  }

  @Test func `Excel's hint at the delimiter is no row`() {
    #expect(
      rows("sep=;\r\na;b\r\n".utf8, .semicolon) == [CSVRow(line: 2, fields: ["a", "b"])])
  }

  /// Every piece of CSV that is awkward, thrown together.
  @Test(arguments: UInt64(0)..<200)
  func `what comes out does not depend on how the file was cut`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let parts = [
      "\"", "\"\"", ",", "\r", "\n", "\r\n", "a", "é", "😂", "bcd", "'=1", " ", "\u{FEFF}",
    ]
    var text: [UInt8] = []
    for _ in 0..<Int.random(in: 1...60, using: &generator) {
      text += Array(parts.randomElement(using: &generator).unsafelyUnwrapped.utf8)
      if Int.random(in: 0..<40, using: &generator) == 0 { text.append(0xE9) }
    }
    let limits = CSVLimits(field: 12, row: 30, fields: 6)
    for limits in [CSVLimits(), limits] {
      let whole = rows(text, limits: limits)
      for size in 1...9 {
        #expect(rows(text, limits: limits, pieces: size) == whole)
      }
      for (first, second) in text.halves {
        var reader = CSVReader(limits: limits)
        #expect(reader.feed(first) + reader.feed(second) + reader.finish() == whole)
      }
    }
  }

  @Test func `bytes one by one take no longer than bytes at once, but for a factor`() {
    // One cell of 60 KB: looked at again for every byte it would be two thousand million steps.
    let cell = String(repeating: "a\n", count: 30_000)
    let read = rows("\"\(cell)\",x\n".utf8, pieces: 1)
    #expect(read == [CSVRow(line: 1, fields: [cell, "x"])])
  }

  @Test func `rows of empty cells can be told`() {
    #expect(rows(", , ".utf8)[0].isBlank && !rows(",a".utf8)[0].isBlank)
  }
}

private let folder = "csv-spectrum"

/// The vectors of csv-spectrum; without the folder of data these tests are skipped.
@Suite struct CSVSpectrumTests {
  @Test(
    .enabled(if: Vectors.has(folder), "no data/\(folder)"),
    arguments: Vectors.files(folder + "/csvs").map { String($0.dropLast(4)) })
  func `csv-spectrum is read as it is meant, cut anywhere`(name: String) throws {
    let text = Array(try Vectors.data("\(folder)/csvs/\(name).csv"))
    let meant = try JSONDecoder().decode(
      [[String: String]].self, from: Vectors.data("\(folder)/json/\(name).json"))
    let whole = rows(text)
    let header = try #require(whole.first).fields
    let read = whole.dropFirst().map { Dictionary(zip(header, $0.fields)) { $1 } }
    #expect(read == meant)
    for size in 1...7 { #expect(rows(text, pieces: size) == whole) }
  }
}
