import Testing

/// What is left lying about when work stops halfway.
struct LeftoverTests {
  private static let written = [
    "Package.swift", "Makefile", ".ci/run", "README.md", "CONTRIBUTING.md", "CHANGELOG.md",
  ]

  /// Everything people wrote here, but for this folder, which names what it looks for.
  private static var files: [String] {
    written
      + ["Sources", "Tests", "schema", "ops", "docs", "Benchmarks"].flatMap { folder in
        SourceTree.files(under: folder).filter { !$0.hasPrefix("Tests/TidyTests") }
      }
  }

  private static func occurrences(of words: [String], in files: [String]) -> [String] {
    files.filter(SourceTree.exists).flatMap { file -> [String] in
      guard let lines = try? SourceTree.lines(file) else { return [] }
      return lines.enumerated().flatMap { number, line in
        // What the API serves under that name is no place on a disk.
        words.filter { line.replacing("/v1\($0)", with: "").contains($0) }
          .map { "\(file):\(number + 1): \($0)" }
      }
    }
  }

  @Test func `nothing is left to do in a comment`() {
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK:"]
    #expect(Self.occurrences(of: words, in: Self.files) == [])
  }

  @Test func `no path of somebody's machine is written down`() {
    let paths = ["/wo" + "rk/", "/ho" + "me/", "/Us" + "ers/", "/opt/sw" + "ift"]
    #expect(Self.occurrences(of: paths, in: Self.files) == [])
  }

  @Test func `no module prints, and none gives up on the process`() throws {
    let libraries = SourceTree.files(under: "Sources", suffix: ".swift").filter {
      !$0.hasPrefix("Sources/tagledger/")
    }
    for file in libraries {
      for (number, line) in try SourceTree.lines(file).enumerated() where !line.isComment {
        let words = line.split { !$0.isLetter && $0 != "(" }
        for word in words where word.hasPrefix("print(") || word.hasPrefix("fatalError(") {
          Issue.record("\(file):\(number + 1): \(word)")
        }
      }
    }
  }

  @Test func `no placeholder has stayed`() {
    let names = SourceTree.files(under: "Sources").filter { $0.hasSuffix("/Placeholder.swift") }
    #expect(names == [])
  }
}
