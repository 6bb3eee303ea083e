import Foundation
import Testing

extension Scenarios {
  /// The first day with Tagledger, as its documents promise it.
  struct FirstDay {
    /// The commands of the README's console, without their comments.
    private func commands() throws -> [String] {
      let readme = try String(contentsOfFile: Programs.root + "/README.md", encoding: .utf8)
      let console = readme.components(separatedBy: "```console\n").dropFirst().first ?? ""
      return console.components(separatedBy: "```")[0].split(separator: "\n").compactMap { line in
        guard line.hasPrefix("$ tagledger ") else { return nil }
        return line.dropFirst(2).components(separatedBy: "  #")[0]
      }
    }

    @Test func `what the README says to type works, in its order`() throws {
      let daemon = try RunningDaemon()
      let commands = try commands()
      #expect(commands.count > 5)
      for command in commands where !command.contains("--follow") {
        let outcome = try run(
          "/bin/sh", ["-c", "tagledger() { '\(Programs.commandLine)' \"$@\"; }; " + command],
          environment: ["TAGLEDGER_SOCKET": daemon.socket])
        #expect(outcome.code == 0, "\(command)\n\(outcome)")
      }
      let log = try daemon.tagledger("log")
      #expect(log.output.contains("Ana Souza") && log.output.contains("Product-Sofa"), "\(log)")
    }

    @Test func `the demo plays a day and shows its log`() throws {
      let outcome = try run(
        Programs.root + "/ops/demo", environment: ["BIN": Programs.folder], directory: "/")
      #expect(outcome.code == 0, "\(outcome)")
      for word in ["Origem-Anúncio IG", "Produto-Sofá", "BR123456789BR", "Reclamação"] {
        #expect(outcome.output.contains(word), "\(word) is missing")
      }
    }

    @Test func `the smoke run of the build passes`() throws {
      let outcome = try run(
        Programs.root + "/ops/smoke", environment: ["BIN": Programs.folder], directory: "/")
      #expect(outcome.code == 0, "\(outcome)")
    }

    @Test func `an installation has everything in its place`() throws {
      let scratch = try Scratch()
      let outcome = try run(
        Programs.root + "/ops/install",
        environment: [
          "BIN": Programs.folder, "DESTDIR": scratch.path, "PREFIX": "/usr",
          "SYSCONFDIR": "/etc", "SYSTEMDDIR": "/usr/lib",
        ])
      #expect(outcome.code == 0, "\(outcome)")
      let files = [
        "/usr/bin/tagledgerd", "/usr/bin/tagledger", "/etc/tagledger/tagledgerd.json",
        "/usr/lib/systemd/system/tagledgerd.service", "/usr/lib/systemd/system/tagledgerd.socket",
        "/usr/lib/sysusers.d/tagledger.conf", "/usr/lib/tmpfiles.d/tagledger.conf",
        "/usr/share/bash-completion/completions/tagledger",
        "/usr/share/zsh/site-functions/_tagledger",
        "/usr/share/fish/vendor_completions.d/tagledger.fish",
        "/usr/share/doc/tagledger/runbook.md",
      ]
      for file in files {
        #expect(FileManager.default.fileExists(atPath: scratch.path + file), "\(file) is missing")
      }
      let unit = try String(contentsOfFile: scratch.path + files[3], encoding: .utf8)
      #expect(
        unit.contains("ExecStart=/usr/bin/tagledgerd --config /etc/tagledger/tagledgerd.json"))
      #expect(!unit.contains("/usr/local"))
      let shown = try run(
        scratch.path + files[0], ["--config", scratch.path + files[2], "--print-config"])
      #expect(shown.code == 0, "\(shown)")
    }

    @Test func `without a daemon the command line says so, and how to get one`() throws {
      let scratch = try Scratch()
      let outcome = try run(
        Programs.commandLine, ["tag", "list"],
        environment: ["TAGLEDGER_SOCKET": scratch.path + "/s"])
      #expect(outcome.code == 69, "\(outcome)")
      #expect(outcome.errors.contains(scratch.path + "/s"))
    }
  }
}
