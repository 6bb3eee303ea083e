import Foundation
import Testing

extension Scenarios {
  /// Who may do what, as the kernel names them.
  struct Founders {
    private static let founder = 4242
    private static let stranger = 4343

    private static func setpriv(_ uid: Int) -> [String] {
      ["--reuid=\(uid)", "--regid=\(uid)", "--clear-groups", "--"]
    }

    /// Whether others could run the programs at all from where they were built.
    private static let isPossible: Bool = {
      guard Programs.isRoot, let setpriv = Programs.find("setpriv") else { return false }
      let outcome = try? run(setpriv, Self.setpriv(stranger) + [Programs.commandLine, "--help"])
      return outcome?.code == 0
    }()

    @Test(
      .enabled(if: isPossible, "only root can be somebody else, and others must reach the build"))
    func `the founder and root may do everything, anyone else is refused and told why`() throws {
      let setpriv = try #require(Programs.find("setpriv"))
      let scratch = try Scratch()
      let data = scratch.path + "/data"
      try FileManager.default.createDirectory(
        atPath: data, withIntermediateDirectories: false,
        attributes: [.ownerAccountID: Self.founder, .groupOwnerAccountID: Self.founder])
      try FileManager.default.setAttributes(
        [.ownerAccountID: Self.founder, .groupOwnerAccountID: Self.founder],
        ofItemAtPath: scratch.path)
      let socket = scratch.path + "/s"
      let daemon = try Child(
        setpriv,
        Self.setpriv(Self.founder) + [
          Programs.daemon, "--data-directory", data, "--socket-path", socket,
          "--socket-mode", "0666",
        ], environment: Programs.plainEnvironment)
      defer { kill(daemon.pid, SIGTERM) }
      try wait(for: "the daemon") { (try? Wire(socket).get("/readyz").status) == 200 }

      func tagledger(as uid: Int, _ words: String...) throws -> Outcome {
        try run(
          setpriv, Self.setpriv(uid) + [Programs.commandLine] + words,
          environment: ["TAGLEDGER_SOCKET": socket])
      }
      let created = try tagledger(as: Self.founder, "tag", "create", "Status-Novo")
      #expect(created.code == 0, "\(created)")
      let byRoot = try tagledger(as: 0, "tag", "create", "Status-Pago")
      #expect(byRoot.code == 0, "\(byRoot)")
      for words in [["tag", "create", "Status-Meu"], ["tag", "list"], ["log"]] {
        let refused = try run(
          setpriv, Self.setpriv(Self.stranger) + [Programs.commandLine] + words,
          environment: ["TAGLEDGER_SOCKET": socket])
        #expect(refused.code == 1, "\(refused)")
        #expect(!refused.errors.isEmpty && refused.output.isEmpty, "\(refused)")
      }
      let log = try tagledger(as: 0, "log", "-o", "json")
      #expect(log.output.contains("operator:1") && log.output.contains("uid:0"))
      #expect(!log.output.contains("uid:\(Self.stranger)"))
    }
  }
}
