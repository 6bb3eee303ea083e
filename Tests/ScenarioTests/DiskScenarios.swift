import Foundation
import Testing

/// A small disk of its own, in memory; only root may mount one.
private final class SmallDisk {
  let scratch: Scratch
  var path: String { scratch.path + "/disk" }

  static let isPossible: Bool = (try? SmallDisk(megabytes: 1)) != nil

  init(megabytes: Int) throws {
    scratch = try Scratch()
    try FileManager.default.createDirectory(
      atPath: scratch.path + "/disk", withIntermediateDirectories: true)
    let mount = try run(
      Programs.find("mount") ?? "/bin/mount",
      ["-t", "tmpfs", "-o", "size=\(megabytes)m,mode=0700", "tmpfs", path])
    guard mount.code == 0 else { throw TimedOut(description: mount.errors) }
  }

  deinit { _ = try? run(Programs.find("umount") ?? "/bin/umount", ["-l", path]) }

  /// Takes all room but so much.
  func fill(leaving bytes: Int) throws {
    let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
    let free = (attributes[.systemFreeSize] as? Int) ?? 0
    try Data(count: max(0, free - bytes)).write(to: URL(filePath: path + "/ballast"))
  }

  func makeRoom() throws {
    try FileManager.default.removeItem(atPath: path + "/ballast")
  }
}

extension Scenarios {
  /// A disk that fills up and gets room again.
  struct Disks {
    @Test(.enabled(if: SmallDisk.isPossible, "mounting a small disk is not allowed here"))
    func `on a full disk commands get 507 and reads go on, and with room again all is well`()
      throws
    {
      let disk = try SmallDisk(megabytes: 32)
      let daemon = try RunningDaemon(data: disk.path + "/data")
      let shop = try Shop(daemon, customers: 3)
      let wire = try Wire(daemon.socket)
      try disk.fill(leaving: 300_000)

      var last = 0
      var refused: Wire.Answer?
      let filler = String(repeating: "x", count: 400)
      for number in 0..<5000 where refused == nil {
        let answer = try wire.post(
          "/v1/tags/\(shop.tag)/apply",
          ["customers": [shop.customers[0]], "details": ["n": "\(number)"], "reason": filler])
        if answer.status == 200 { last = try #require(answer.seq) } else { refused = answer }
      }
      let refusal = try #require(refused, "the disk never filled up")
      #expect(refusal.status == 507, "\(refusal.text)")
      #expect(refusal.headers["content-type"] == "application/problem+json")
      #expect(last > 0)

      for path in ["/v1/status", "/v1/tags", "/v1/customers", "/v1/events/\(last)", "/v1/changes"] {
        #expect(try wire.get(path).status == 200, "\(path)")
      }
      // A smaller command may find room that bringing the WAL home has made.
      let smaller = try shop.apply("still full", to: shop.customers[1], over: wire)
      #expect([200, 507].contains(smaller.status), "\(smaller.text)")
      if smaller.status == 200 { last = try #require(smaller.seq) }
      #expect(daemon.isRunning)

      try disk.makeRoom()
      let again = try shop.apply("room again", to: shop.customers[2], over: wire)
      #expect(again.status == 200, "\(again.text)")
      #expect(again.seq == last + 1)
      #expect(try wire.isSound())
      #expect(daemon.stop() == 0)
    }
  }
}
