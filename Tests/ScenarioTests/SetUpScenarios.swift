import Foundation
import Testing

extension Scenarios {
  /// A fresh machine, a machine without Swift, a machine with systemd.
  struct SetUp {
    /// A folder of links to what the script needs, and a `swift` of our making or none. There is
    /// neither dpkg nor apt in it, so that all packages are missing and none can be installed.
    private func tools(swift: String?) throws -> Scratch {
      let scratch = try Scratch()
      let needed = [
        "sh", "dirname", "sed", "head", "sort", "id", "cat", "mktemp", "rm", "env", "printf",
      ]
      for name in needed {
        guard let path = Programs.find(name) else { continue }
        try FileManager.default.createSymbolicLink(
          atPath: scratch.path + "/" + name, withDestinationPath: path)
      }
      if let swift {
        let script = scratch.path + "/swift"
        try "#!/bin/sh\necho '\(swift)'\n".write(toFile: script, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
      }
      return scratch
    }

    private func setup(_ tools: Scratch) throws -> Outcome {
      try run(
        tools.path + "/sh", [Programs.root + "/ops/setup", "build"],
        environment: ["PATH": tools.path])
    }

    @Test func `without Swift, the set-up says how to get it before anything else`() throws {
      let outcome = try setup(tools(swift: nil))
      #expect(outcome.code == 69)
      #expect(outcome.errors.contains("no swift on your PATH"))
      #expect(outcome.errors.contains("https://www.swift.org/install/linux/"))
      #expect(!outcome.errors.contains("libsqlite3-dev"))
    }

    @Test func `a Swift that is too old is named with its version`() throws {
      let outcome = try setup(tools(swift: "Swift version 5.10.1 (swift-5.10.1-RELEASE)"))
      #expect(outcome.code == 69)
      #expect(outcome.errors.contains("the one on your PATH is 5.10.1"))
    }

    @Test(arguments: ["6.2", "6.3.1", "6.10", "7.0"])
    func `a Swift that is new enough leads on to the packages`(version: String) throws {
      let outcome = try setup(tools(swift: "Swift version \(version) (swift-RELEASE)"))
      #expect(outcome.code == 69)
      #expect(outcome.errors.contains("there is no apt-get to install them: libsqlite3-dev"))
    }

    @Test func `make alone lists what there is to do`() throws {
      let make = try #require(Programs.find("make"))
      let outcome = try run(make, directory: Programs.root)
      #expect(outcome.code == 0)
      for word in ["make run", "make test", "make demo", "make bench", "make install"] {
        #expect(outcome.output.contains(word))
      }
    }

    /// A copy whose program is one that exists, so that only the unit itself is judged.
    private func unit(_ scratch: Scratch) throws -> String {
      let path = scratch.path + "/tagledgerd.service"
      try String(contentsOfFile: Programs.root + "/ops/systemd/tagledgerd.service", encoding: .utf8)
        .replacing("/usr/local/bin/tagledgerd", with: "/bin/true")
        .write(toFile: path, atomically: true, encoding: .utf8)
      return path
    }

    @Test(.enabled(if: Programs.find("systemd-analyze") != nil, "systemd is not installed"))
    func `systemd finds nothing wrong with the units`() throws {
      let analyze = try #require(Programs.find("systemd-analyze"))
      let scratch = try Scratch()
      try FileManager.default.copyItem(
        atPath: Programs.root + "/ops/systemd/tagledgerd.socket",
        toPath: scratch.path + "/tagledgerd.socket")
      let outcome = try run(
        analyze, ["verify", unit(scratch), scratch.path + "/tagledgerd.socket"])
      #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome)")
    }

    @Test(.enabled(if: Programs.find("systemd-analyze") != nil, "systemd is not installed"))
    func `the service is exposed to at most 2 of 10`() throws {
      let analyze = try #require(Programs.find("systemd-analyze"))
      let scratch = try Scratch()
      let outcome = try run(
        analyze, ["security", "--offline=true", "--threshold=20", unit(scratch)])
      #expect(outcome.code == 0, "\(outcome)")
    }
  }
}
