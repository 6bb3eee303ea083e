import Foundation
import Testing

extension Scenarios {
  /// The past, as an operator and an auditor see it through the built programs.
  struct Past {
    @Test func `a mistaken merge is looked into, undone, and compared`() throws {
      let daemon = try RunningDaemon()
      for command in [
        ["tag", "create", "Produto-Sofá"], ["tag", "create", "Produto-Mesa"],
        ["customer", "register", "Ana Souza"], ["customer", "register", "Rui Lima"],
        ["tag", "apply", "Produto-Sofá", "Ana Souza"],
        ["tag", "apply", "Produto-Mesa", "Rui Lima"],
        ["tag", "merge", "Produto-Sofá", "--into", "Produto-Mesa", "--yes"],
      ] {
        let outcome = try run(
          Programs.commandLine, command, environment: ["TAGLEDGER_SOCKET": daemon.socket])
        try #require(outcome.code == 0, "\(command)\n\(outcome)")
      }
      let why = try daemon.tagledger("why", "Ana Souza", "Produto-Mesa")
      #expect(why.code == 0 && why.output.contains("merged “Produto-Sofá”"), "\(why)")
      #expect(why.output.contains("applied “Produto-Sofá” to Ana Souza"), "\(why)")

      let status = try daemon.tagledger("status", "-o", "json")
      let position = try #require(Self.number("position", status.output))
      let preview = try daemon.tagledger("undo", "\(position)", "--dry-run")
      #expect(preview.code == 0 && preview.output.contains("merged tag parted again"), "\(preview)")
      let undo = try daemon.tagledger("undo", "\(position)", "--yes", "--reason", "engano")
      #expect(undo.code == 0 && undo.output.contains("merged tag parted again"), "\(undo)")
      let tags = try daemon.tagledger("tag", "list", "-o", "csv")
      #expect(tags.output.contains("Produto-Sofá"), "\(tags)")

      let then = try daemon.tagledger("tag", "list", "--as-of", "\(position)")
      #expect(!then.output.contains("Sofá"), "\(then)")
      let diff = try daemon.tagledger("diff", "--from", "\(position)")
      #expect(diff.output.contains("Produto-Sofá") && diff.output.contains("Ana Souza"), "\(diff)")
      let none = try daemon.tagledger("diff", "--from", "\(position)", "--to", "\(position)")
      #expect(none.code == 0 && none.errors.contains("Nothing differs"), "\(none)")
      #expect(try Wire(daemon.socket).isSound())
    }

    @Test func `a replay shows a moment, changes nothing, and leaves no trace`() throws {
      let daemon = try RunningDaemon()
      try daemon.tagledger("tag", "create", "Produto-Sofá")
      let status = try daemon.tagledger("status", "-o", "json")
      let position = try #require(Self.number("position", status.output))
      try daemon.tagledger("tag", "create", "Produto-Mesa")
      let path = daemon.scratch.path + "/past"
      let replay = try Child(
        Programs.commandLine, ["replay", "--to", "\(position)", "--at", path],
        environment: Programs.plainEnvironment.merging(["TAGLEDGER_SOCKET": daemon.socket]) { $1 },
        errors: daemon.scratch.path + "/replay.log")
      try wait(for: "the replay: \(daemon.scratch.text("replay.log"))") {
        (try? Wire(path, patience: 2).get("/healthz").status) == 200
      }
      let files = try Self.open(of: replay.pid)
      #expect(!files.contains { $0.hasPrefix(daemon.data) }, "\(files)")
      let tags = try run(
        Programs.commandLine, ["tag", "list"], environment: ["TAGLEDGER_SOCKET": path])
      #expect(tags.output.contains("Produto-Sofá") && !tags.output.contains("Mesa"), "\(tags)")
      let refused = try run(
        Programs.commandLine, ["tag", "create", "Novo"], environment: ["TAGLEDGER_SOCKET": path])
      #expect(refused.code != 0 && refused.errors.contains("[past.read_only]"), "\(refused)")
      kill(replay.pid, SIGINT)
      #expect(replay.wait() == 130)
      #expect(!FileManager.default.fileExists(atPath: path))
      #expect(try daemon.tagledger("tag", "list").output.contains("Produto-Mesa"))
    }

    private static func number(_ field: String, _ json: String) -> Int? {
      let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      return object?[field] as? Int
    }

    /// The files that a process has open.
    private static func open(of pid: Int32) throws -> [String] {
      let folder = "/proc/\(pid)/fd"
      return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap {
        try? FileManager.default.destinationOfSymbolicLink(atPath: folder + "/" + $0)
      }
    }
  }
}
