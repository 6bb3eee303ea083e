import Foundation
import Testing

/// An interpreter that can run ops/verify.py; nil where the machine has none.
private let python: String? = [Programs.find("python3"), "/usr/bin/python3"]
  .compactMap(\.self).first { (try? run($0, ["-c", "import cryptography"]))?.code == 0 }

extension Scenarios {
  /// What a daemon has signed, checked by a program that shares nothing with it.
  @Suite(.enabled(if: python != nil, "python3 with the package cryptography is missing"))
  struct Proofs {
    private static let script = Programs.root + "/ops/verify.py"

    /// A stopped daemon's data with several checkpoints, and its verifier key.
    private struct Ledger {
      let scratch: Scratch
      let key: String

      var data: String { scratch.path + "/data" }

      func copy() throws -> Ledger {
        let copy = try Scratch()
        try FileManager.default.copyItem(atPath: data, toPath: copy.path + "/data")
        return Ledger(scratch: copy, key: key)
      }

      func verify(_ more: [String] = []) throws -> Outcome {
        try run(
          python!, [Proofs.script, "--log-db", data + "/log.db", "--verifier-key", key] + more)
      }
    }

    private func ledger() throws -> Ledger {
      let daemon = try RunningDaemon()
      let shop = try Shop(daemon, customers: 60)
      let wire = try Wire(daemon.socket)
      for number in 0..<240 {
        let answer = try shop.apply("m\(number)", to: shop.customers[number % 60], over: wire)
        // A receipt of what is newest is always against a new checkpoint.
        if number % 40 == 0, let seq = answer.seq {
          try #require(try wire.get("/v1/events/\(seq)/receipt").status == 200)
        }
      }
      let key = try #require(try wire.get("/v1/status").json["verifier_key"] as? String)
      #expect(try wire.isSound())
      #expect(daemon.stop() == 0)
      let scratch = try Scratch()
      try FileManager.default.copyItem(atPath: daemon.data, toPath: scratch.path + "/data")
      return Ledger(scratch: scratch, key: key)
    }

    private func sql(_ ledger: Ledger, _ statements: String) throws {
      let code = """
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1])
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            db.execute("DROP TRIGGER " + name)
        db.executescript(sys.argv[2])
        db.commit()
        """
      let outcome = try run(python!, ["-c", code, ledger.data + "/log.db", statements])
      try #require(outcome.code == 0, "\(outcome)")
    }

    @Test func `the verifier agrees with a log that is as it was signed`() throws {
      let ledger = try ledger()
      let outcome = try ledger.verify()
      #expect(outcome.code == 0, "\(outcome)")
      #expect(outcome.output.contains("all agrees"))
      let stranger = "tagd.example/acme+f61c95e5+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
      let other = try run(
        python!, [Self.script, "--log-db", ledger.data + "/log.db", "--verifier-key", stranger])
      #expect(other.code == 1 && other.errors.contains("signed by no key"), "\(other)")
      // Where there is nothing to check, nothing differs.
      for place in [ledger.data + "/log.sqlite", ledger.data, ledger.scratch.path + "/no/log.db"] {
        let wrong = try run(python!, [Self.script, "--log-db", place])
        #expect(wrong.code == 2 && wrong.errors.contains("is no file"), "\(wrong)")
      }
      let elsewhere = try ledger.verify(["--checkpoints", ledger.data + "/no"])
      #expect(elsewhere.code == 2, "\(elsewhere)")
    }

    @Test(arguments: [
      ("an event", "UPDATE event SET tag = 2 WHERE seq = 177", "event 177:"),
      ("a leaf", "UPDATE event SET leaf = zeroblob(32) WHERE seq = 178", "event 178:"),
      ("a tile", "UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0", "tile 0/0"),
      ("a missing tile", "DELETE FROM tile", "tile 0/0"),
      ("the last event", "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)", "ends at"),
      ("an event in the middle", "DELETE FROM event WHERE seq = 100", "event 100 "),
      ("a sealed field", "UPDATE sealed SET box = zeroblob(40) WHERE customer = 7", "sealed name"),
      ("an actor", "UPDATE actor SET name = 'uid:4711' WHERE name <> 'system'", "event "),
      ("the origin", "UPDATE origin SET name = 'tagledger/other'", "tagledger/"),
    ])
    func `the verifier names the first thing that was changed in the database`(
      what: String, statement: String, named: String
    ) throws {
      let ledger = try ledger()
      try sql(ledger, statement)
      let outcome = try ledger.verify()
      #expect(outcome.code == 1 && outcome.errors.contains(named), "\(what): \(outcome)")
    }

    @Test func `the verifier names a checkpoint that was changed, moved or left out`() throws {
      let ledger = try ledger()
      let path = ledger.data + "/checkpoints"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let parts = text.components(separatedBy: "\n\n")
      var notes: [String] = []
      for index in stride(from: 0, to: parts.count - 1, by: 2) {
        notes.append("\(parts[index])\n\n\(parts[index + 1])\n\n")
      }
      try #require(notes.count > 4)
      func outcome(_ text: String) throws -> Outcome {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return try ledger.verify()
      }
      #expect(try outcome(notes.joined()).code == 0)
      let sound = notes
      notes.swapAt(2, 3)
      let moved = try outcome(notes.joined())
      #expect(moved.code == 1 && moved.errors.contains("checkpoint 4 "), "\(moved)")
      var generator = Seeded(3)
      for _ in 0..<12 {
        var bytes = Array(sound.joined().utf8)
        let place = Int.random(in: 0..<bytes.count - 1, using: &generator)
        bytes[place] ^= 1
        try Data(bytes).write(to: URL(filePath: path))
        let flipped = try ledger.verify()
        #expect(flipped.code == 1, "byte \(place): \(flipped)")
      }
      try FileManager.default.removeItem(atPath: path)
      #expect(try ledger.verify().code == 1)
    }

    @Test func `a daemon killed under load has signed nothing that it has lost`() throws {
      let daemon = try RunningDaemon()
      let shop = try Shop(daemon, customers: 20)
      var generator = Seeded(5)
      var kept: [String] = []
      let socket = daemon.socket
      for round in 0..<5 {
        let threads = (0..<4).map { number in
          let thread = Thread {
            guard let wire = try? Wire(socket) else { return }
            for mark in 0... {
              guard let answer = try? shop.apply("\(round)-\(number)-\(mark)", to: 1, over: wire),
                let seq = answer.seq, (try? wire.get("/v1/events/\(seq)/receipt")) != nil
              else { return }
            }
          }
          thread.start()
          return thread
        }
        usleep(UInt32.random(in: 200_000...600_000, using: &generator))
        kept.append(try Wire(daemon.socket).get("/checkpoint").text)
        daemon.kill()
        try ScenarioTests.wait(for: "the callers to notice") { threads.allSatisfy(\.isFinished) }
        try daemon.start()
        let status = try Wire(daemon.socket).get("/v1/status").json
        #expect(status["read_only"] as? Bool == false, "\(status)")
      }
      let key = try #require(
        try Wire(daemon.socket).get("/v1/status").json["verifier_key"] as? String)
      // Between two writes: one that a kill cuts short is the next daemon's to heal.
      usleep(1_500_000)
      daemon.kill()
      let ledger = Ledger(scratch: try copied(daemon), key: key)
      let checkpoints = try String(contentsOfFile: ledger.data + "/checkpoints", encoding: .utf8)
      for note in kept { #expect(checkpoints.contains(note)) }
      let outcome = try ledger.verify()
      #expect(outcome.code == 0, "\(outcome)")
    }

    @Test func `the verifier reads the log as tiles from the socket`() throws {
      let daemon = try RunningDaemon()
      let shop = try Shop(daemon, customers: 300)
      let wire = try Wire(daemon.socket)
      let last = try #require(try shop.apply("m", to: shop.customers[0], over: wire).seq)
      _ = try wire.get("/v1/events/\(last)/receipt")
      let key = try #require(try wire.get("/v1/status").json["verifier_key"] as? String)
      let outcome = try run(
        python!, [Self.script, "--tiles", daemon.socket, "--verifier-key", key])
      #expect(outcome.code == 0 && outcome.output.contains("events       \(last)"), "\(outcome)")
    }

    @Test func `a receipt is checked without the daemon, by the command line and by the verifier`()
      throws
    {
      let daemon = try RunningDaemon()
      let shop = try Shop(daemon, customers: 9)
      let wire = try Wire(daemon.socket)
      let seq = try #require(try shop.apply("m", to: shop.customers[0], over: wire).seq)
      let (receipt, event) = (daemon.scratch.path + "/r", daemon.scratch.path + "/e")
      let key = try daemon.tagledger("log", "key").output.trimmingCharacters(in: .newlines)
      let written = try daemon.tagledger(
        "log", "receipt", "\(seq)", "--out", receipt, "--event", event)
      #expect(written.code == 0, "\(written)")
      daemon.stop()
      let checked = try daemon.tagledger("log", "check", receipt, "--event", event, "--key", key)
      #expect(checked.code == 0 && checked.output.contains("event \(seq)"), "\(checked)")
      let arguments = ["--receipt", receipt, "--event", event, "--verifier-key", key]
      let verified = try run(python!, [Self.script] + arguments)
      #expect(verified.code == 0, "\(verified)")
      // Another event is not proved by it.
      let text = try String(contentsOfFile: event, encoding: .utf8)
      try text.replacing("\"m\"", with: "\"n\"").write(
        toFile: event, atomically: true, encoding: .utf8)
      #expect(
        try daemon.tagledger("log", "check", receipt, "--event", event, "--key", key).code == 1)
      #expect(try run(python!, [Self.script] + arguments).code == 1)
    }

    @Test func `an older copy is read-only until it goes on under a new origin, and verifies then`()
      throws
    {
      let daemon = try RunningDaemon()
      let shop = try Shop(daemon, customers: 20)
      daemon.stop()
      let old = try Scratch()
      try FileManager.default.copyItem(atPath: daemon.data, toPath: old.path + "/data")
      try daemon.start()
      _ = try shop.apply("later", to: shop.customers[0], over: try Wire(daemon.socket))
      daemon.stop()
      for file in ["log.db", "log.db-wal", "log.db-shm", "keys.db", "views.db"] {
        let path = daemon.data + "/" + file
        try? FileManager.default.removeItem(atPath: path)
        try? FileManager.default.copyItem(atPath: old.path + "/data/" + file, toPath: path)
      }
      try daemon.start()
      let status = try Wire(daemon.socket).get("/v1/status").json
      #expect(status["read_only"] as? Bool == true)
      #expect(try daemon.tagledger("tag", "create", "Status-Novo").code == 75)
      daemon.stop()
      let went = try run(Programs.daemon, ["--new-origin", "--data-directory", daemon.data])
      #expect(went.code == 0 && went.output.contains("the log goes on as"), "\(went)")
      try daemon.start()
      let wire = try Wire(daemon.socket)
      let now = try wire.get("/v1/status").json
      #expect(now["read_only"] as? Bool == false)
      #expect(now["origin"] as? String != status["origin"] as? String)
      _ = try shop.apply("again", to: shop.customers[0], over: wire)
      #expect(try wire.isSound())
      let key = try #require(now["verifier_key"] as? String)
      let position = try #require(status["position"] as? Int)
      let event = try wire.get("/v1/events/\(position + 1)").json
      #expect(event["type"] as? String == "tagledger.ledger.continued.v1")
      daemon.stop()
      let ledger = Ledger(scratch: try copied(daemon), key: key)
      let outcome = try ledger.verify()
      #expect(outcome.code == 0 && outcome.output.contains("before: "), "\(outcome)")
    }

    private func copied(_ daemon: RunningDaemon) throws -> Scratch {
      let scratch = try Scratch()
      try FileManager.default.copyItem(atPath: daemon.data, toPath: scratch.path + "/data")
      return scratch
    }

    @Test func `the scrubber finds what rots while the daemon runs, and says so loudly`() throws {
      let daemon = try RunningDaemon(settings: ["--scrub-interval-seconds", "1"])
      _ = try Shop(daemon, customers: 300)
      let wire = try Wire(daemon.socket)
      try ScenarioTests.wait(for: "the first pass") {
        let scrub = try wire.get("/v1/status").json["scrub"] as? [String: Any]
        return scrub?["passes"] as? Int ?? 0 > 0
      }
      // Home from the WAL, so that the file is what is read.
      daemon.stop()
      let path = daemon.data + "/log.db"
      try daemon.start()
      var bytes = try Data(contentsOf: URL(filePath: path))
      let name = try #require(
        bytes.range(of: Data("\"channel\"".utf8)) ?? bytes.range(of: Data("\"sealed\"".utf8)))
      bytes[name.lowerBound + 1] ^= 1
      let file = try FileHandle(forUpdating: URL(filePath: path))
      try file.write(contentsOf: bytes)
      try file.close()
      try ScenarioTests.wait(for: "the scrubber; the log:\n\(daemon.log)", seconds: 40) {
        try Wire(daemon.socket).get("/readyz").status == 503
      }
      #expect(daemon.log.contains("scrubbing"))
    }

    @Test func `checkpoints go to the journal where that is wanted`() throws {
      let daemon = try RunningDaemon(settings: [
        "--checkpoint-copy", "journal", "--log-format", "json",
      ])
      _ = try Shop(daemon, customers: 2)
      daemon.stop()
      #expect(daemon.log.contains("— tagledger/"))
    }
  }
}
