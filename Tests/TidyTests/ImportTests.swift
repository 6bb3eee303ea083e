import Testing

/// The "may import" table: event → log → projection → query, and never the other way.
struct ImportTests {
  /// What a module of ours may import of ours. The programs that wire everything stand at the end.
  private static let table: [String: Set<String>] = [
    "Domain": [],
    "Spreadsheet": [],
    "APITypes": [],
    "Proof": [],
    "EventLog": ["Domain", "Proof"],
    "Projections": ["Domain"],
    "Ledger": ["Domain", "EventLog", "Projections", "Proof", "Spreadsheet"],
    "API": ["APITypes", "Ledger", "Domain", "Proof", "Spreadsheet", "Webhooks"],
    "Webhooks": ["Client", "Domain", "Ledger"],
    "Client": ["APITypes"],
    "tagledger": ["Client", "APITypes", "Proof", "Spreadsheet"],
    "tagledgerd": ["API", "APITypes", "Ledger", "EventLog", "Domain", "Webhooks"],
  ]

  /// Modules that would bring the outside world into a value: files, processes, sockets, clocks.
  /// Foundation is let in for Unicode only, so its doors to the world are looked for by name.
  private static let outsideWorld: Set = [
    "Dispatch", "GRDB", "Glibc", "Hummingbird", "NIOCore", "NIOPosix", "Synchronization",
  ]

  private static func imports(of module: String) throws -> [(file: String, module: String)] {
    try SourceTree.files(under: "Sources/\(module)", suffix: ".swift").flatMap { file in
      try SourceTree.lines(file).compactMap { line in
        let words = line.split(separator: " ")
        guard let at = words.firstIndex(of: "import"), at <= 2, at + 1 < words.count else {
          return nil
        }
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
        let name = kinds.contains(words[at + 1]) ? words.last ?? "" : words[at + 1]
        return (file, String(name.prefix { $0 != "." }))
      }
    }
  }

  @Test(arguments: table.keys.sorted())
  func `a module imports of ours only what the table allows`(module: String) throws {
    let allowed = try #require(Self.table[module])
    for found in try Self.imports(of: module) where Self.table.keys.contains(found.module) {
      #expect(allowed.contains(found.module), "\(found.file) imports \(found.module)")
    }
  }

  @Test func `every module is in the table`() {
    let modules = SourceTree.files(under: "Sources", suffix: ".swift").map { path in
      String(path.split(separator: "/")[1])
    }
    #expect(Set(modules) == Set(Self.table.keys))
  }

  @Test func `the domain has no I/O, no clock and no engine below it`() throws {
    for found in try Self.imports(of: "Domain") {
      #expect(!Self.outsideWorld.contains(found.module), "\(found.file) imports \(found.module)")
    }
    let doors = [
      "Date()", "Date.now", "ContinuousClock", "SystemClock", ".random(", "UUID()", "FileManager",
      "FileHandle", "ProcessInfo", "contentsOfFile", "URLSession",
    ]
    for file in SourceTree.files(under: "Sources/Domain", suffix: ".swift") {
      for (number, line) in try SourceTree.lines(file).enumerated() where !line.isComment {
        for word in doors where line.contains(word) {
          Issue.record("\(file):\(number + 1) uses \(word)")
        }
      }
    }
  }
}

extension Substring {
  var isComment: Bool { drop { $0 == " " }.hasPrefix("//") }
}
