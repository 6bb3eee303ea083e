import Foundation
import Testing

extension Scenarios {
  /// The daemon is killed in the middle of a file of orders.
  struct OrderCrashes {
    private static let orders = 16_000
    private static let customers = 400

    /// Two lines to an order, which do not stand together; some orders are cancelled in part, and some
    /// lines have no customer.
    private func file(in daemon: RunningDaemon) throws -> String {
      var generator = Seeded(11)
      var rows = "Invoice,Product,Category,Quantity,InvoiceDate,Price,Customer ID\n"
      var late: [String] = []
      for number in 1...Self.orders {
        let customer = Int.random(in: 1...Self.customers, using: &generator)
        let who = number.isMultiple(of: 997) ? "" : "c\(customer)"
        let day = 1 + number * 27 / Self.orders
        let time = "2026-01-\(day < 10 ? "0" : "")\(day)T10:00:00"
        let invoice = number.isMultiple(of: 50) ? "C\(number)" : "\(number)"
        let sign = number.isMultiple(of: 50) ? "-" : ""
        let price = "\(Int.random(in: 1...90, using: &generator)).25"
        rows += "\(invoice),Sofá,Casa,\(sign)2,\(time),\(price),\(who)\n"
        late.append("\(invoice),Mesa,Casa,\(sign)1,\(time),7.50,\(who)\n")
        if late.count > 40 { rows += late.removeFirst() }
      }
      let path = daemon.scratch.path + "/vendas.csv"
      try (rows + late.joined()).write(toFile: path, atomically: true, encoding: .utf8)
      return path
    }

    private func begin(_ daemon: RunningDaemon, _ file: String) throws {
      let begun = try daemon.tagledger(
        "import", "orders", file, "--create-customers", "--no-wait")
      try #require(begun.code == 0, "\(begun)")
    }

    private func jobs(_ wire: Wire) throws -> [[String: Any]] { try wire.get("/v1/jobs").items }

    private func finish(_ daemon: RunningDaemon) throws {
      let wire = try Wire(daemon.socket)
      try wait(for: "the import", seconds: 240) {
        try jobs(wire).allSatisfy { $0["state"] as? String != "running" }
      }
      let ended = try jobs(wire)
      #expect(ended.allSatisfy { $0["state"] as? String == "done" }, "\(ended)")
    }

    /// Goes on with what ended with its daemon.
    private func resume(_ daemon: RunningDaemon) throws {
      for job in try jobs(try Wire(daemon.socket)) where job["state"] as? String != "done" {
        let resumed = try daemon.tagledger("job", "resume", "\(job["id"] ?? "")", "--no-wait")
        #expect(resumed.code == 0, "\(resumed)")
      }
    }

    private func position(_ wire: Wire) throws -> Int {
      try #require(try wire.get("/v1/status").json["position"] as? Int)
    }

    /// What every customer has come to, by the reference by which the file names them.
    private func figures(_ wire: Wire) throws -> [String: String] {
      var figures: [String: String] = [:]
      for item in try wire.get("/v1/customers?limit=1000").items {
        let told = (item["figures"] as? [String: Any]) ?? [:]
        figures[try #require(item["ref"] as? String)] =
          "\(told["orders"] ?? ""), \(told["spent"] ?? ""), \(told["first_order"] ?? "")"
      }
      return figures
    }

    private struct Told {
      let id: String
      let lines: Int
      let file: String?
    }

    /// Every order or return in the log.
    private func told(_ wire: Wire, _ type: String) throws -> [Told] {
      var told: [Told] = []
      var cursor: String?
      repeat {
        let rest = cursor.map { "&cursor=\($0)" } ?? ""
        let page = try wire.get("/v1/changes?type=\(type)&limit=1000\(rest)")
        for item in page.items {
          let after = try #require(item["after"] as? [String: Any])
          let id = try #require((after["order"] ?? after["id"]) as? String)
          let source = after["source"] as? [String: Any]
          told.append(
            Told(
              id: id, lines: (after["lines"] as? [Any])?.count ?? 0,
              file: source?["import"] as? String))
        }
        cursor = page.json["next"] as? String
      } while cursor != nil
      return told
    }

    @Test func `an import of orders that is killed again and again brings each once and whole`()
      throws
    {
      let calm = try RunningDaemon()
      try begin(calm, try file(in: calm))
      try finish(calm)
      let calmWire = try Wire(calm.socket)
      let end = try position(calmWire)

      let daemon = try RunningDaemon()
      let path = try file(in: daemon)
      let start = try position(try Wire(daemon.socket))
      try begin(daemon, path)
      var generator = Seeded(3)
      var kills = 0
      for part in 1...4 {
        let wire = try Wire(daemon.socket)
        let goal = start + (end - start) * (part - 1) / 5 + 1
        try wait(for: "some of the file", seconds: 120) { try position(wire) >= goal }
        usleep(UInt32.random(in: 0...40_000, using: &generator))
        if try position(wire) < end { kills += 1 }
        daemon.kill()
        try daemon.start()
        let placed = try told(try Wire(daemon.socket), "order.placed")
        #expect(placed.allSatisfy { $0.lines == 2 && $0.file == "vendas.csv" })
        #expect(Set(placed.map(\.id)).count == placed.count)
        try resume(daemon)
      }
      #expect(kills > 1, "the import was over before it could be killed")
      try finish(daemon)

      let wire = try Wire(daemon.socket)
      #expect(try position(wire) == end)
      #expect(try figures(wire) == figures(calmWire))
      for type in ["order.placed", "order.returned"] {
        let ids = try told(wire, type).map(\.id)
        #expect(Set(ids).count == ids.count && ids.count > 300)
      }
      // The same file again changes nothing.
      try begin(daemon, path)
      try finish(daemon)
      #expect(try position(wire) == end)
      #expect(try wire.isSound())
    }
  }
}
