import Foundation
import TestSupport
import Testing

extension Scenarios {
  /// What becomes of a person's data: erased, backed up, restored.
  @Suite struct People {
    private static var person: [String: Any] {
      [
        "name": "Zwetanka Quíxarion", "phone": "+5541987651234", "ref": "zq-ref-7781",
        "notes": "colecciona xilofones de Ulan-Ude", "attributes": ["muito pontual aos sábados"],
        "needs": ["entrega na rua Wxyz 4711"],
      ]
    }
    private static var later: [String: Any] {
      [
        "name": "Zwetanka Jørgensdóttir", "phone": "+5541987654321", "notes": "prefere balalaicas",
      ]
    }
    private static var twin: [String: Any] { ["name": "Z. Quíxarion-Vasylkiv"] }

    private var needles: Needles {
      var needles = Needles()
      for person in [Self.person, Self.later, Self.twin] {
        for (field, value) in person {
          for text in value as? [String] ?? [value as! String] {
            if field == "phone" { needles.add(phone: text) } else { needles.add(text: text) }
          }
        }
      }
      return needles
    }

    /// Lets the person stand wherever somebody's doing can put them.
    private func plant(_ daemon: RunningDaemon) throws {
      let wire = try Wire(daemon.socket)
      let json = ["Content-Type": "application/json"]
      for (key, body) in [("a", Self.person), ("b", Self.twin)] {
        let answer = try wire.request(
          "POST", "/v1/customers", headers: json.merging(["Idempotency-Key": key]) { $1 },
          body: JSONSerialization.data(withJSONObject: body))
        try #require(answer.status == 201, "\(answer.text)")
      }
      let revised = try wire.request(
        "PATCH", "/v1/customers/1", headers: json,
        body: JSONSerialization.data(withJSONObject: Self.later))
      try #require(revised.status == 200, "\(revised.text)")
      #expect(try wire.get("/v1/customers?phone=%2B5541987654321").items.count == 1)
      #expect(try wire.post("/v1/customers/2/merge", ["into": 1]).status == 200)
      let file = daemon.scratch.path + "/c.csv"
      let rows = """
        name,phone,notes
        zwetanka jørgensdóttir,12,colecciona xilofones de Ulan-Ude
        Rui,34,outra
        Eva,98765-4321 ramal 9,nada

        """
      try Data(rows.utf8).write(to: URL(filePath: file))
      // Rows are refused, and so it says.
      #expect(try daemon.tagledger("import", "customers", file).code != 0)
    }

    @Test func `an erased person is in no file the daemon has written, nor in a backup since`()
      throws
    {
      let daemon = try RunningDaemon(settings: ["--log-level", "trace"])
      try plant(daemon)
      let backups = daemon.scratch.path + "/backups"
      try FileManager.default.createDirectory(atPath: backups, withIntermediateDirectories: false)
      #expect(try daemon.tagledger("backup", backups + "/before").code == 0)
      let found = try needles.found(in: daemon.data)
      #expect(found.contains { $0.contains("views.db") && $0.contains("Zwetanka") })
      #expect(found.contains { $0.contains("failures.csv") && $0.contains("98765-4321") })

      let erased = try daemon.tagledger("customer", "erase", "1", "--yes", "--reason", "a pedido")
      #expect(erased.code == 0, "\(erased)")
      #expect(erased.output.contains("Erased customers 1, 2"), "\(erased)")
      #expect(erased.output.contains("none opens"), "\(erased)")
      #expect(try needles.found(in: daemon.data) == [])
      #expect(!daemon.log.contains("Zwetanka") && !daemon.log.contains("98765"))
      #expect(try daemon.tagledger("backup", backups + "/after").code == 0)
      #expect(try needles.found(in: backups + "/after") == [])
      let again = try daemon.tagledger("customer", "erase", "1", "--yes", "--reason", "outra vez")
      #expect(again.code == 0 && again.output.contains("Nothing to do"), "\(again)")

      daemon.kill()
      try daemon.start()
      #expect(try needles.found(in: daemon.data) == [])
      #expect(try Wire(daemon.socket).isSound())

      // The backup from before brings nobody back.
      let place = daemon.scratch.path + "/restored"
      let restored = try run(
        Programs.daemon,
        [
          "restore", "--from", backups + "/before", "--data-directory", place, "--erasures",
          daemon.data + "/erasures",
        ])
      #expect(restored.code == 0 && restored.output.contains("erased anew"), "\(restored)")
      #expect(try needles.found(in: place) == [])
      let second = try RunningDaemon(data: place)
      let shown = try Wire(second.socket).get("/v1/customers/1").json
      #expect(shown["erased"] is String && shown["name"] == nil)
      #expect(try needles.found(in: place) == [])
      #expect(second.stop() == 0)
      #expect(daemon.stop() == 0)
    }

    /// The number is milliseconds between the answer and the end of the daemon.
    @Test(arguments: [0, 1, 3, 8, 20])
    func `an erasure whose daemon is killed is carried out by the next`(_ pause: UInt32) throws {
      let daemon = try RunningDaemon()
      try plant(daemon)
      let answer = try Wire(daemon.socket).post(
        "/v1/customers/1/erase", ["reason": "a pedido"])
      #expect(answer.status == 202, "\(answer.text)")
      usleep(pause * 1000)
      daemon.kill()
      try daemon.start()
      #expect(try needles.found(in: daemon.data) == [])
      let wire = try Wire(daemon.socket)
      #expect(try wire.get("/v1/customers/1").json["erased"] is String)
      #expect(try wire.isSound())
      #expect(daemon.stop() == 0)
    }

    @Test func `a daemon that runs keeps its directory from being replaced`() throws {
      let daemon = try RunningDaemon()
      let backup = daemon.scratch.path + "/backup"
      #expect(try daemon.tagledger("backup", backup).code == 0)
      let arguments = ["restore", "--from", backup, "--data-directory", daemon.data]
      let refused = try run(Programs.daemon, arguments + ["--replace"])
      #expect(refused.code == 75, "\(refused)")
      daemon.stop()
      #expect(try run(Programs.daemon, arguments).code == 64)
      #expect(try run(Programs.daemon, ["restore"]).code == 64)
      #expect(try run(Programs.daemon, arguments + ["--replace"]).code == 0)
      try daemon.start()
    }

    @Test func `a data directory is restored wherever and however its path is written`() throws {
      let daemon = try RunningDaemon()
      let (backup, scratch) = (daemon.scratch.path + "/backup", daemon.scratch.path)
      #expect(try daemon.tagledger("backup", backup, "--keys", backup + "-keys").code == 0)
      func restore(to path: String, _ more: String...) throws -> Outcome {
        try run(
          Programs.daemon,
          ["restore", "--from", "backup", "--keys", "backup-keys/", "--data-directory", path]
            + more, directory: scratch)
      }
      for path in ["d", "new/", scratch + "/other/"] {
        let restored = try restore(to: path)
        #expect(restored.code == 0, "\(path): \(restored)")
      }
      #expect(daemon.stop() == 0)
      let replaced = try restore(to: "data/", "--replace", "--new-origin")
      #expect(replaced.code == 0, "\(replaced)")
      let left = try FileManager.default.subpathsOfDirectory(atPath: scratch)
      #expect(!left.contains { $0.contains(".restoring") })
      try daemon.start()
    }
  }
}
