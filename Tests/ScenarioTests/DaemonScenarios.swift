import Foundation
import Testing

extension Scenarios {
  /// Being the only one, starting and stopping.
  struct Daemons {
    @Test func `a second daemon on the same data is refused, and the first serves on`() throws {
      let first = try RunningDaemon()
      let second = try run(
        Programs.daemon,
        ["--data-directory", first.data, "--socket-path", first.scratch.path + "/other"])
      #expect(second.code == 75)
      #expect(second.errors.contains("another daemon is using the data in"))
      #expect(second.errors.contains("(process \(first.pid)"))
      #expect(try Wire(first.socket).get("/healthz").status == 200)
    }

    @Test func `a second daemon on the same socket is refused, and the first serves on`() throws {
      let first = try RunningDaemon()
      let second = try run(
        Programs.daemon,
        ["--data-directory", first.scratch.path + "/other", "--socket-path", first.socket])
      #expect(second.code == 75)
      #expect(second.errors.contains("is using the socket \(first.socket)"))
      #expect(try Wire(first.socket).get("/healthz").status == 200)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `a stop is graceful: exit code 0, socket gone, data free for the next`(
      signal: Int32
    ) throws {
      let daemon = try RunningDaemon()
      #expect(daemon.stop(signal) == 0)
      #expect(!FileManager.default.fileExists(atPath: daemon.socket))
      try daemon.start()
      #expect(try Wire(daemon.socket).get("/healthz").status == 200)
    }

    @Test func `a daemon that was killed leaves a dead socket that the next one replaces`() throws {
      let daemon = try RunningDaemon()
      daemon.kill()
      #expect(FileManager.default.fileExists(atPath: daemon.socket))
      try daemon.start()
      #expect(try Wire(daemon.socket).get("/healthz").status == 200)
    }

    @Test func `in a directory that others may look into, none but the socket is theirs to open`()
      throws
    {
      let scratch = try Scratch()
      let data = scratch.path + "/data"
      try FileManager.default.createDirectory(
        atPath: data, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
      func modes() throws -> [String: Int] {
        var modes: [String: Int] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: data) {
          let attributes = try FileManager.default.attributesOfItem(atPath: data + "/" + name)
          modes[name] = attributes[.posixPermissions] as? Int
        }
        return modes
      }
      let daemon = try RunningDaemon(data: data)
      _ = try Shop(daemon, customers: 1)
      let found = try modes()
      #expect(found["views.db"] == 0o600 && found["log.db"] == 0o600)
      #expect(found.filter { $0.value & 0o077 != 0 } == [:])
      let socket = try FileManager.default.attributesOfItem(atPath: daemon.socket)
      #expect(socket[.posixPermissions] as? Int == 0o660)
      #expect(daemon.stop() == 0)
      chmod(data + "/views.db", 0o644)
      try daemon.start()
      #expect(try modes()["views.db"] == 0o600)
    }

    @Test func `wrong flags and wrong settings have exit codes of their own`() throws {
      #expect(try run(Programs.daemon, ["--frobnicate"]).code == 64)
      #expect(try run(Programs.daemon, ["--tags-name-limit", "none"]).code == 78)
      #expect(try run(Programs.daemon, ["--help"]).output.contains("--socket-path"))
      #expect(try run(Programs.daemon, ["--version"]).output.hasPrefix("tagledgerd "))
    }

    @Test(
      .enabled(if: Programs.find("systemd-socket-activate") != nil, "systemd is not installed"))
    func `a socket that systemd holds is taken over and left to it`() throws {
      let activate = try #require(Programs.find("systemd-socket-activate"))
      let scratch = try Scratch()
      let socket = scratch.path + "/s"
      let child = try Child(
        activate,
        [
          "--listen=\(socket)", Programs.daemon, "--data-directory", scratch.path + "/data",
          "--socket-path", scratch.path + "/unused",
        ], environment: Programs.plainEnvironment)
      try wait(for: "the socket") { FileManager.default.fileExists(atPath: socket) }
      #expect(try Wire(socket).get("/healthz").status == 200)
      #expect(!FileManager.default.fileExists(atPath: scratch.path + "/unused"))
      kill(child.pid, SIGTERM)
      child.wait()
      #expect(FileManager.default.fileExists(atPath: socket))
    }

    @Test func `the service manager hears when it is ready, alive and stopping`() throws {
      let scratch = try Scratch()
      let listener = try DatagramListener(scratch.path + "/notify")
      let daemon = try RunningDaemon(environment: [
        "NOTIFY_SOCKET": listener.path, "WATCHDOG_USEC": "400000",
      ])
      #expect(try listener.next().hasPrefix("READY=1"))
      #expect(try listener.next() == "WATCHDOG=1")
      #expect(daemon.stop() == 0)
      var message = try listener.next()
      while message == "WATCHDOG=1" { message = try listener.next() }
      #expect(message.hasPrefix("STOPPING=1"))
    }
  }
}

/// The end of `sd_notify` that systemd holds.
private final class DatagramListener {
  let path: String
  private let descriptor: Int32

  init(_ path: String) throws {
    self.path = path
    descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0)
    var time = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  func next() throws -> String {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    try #require(count > 0, "nothing came within 20 s")
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
