import Domain
import Foundation
import Logging
import Testing

@testable import tagledgerd

final class ServiceTests {
  private let directory =
    FileManager.default.temporaryDirectory.path + "/tl-\(UUID().uuidString.prefix(8))"
  private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

  deinit {
    for suffix in ["", ".sock", ".sock.lock", ".txt", ".notify"] {
      try? FileManager.default.removeItem(atPath: directory + suffix)
    }
  }

  @Test func `a data directory is made for its owner only`() throws {
    try DataDirectory.prepare(directory, logger: logger)
    let mode = try FileManager.default.attributesOfItem(atPath: directory)[.posixPermissions]
    #expect(mode as? Int == 0o700)
    #expect(throws: StartFailure.self) {
      try DataDirectory.prepare("/proc/nowhere", logger: logger)
    }
  }

  @Test func `no ledger is begun where a restore was cut short`() throws {
    let draft = directory + ".restoring"
    try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: false)
    let failure = #expect(throws: StartFailure.self) {
      try DataDirectory.prepare(directory, logger: logger)
    }
    #expect(failure?.message.contains("run it again") == true)
    #expect(!FileManager.default.fileExists(atPath: directory))
    try FileManager.default.removeItem(atPath: draft)
    try DataDirectory.prepare(directory, logger: logger)
  }

  @Test func `a ledger that cannot be opened has an exit code that says why`() {
    #expect(StartFailure(.dataInUse("/d (process 7)"), directory: "/d").code == .inUse)
    #expect(StartFailure(.storageFull, directory: "/d").message.contains("/d"))
    #expect(StartFailure(.storageFailed("no"), directory: "/d") == .io("no"))
  }

  @Test func `a socket gets its mode, refuses a second daemon, and goes with its own`() throws {
    let path = directory + ".sock"
    let listener = try SocketListener.bound(path: path, mode: 0o640, group: nil)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect(mode as? Int == 0o640)
    let failure = #expect(throws: StartFailure.self) {
      try SocketListener.bound(path: path, mode: 0o640, group: nil)
    }
    #expect(failure?.code == .inUse)
    listener.remove()
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test func `a socket that somebody has put in the place of ours is let be`() throws {
    let path = directory + ".sock"
    let listener = try SocketListener.bound(path: path, mode: 0o600, group: nil)
    try FileManager.default.removeItem(atPath: path)
    try Data().write(to: URL(filePath: path))
    listener.remove()
    #expect(FileManager.default.fileExists(atPath: path))
  }

  @Test func `a file that is no socket is not replaced, and a path too long is refused`() throws {
    let path = directory + ".txt"
    try Data("precious".utf8).write(to: URL(filePath: path))
    #expect(throws: StartFailure.self) {
      try SocketListener.bound(path: path, mode: 0o600, group: nil)
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    #expect(throws: StartFailure.self) {
      try UnixAddress("/" + String(repeating: "a", count: 108))
    }
  }

  @Test func `a group nobody has is refused by name`() throws {
    let failure = #expect(throws: StartFailure.self) {
      try SocketListener.bound(path: directory + ".sock", mode: 0o600, group: "no-such-group")
    }
    #expect(failure?.message.contains("no-such-group") == true)
  }

  @Test func `a socket meant for another process is not taken`() throws {
    #expect(try SocketListener.inherited(["LISTEN_PID": "1", "LISTEN_FDS": "1"]) == nil)
    #expect(try SocketListener.inherited([:]) == nil)
  }

  @Test func `the service manager is told in its own words`() throws {
    let path = directory + ".notify"
    var address = try UnixAddress(path)
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    defer { close(descriptor) }
    let bound = address.bind(descriptor)
    #expect(bound)
    let manager = ServiceManager(["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "30000000"])
    manager.say("READY=1")
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    #expect(String(decoding: bytes.prefix(count), as: UTF8.self) == "READY=1")
    #expect(manager.watchdog == .seconds(30))
    #expect(ServiceManager(["WATCHDOG_USEC": "1", "WATCHDOG_PID": "1"]).watchdog == nil)
  }

  @Test(arguments: [
    (["LANG": "pt_BR.UTF-8"], "pt"), (["LC_ALL": "fr_FR", "LANG": "pt_BR"], "fr"),
    (["LC_ALL": "", "LANG": "de_DE"], "en"), ([:], "en"),
  ])
  func `the welcome is in the operator's language`(environment: [String: String], code: String) {
    let language = Welcome.Language(environment)
    #expect(language.rawValue == code)
    let welcome = Welcome(
      language: language, socket: "/s", dataDirectory: "/d", founder: "ana", command: "tagledger")
    for word in ["/s", "/d", "ana", "tagledger tag starter \(code)"] {
      #expect(welcome.text.contains(word))
    }
  }
}
