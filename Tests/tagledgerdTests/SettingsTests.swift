import API
import Foundation
import TestSupport
import Testing

@testable import tagledgerd

struct SettingsTests {
  private func load(
    _ flags: [String] = [], environment: [String: String] = [:], file: String? = nil
  ) async throws -> Settings {
    let directory = try TemporaryDirectory()
    var flags = flags
    if let file {
      try directory.write(Array(file.utf8), to: "config.json")
      flags += ["--config", directory.file("config.json")]
    }
    let settings = try await Settings.load(
      Arguments(["tagledgerd"] + flags), environment: environment)
    withExtendedLifetime(directory) {}
    return settings
  }

  private func refusal(
    _ flags: [String] = [], environment: [String: String] = [:], file: String? = nil
  ) async -> String? {
    do {
      _ = try await load(flags, environment: environment, file: file)
      return nil
    } catch {
      return (error as? StartFailure)?.message
    }
  }

  @Test func `without a word, everything has its default`() async throws {
    let settings = try await load()
    #expect(settings.dataDirectory == FileManager.default.currentDirectoryPath + "/var")
    #expect(settings.socketPath == "./var/tagledger.sock")
    #expect(settings.socketMode == 0o660)
    #expect(settings.tagNameLimit == 20)
    #expect(settings.bulkLimit == 100_000)
    #expect(settings.founderUID == nil)
  }

  @Test(arguments: ["d", "./d", "d/", "d//", "e/../d"])
  func `however the data directory is written, it is one full path`(text: String) async throws {
    let settings = try await load(["--data-directory", text])
    #expect(settings.dataDirectory == FileManager.default.currentDirectoryPath + "/d")
    #expect(try await load(["--data-directory", "/"]).dataDirectory == "/")
    #expect(try await load(["--data-directory", "/é d/"]).dataDirectory == "/é d")
  }

  @Test func `a flag goes before the environment, the environment before the file`() async throws {
    let file =
      #"{"tags": {"name-limit": 30}, "bulk": {"limit": 30}, "changes": {"page-limit": 30}}"#
    let environment = ["TAGLEDGER_TAGS_NAME_LIMIT": "40", "TAGLEDGER_BULK_LIMIT": "40"]
    let settings = try await load(
      ["--tags-name-limit", "50"], environment: environment, file: file)
    #expect(settings.tagNameLimit == 50)
    #expect(settings.bulkLimit == 40)
    #expect(settings.changesPageLimit == 30)
  }

  @Test func `limits of requests are settings, and what is printed can be read again`() async throws
  {
    let settings = try await load(
      ["--requests-per-second", "7", "--requests-remembered-hours", "24"],
      file: #"{"requests": {"head-seconds": 3, "upload-limit": 99999}}"#)
    #expect(settings.requests.perSecond == 7 && settings.rememberedHours == 24)
    #expect(settings.requests.headSeconds == 3 && settings.requests.uploadBytes == 99_999)
    for line in ["requests.per-second = 7", "requests.connections-per-user = 256"] {
      #expect(settings.described.contains(line))
    }
    #expect(settings.described.split(separator: "\n").count == Setting.all.count)
    #expect(await refusal(["--requests-remembered-hours", "23"]) != nil)
  }

  @Test func `keys come from systemd's credentials where they are there and nothing else is said`()
    async throws
  {
    let directory = FileManager.default.temporaryDirectory.path + "/credentials-\(UUID())"
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let environment = ["CREDENTIALS_DIRECTORY": directory]
    #expect(try await load(environment: environment).keyFile == nil)
    for name in ["key", "signing.key"] {
      try Data("x".utf8).write(to: URL(filePath: directory + "/" + name))
    }
    let settings = try await load(environment: environment)
    #expect(settings.keyFile == directory + "/key")
    #expect(settings.signingKeyFile == directory + "/signing.key")
    let said = try await load(["--keys-file", "/elsewhere/key"], environment: environment)
    #expect(said.keyFile == "/elsewhere/key")
  }

  @Test func `the socket stands in the runtime directory of a user who has one`() async throws {
    let directory = FileManager.default.temporaryDirectory.path
    let settings = try await load(environment: ["XDG_RUNTIME_DIR": directory])
    #expect(settings.socketPath == directory + "/tagledger.sock")
  }

  @Test(arguments: [
    (["--nonsense", "1"], "--nonsense"), (["--origin"], "--origin"), (["serve"], "serve"),
    (["--origin", "a", "--origin", "b"], "--origin"),
    (["--tags-name-limit", "many"], "tags.name-limit"),
    (["--tags-name-limit", "0"], "tags.name-limit"),
    (["--socket-mode", "9"], "socket.mode"), (["--socket-mode", "0060"], "socket.mode"),
    (["--log-level", "loud"], "log.level"), (["--log-format="], "log.format"),
    (["--founder-uid", "-1"], "founder.uid"), (["--config", "/nowhere.json"], "/nowhere.json"),
  ])
  func `a flag that cannot be is refused by name`(flags: [String], name: String) async throws {
    let message = try #require(await refusal(flags))
    #expect(message.contains(name))
  }

  @Test(arguments: [
    (#"{"tags": {"name-limits": 30}}"#, "tags.name-limits"),
    (#"{"tags": {"name-limit": "thirty"}}"#, "tags.name-limit"),
    (#"{"color": "red"}"#, "color"), ("[]", "one JSON object"), ("{", "JSON"),
  ])
  func `a file with a key or value that cannot be is refused by name`(
    file: String, name: String
  ) async throws {
    let message = try #require(await refusal(file: file))
    #expect(message.contains(name))
  }

  @Test func `an unknown variable of the family is refused, and those of others are let be`()
    async throws
  {
    let message = try #require(await refusal(environment: ["TAGLEDGER_SOCKT_PATH": "x"]))
    #expect(message.contains("TAGLEDGER_SOCKT_PATH"))
    _ = try await load(environment: ["TAGLEDGER_SOCKET": "x", "PATH": "/bin"])
  }

  @Test func `the help names every setting in each of its three places`() {
    for setting in Setting.all {
      for name in [setting.flag, setting.variable, setting.key] {
        #expect(Arguments.help.contains(name))
      }
    }
  }
}
