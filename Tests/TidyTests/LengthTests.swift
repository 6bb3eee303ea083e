import Testing

/// Short files and functions: what does not fit on a few screens is two things.
struct LengthTests {
  private static let longestFile = 400
  private static let longestFunction = 70
  private static let sources =
    SourceTree.files(under: "Sources", suffix: ".swift")
    + SourceTree.files(under: "Tests", suffix: ".swift")

  @Test func `no file is longer than 400 lines`() throws {
    for file in Self.sources {
      let count = try SourceTree.lines(file).count - 1
      #expect(count <= Self.longestFile, "\(file) has \(count) lines")
    }
  }

  @Test func `no function is longer than 70 lines`() throws {
    for file in Self.sources {
      for function in Self.functions(in: try SourceTree.lines(file)) {
        #expect(
          function.length <= Self.longestFunction,
          "\(file):\(function.line) is \(function.length) lines long")
      }
    }
  }

  /// Functions by their first line and the brace that closes at the same indentation, which the
  /// formatter guarantees; what is inside a multi-line string literal is not looked at.
  static func functions(in lines: [Substring]) -> [(line: Int, length: Int)] {
    var found: [(line: Int, length: Int)] = []
    var inLiteral = false
    for (index, line) in lines.enumerated() {
      defer { if line.hasOddTripleQuotes { inLiteral.toggle() } }
      guard !inLiteral, !line.isComment, line.startsFunction else { continue }
      let indent = line.prefix { $0 == " " }
      let end = lines[(index + 1)...].firstIndex {
        $0 == indent + "}" || $0.hasPrefix(indent + "} ")
      }
      let nextStart = lines[(index + 1)...].firstIndex {
        $0.prefix { $0 == " " }.count <= indent.count && $0.startsFunction
      }
      guard let end, end < nextStart ?? .max else { continue }
      found.append((index + 1, end - index + 1))
    }
    return found
  }

  @Test func `the length of a function is counted from its first line to its last brace`() {
    let lines: [Substring] = ["  func a() {", "    b {", "    }", "  }", "", "  init() {}", "}"]
    let functions = Self.functions(in: lines)
    #expect(functions.map(\.line) == [1])
    #expect(functions.map(\.length) == [4])
  }
}

extension Substring {
  fileprivate var startsFunction: Bool {
    let words = split(separator: " ").prefix(6)
    return words.contains("func")
      || words.contains { $0.hasPrefix("init(") || $0.hasPrefix("init?(") }
  }

  fileprivate var hasOddTripleQuotes: Bool {
    split(separator: "\"\"\"", omittingEmptySubsequences: false).count.isMultiple(of: 2)
  }
}
