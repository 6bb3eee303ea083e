import Foundation
import Spreadsheet

/// Standard vectors, which lie beside the repository and are no part of it.
enum Vectors {
  static let directory: URL = {
    if let path = ProcessInfo.processInfo.environment["TAGLEDGER_DATA"] {
      return URL(filePath: path, directoryHint: .isDirectory)
    }
    return URL(filePath: #filePath).appending(path: "../../../../shared/data").standardized
  }()

  static func has(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: directory.appending(path: folder).path())
  }

  static func data(_ path: String) throws -> Data {
    try Data(contentsOf: directory.appending(path: path))
  }

  static func files(_ folder: String) -> [String] {
    let path = directory.appending(path: folder).path()
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

/// All rows of a text that comes in pieces of a size.
func rows(
  _ text: some Sequence<UInt8>, _ dialect: CSVDialect = .comma,
  limits: CSVLimits = CSVLimits(), pieces: Int = .max
) -> [CSVRow] {
  var reader = CSVReader(dialect, limits: limits)
  var rows: [CSVRow] = []
  for piece in Array(text).pieces(of: pieces) {
    rows += reader.feed(piece)
  }
  return rows + reader.finish()
}

extension Array {
  func pieces(of size: Int) -> [ArraySlice<Element>] {
    var rest = self[...]
    var pieces: [ArraySlice<Element>] = []
    while !rest.isEmpty {
      pieces.append(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
    return pieces
  }

  /// The two parts of every way to cut it in two.
  var halves: [(ArraySlice<Element>, ArraySlice<Element>)] {
    (0...count).map { (self[..<$0], self[$0...]) }
  }
}

/// The same numbers at every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
