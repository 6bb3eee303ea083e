import Foundation
import Testing

extension Scenarios {
  /// Filters on the command line: asked, sorted, explained, led back in time, and acted upon.
  struct Finding {
    private let daemon: RunningDaemon

    /// Ana has bought much, Bia little and often, Caio nothing; Ana and Caio are VIP.
    init() throws {
      daemon = try RunningDaemon()
      for name in ["VIP", "Carta"] { try done("tag", "create", name) }
      for name in ["Ana", "Bia", "Caio"] { try done("customer", "register", name) }
      try done("order", "place", "A1", "Ana", "--amount", "1500.50")
      for number in 1...3 {
        try done("order", "place", "B\(number)", "Bia", "--amount", "20")
      }
      try done("tag", "apply", "VIP", "Ana", "Caio")
    }

    @discardableResult
    private func done(_ arguments: String...) throws -> String {
      let outcome = try run(
        Programs.commandLine, arguments, environment: ["TAGLEDGER_SOCKET": daemon.socket])
      try #require(outcome.code == 0, "\(arguments): \(outcome)")
      return outcome.output
    }

    private func rows(_ text: String) -> [String] {
      text.split(separator: "\n").map { line in
        line.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
      }
    }

    @Test func `who matches is counted, listed in an order, and explained part by part`() throws {
      #expect(try done("find", "orders >= 1", "--count") == "2\n")
      #expect(try done("find", "orders >= 1", "-q") == "1\n2\n")
      let sorted = try rows(done("find", "everyone", "--sort", "-spent"))
      #expect(
        sorted == ["ID Name spent Tags", "1 Ana 1,500.50 VIP", "2 Bia 60.00", "3 Caio 0.00 VIP"])
      let days = try rows(done("find", "everyone", "--sort", "days_since_order", "--limit", "3"))
      #expect(days.last == "3 Caio – VIP", "\(days)")
      let sheet = try done("find", "orders >= 1", "--sort", "-average_order", "-o", "csv")
      #expect(sheet.hasPrefix("id,name,figure,") && sheet.contains("\n2,Bia,20.00,"), "\(sheet)")
      let parts = try rows(done("find", "tag:VIP and not orders >= 1", "--explain"))
      #expect(
        parts == [
          "Customers Left Part", #"1 tag:"VIP" and not orders >= 1"#, #"2 2 tag:"VIP""#,
          "1 1 not orders >= 1", "2 orders >= 1",
        ], "\(parts)")
    }

    @Test func `the past is asked as it was`() throws {
      let wire = try Wire(daemon.socket)
      let before = try #require(try wire.get("/v1/status").json["position"] as? Int)
      try done("order", "place", "C1", "Caio", "--amount", "1")
      try done("tag", "remove", "VIP", "Caio")
      let filter = "tag:VIP and orders = 0"
      #expect(try done("find", filter, "--count") == "0\n")
      #expect(try done("find", filter, "--count", "--as-of", "\(before)") == "1\n")
      #expect(try done("find", filter, "-q", "--as-of", "\(before)") == "3\n")
      #expect(try done("find", "everyone", "--count", "--as-of", "2020-01-01") == "0\n")
    }

    @Test func `all who match get a tag, lose it, and go into a file with chosen columns`() throws {
      let preview = try done("tag", "apply", "Carta", "--filter", "orders >= 1", "--dry-run")
      #expect(preview.contains("2"))
      #expect(try done("find", "tag:Carta", "--count") == "0\n")
      try done("tag", "apply", "Carta", "--filter", "orders >= 1", "--reason", "Natal")
      #expect(try done("find", "tag:Carta", "-q") == "1\n2\n")
      try done("tag", "remove", "Carta", "--filter", "tag:Carta and orders > 2")
      #expect(try done("find", "tag:Carta", "-q") == "1\n")
      let file = daemon.scratch.path + "/out.csv"
      try done(
        "export", "customers", file, "--filter", "orders >= 1", "--columns",
        "id, name, spent, orders(last 30d), tags")
      #expect(
        try String(contentsOfFile: file, encoding: .utf8)
          == "id,name,spent,orders(last 30d),tag\n1,Ana,1500.50,1,Carta; VIP\n2,Bia,60.00,3,\n")
      #expect(try Wire(daemon.socket).isSound())
    }

    @Test func `where a filter is wrong is shown under its line`() throws {
      let wrong = try daemon.tagledger("find", "tag:\"VIP\" an orders > 3")
      #expect(wrong.code == 1)
      #expect(
        wrong.errors == """
          error: At character 11 stands “an”. Expected: and, or or the end. [filter.invalid]
            tag:"VIP" an orders > 3
                      ^

          """)
      let sort = try daemon.tagledger(
        "find", "everyone", "--sort", "-spend", environment: ["LC_ALL": "pt_BR.UTF-8"])
      #expect(sort.errors.hasSuffix("\n  -spend\n   ^\n"), "\(sort)")
      let tag = try daemon.tagledger("tag", "apply", "Carta", "--filter", "orders > 1 and\ntag:VPI")
      #expect(tag.errors.hasSuffix("\n  tag:VPI\n      ^\n"), "\(tag)")
    }

    @Test func `uses that were only counted are recorded at a graceful stop`() throws {
      for _ in 0..<4 { try done("find", "tag:VIP", "--count") }
      try done("segment", "create", "Cartas", "tag:Carta and not tag:VIP")
      for _ in 0..<3 { try done("segment", "show", "Cartas") }
      try done("segment", "members", "Cartas")
      #expect(daemon.stop() == 0)
      try daemon.start()
      func use(_ tag: Int) throws -> Int? {
        let tag = try Wire(daemon.socket).get("/v1/tags/\(tag)").json
        return (tag["use"] as? [String: Any])?["filters"] as? Int
      }
      #expect(try use(1) == 8)
      #expect(try use(2) == 4)
      #expect(try Wire(daemon.socket).isSound())
    }
  }
}
