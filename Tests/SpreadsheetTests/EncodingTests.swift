import Foundation
import Spreadsheet
import Testing

/// A customer list as Excel writes it, in an encoding, with or without its byte order mark.
struct EncodedFile: CustomTestStringConvertible {
  let encoding: TextEncoding
  let isMarked: Bool
  let delimiter: String

  static let text = "Nome;Etiqueta\r\nJoão Côrte;Produto-Sofá\r\n\"Zoë; — €uro\";VIP 😂\r\n"

  var testDescription: String {
    "\(encoding.rawValue)\(isMarked ? " with BOM" : "")"
  }

  var text: String {
    let text = Self.text.replacing(";", with: delimiter)
    // Windows-1252 has no emoji.
    return encoding == .windows1252 ? text.replacing("😂", with: "") : text
  }

  var bytes: [UInt8] {
    let foundation: String.Encoding =
      switch encoding {
      case .utf8: .utf8
      case .utf16LittleEndian: .utf16LittleEndian
      case .utf16BigEndian: .utf16BigEndian
      case .windows1252: .windowsCP1252
      }
    return Array(((isMarked ? "\u{FEFF}" : "") + text).data(using: foundation) ?? Data())
  }

  static let all = [
    EncodedFile(encoding: .utf8, isMarked: false, delimiter: ";"),
    EncodedFile(encoding: .utf8, isMarked: true, delimiter: ";"),
    EncodedFile(encoding: .utf16LittleEndian, isMarked: true, delimiter: "\t"),
    EncodedFile(encoding: .utf16LittleEndian, isMarked: false, delimiter: "\t"),
    EncodedFile(encoding: .utf16BigEndian, isMarked: true, delimiter: "\t"),
    EncodedFile(encoding: .utf16BigEndian, isMarked: false, delimiter: ","),
    EncodedFile(encoding: .windows1252, isMarked: false, delimiter: ";"),
  ]
}

@Suite struct EncodingTests {
  @Test(arguments: EncodedFile.all)
  func `a file is read whatever its encoding and delimiter, cut anywhere`(file: EncodedFile) {
    let expected = rows(
      file.text.replacing(";", with: file.delimiter).utf8,
      CSVDialect(delimiter: file.delimiter.utf8.first.unsafelyUnwrapped))
    #expect(expected.count == 3 && expected[0].fields == ["Nome", "Etiqueta"])
    for (first, second) in file.bytes.halves {
      var reader = SpreadsheetReader()
      #expect(reader.feed(first) + reader.feed(second) + reader.finish() == expected)
      #expect(reader.encoding == file.encoding)
    }
    var given = SpreadsheetReader(encoding: file.encoding)
    var read: [CSVRow] = []
    for byte in file.bytes { read += given.feed([byte]) }
    #expect(read + given.finish() == expected)
  }

  @Test func `one broken character in UTF-8 refuses its row, not the encoding`() {
    let text = Array("nome,tag\nJoão,á\nJo".utf8) + [0xE3, 0x6F] + Array(",é\nAna,ç\n".utf8)
    var reader = SpreadsheetReader()
    let read = reader.feed(text) + reader.finish()
    #expect(read.map(\.problem) == [nil, nil, .notText, nil])
    #expect(reader.encoding == .utf8)
  }

  @Test(arguments: [TextEncoding.utf8, .windows1252])
  func `the first accent may come after any amount of ASCII`(encoding: TextEncoding) {
    let ascii = String(repeating: "abc,def\n", count: 20_000)
    let accent: [UInt8] = encoding == .utf8 ? Array("é".utf8) : [0xE9]
    for size in [1000, 65_536, 1_000_000] {
      var reader = SpreadsheetReader()
      var read: [CSVRow] = []
      for piece in (Array(ascii.utf8) + accent + Array(",x\n".utf8)).pieces(of: size) {
        read += reader.feed(piece)
      }
      read += reader.finish()
      #expect(read.count == 20_001 && read.last?.fields == ["é", "x"])
      #expect(reader.encoding == encoding)
    }
  }

  @Test func `an accent that ends the file tells too`() {
    for (bytes, encoding) in [([0xE9], TextEncoding.windows1252), ([0xC3, 0xA9], .utf8)] {
      var decoder = TextDecoder()
      let text = decoder.decode(Array("caf".utf8) + bytes.map(UInt8.init)) + decoder.finish()
      #expect(String(decoding: text, as: UTF8.self) == "café")
      #expect(decoder.encoding == encoding)
    }
  }

  @Test func `half a character of UTF-16 is no text`() {
    for bytes: [UInt8] in [
      [0xFF, 0xFE, 0x41, 0x00, 0x42], [0xFF, 0xFE, 0x3D, 0xD8],
      [0xFF, 0xFE, 0x3D, 0xD8, 0x41, 0x00],
      [0xFF, 0xFE, 0x02, 0xDE],
    ] {
      var reader = SpreadsheetReader()
      #expect((reader.feed(bytes) + reader.finish()).map(\.problem) == [.notText])
    }
  }

  @Test func `every byte of Windows-1252 is a character`() {
    var decoder = TextDecoder(.windows1252)
    let text = decoder.decode(Array(0x80...0xFF)) + decoder.finish()
    let decoded = String(decoding: text, as: UTF8.self)
    #expect(decoded.unicodeScalars.count == 128)
    #expect(decoded.hasPrefix("€") && decoded.hasSuffix("þÿ") && decoded.contains("œ"))
  }

  @Test(arguments: [
    ("utf8", TextEncoding.utf8), ("UTF-16", .utf16LittleEndian), ("utf-16be", .utf16BigEndian),
    ("Latin1", .windows1252), ("ISO-8859-1", .windows1252), ("windows-1252", .windows1252),
  ])
  func `encodings go by their usual names`(name: String, encoding: TextEncoding) {
    #expect(TextEncoding(name: name) == encoding)
    #expect(TextEncoding(name: "koi8-r") == nil)
  }

  @Test(arguments: [
    ("a,b,c\n1;2;3;4;5", ","), ("a;b,c;d", ";"), ("a\tb", "\t"), ("abc\n1;2", ","), ("", ","),
    ("\"a;b;c\",d", ","), ("\n\r\na;b", ";"), ("sep=;\na,b,c", ";"), ("a,b;c", ","),
  ])
  func `the delimiter is what the first line has most of, outside quotes`(
    text: String, delimiter: String
  ) {
    #expect(CSVDialect(sniffing: text.utf8).delimiter == delimiter.utf8.first)
  }

  @Test func `a workbook is told from text`() {
    #expect(SpreadsheetReader.isWorkbook([0x50, 0x4B, 3, 4, 20]))
    #expect(!SpreadsheetReader.isWorkbook(Array("PK,name".utf8)))
  }
}
