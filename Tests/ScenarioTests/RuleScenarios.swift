import Foundation
import Testing

extension Scenarios {
  /// Rules on the built programs: facts in, tags out, through a crash and through time.
  struct Rules {
    private func fact(_ wire: Wire, _ body: [String: Any]) throws {
      let answer = try wire.post("/v1/facts", body)
      try #require(answer.status < 300, "\(answer.text)")
    }

    /// The customers who have a tag, by its name.
    private func members(_ wire: Wire, _ name: String) throws -> Int {
      let tags = try wire.get("/v1/tags?limit=1000").json["items"] as? [[String: Any]]
      let tag = tags?.first { $0["name"] as? String == name }
      return tag?["customers"] as? Int ?? 0
    }

    @Test func `a ready rule is switched on, and a fact brings its tag with its why`() throws {
      let daemon = try RunningDaemon()
      let wire = try Wire(daemon.socket)
      let shop = try Shop(daemon, customers: 2)
      let preview = try daemon.tagledger("rule", "preview", "A6", "--language", "pt")
      #expect(preview.code == 0, "\(preview)")
      let adopted = try daemon.tagledger(
        "rule", "adopt", "A6", "--language", "pt", "--on", "--reason", "o guia")
      #expect(adopted.code == 0, "\(adopted)")
      try fact(
        wire,
        ["type": "order.placed", "customer": shop.customers[0], "order": "p1", "amount": 2_500_000])
      try wait(for: "the tag") { try members(wire, "VIP-Diamante") == 1 }
      let why = try daemon.tagledger("why", "\(shop.customers[0])", "VIP-Diamante")
      #expect(why.code == 0 && why.output.contains("VIP-Diamante"), "\(why)")
      let list = try daemon.tagledger("rule", "list")
      #expect(list.output.contains("spent > 20000"), "\(list)")
      #expect(try wire.isSound())
    }

    @Test func `a daemon that is killed while a rule runs leaves nothing half done, nothing twice`()
      throws
    {
      let daemon = try RunningDaemon()
      var wire = try Wire(daemon.socket)
      let shop = try Shop(daemon, customers: 1)
      let count = 1500
      var rows = "name,ref\n"
      for number in 1...count { rows += "Cliente \(number),r\(number)\n" }
      let file = daemon.scratch.path + "/c.csv"
      try rows.write(toFile: file, atomically: true, encoding: .utf8)
      #expect(try daemon.tagledger("import", "customers", file).code == 0)
      for number in 1...count {
        try fact(
          wire,
          ["type": "order.placed", "ref": "r\(number)", "order": "p\(number)", "amount": 100])
      }
      let made = try wire.post(
        "/v1/rules",
        [
          "name": "Compra", "tag": shop.tag, "filter": "orders >= 1", "enabled": true,
          "reason": "teste",
        ])
      try #require(made.status == 201, "\(made.text)")
      for _ in 0..<3 {
        usleep(30_000)
        daemon.kill()
        try daemon.start()
        wire = try Wire(daemon.socket)
      }
      try wait(for: "all tags", seconds: 60) { try members(wire, "Produto-Sofá") == count }
      // Each customer got it once.
      let status = try #require(try wire.get("/v1/status").json["position"] as? Int)
      usleep(500_000)
      #expect(try wire.get("/v1/status").json["position"] as? Int == status)
      var applied = 0
      var cursor: String?
      repeat {
        let rest = cursor.map { "&cursor=\($0)" } ?? ""
        let page = try wire.get("/v1/changes?type=tag.applied&limit=1000\(rest)").json
        applied += (page["items"] as? [Any])?.count ?? 0
        cursor = page["next"] as? String
      } while cursor != nil
      #expect(applied == count)
      #expect(try wire.isSound())
    }

    private static let library = [
      "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
      "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    ].first(where: FileManager.default.fileExists(atPath:))

    @Test(.enabled(if: library != nil, "the package faketime is not installed"))
    func `ninety days without an order become true by themselves, running or not`() throws {
      let scratch = try Scratch()
      let clock = scratch.path + "/clock"
      func set(_ offset: String) throws {
        try offset.write(toFile: clock, atomically: true, encoding: .utf8)
      }
      try set("+0")
      let daemon = try RunningDaemon(
        environment: [
          "LD_PRELOAD": try #require(Self.library), "FAKETIME_TIMESTAMP_FILE": clock,
          "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
        ],
        launcher: Programs.find("env"))
      let wire = try Wire(daemon.socket)
      let shop = try Shop(daemon, customers: 2)
      for ready in ["A4", "A5"] {
        let adopted = try wire.post(
          "/v1/rules/ready/\(ready)", ["language": "pt", "enabled": true, "reason": "o guia"])
        try #require(adopted.status == 201, "\(adopted.text)")
      }
      try fact(
        wire, ["type": "order.placed", "customer": shop.customers[0], "order": "p1", "amount": 1])
      usleep(1_000_000)
      #expect(try members(wire, "Reativar-60 dias") == 0)
      try set("+61d")
      try wait(for: "60 days to have passed") { try members(wire, "Reativar-60 dias") == 1 }
      #expect(try members(wire, "Risco-90 dias") == 0)
      daemon.stop()
      try set("+100d")
      try daemon.start()
      let later = try Wire(daemon.socket)
      try wait(for: "90 days to have passed") { try members(later, "Risco-90 dias") == 1 }
      try fact(
        later, ["type": "order.placed", "customer": shop.customers[0], "order": "p2", "amount": 1])
      try wait(for: "both tags to leave") {
        try members(later, "Risco-90 dias") == 0 && members(later, "Reativar-60 dias") == 0
      }
      #expect(try later.isSound())
    }
  }
}
