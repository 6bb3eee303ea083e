import Foundation
import Testing

extension Scenarios {
  /// The machine's clock is set back while the daemon runs.
  struct Clocks {
    private static let library = [
      "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
      "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    ].first(where: FileManager.default.fileExists(atPath:))

    @Test(.enabled(if: library != nil, "the package faketime is not installed"))
    func `times and command ids rise although the clock is set back, even over a restart`() throws {
      let scratch = try Scratch()
      let clock = scratch.path + "/clock"
      func set(_ offset: String) throws {
        try offset.write(toFile: clock, atomically: true, encoding: .utf8)
      }
      try set("+0")
      // Through `env`: the library sets a variable of its own in the first process it is loaded
      // into, and Swift finds its arguments beside the variables as they were at the start.
      let daemon = try RunningDaemon(
        environment: [
          "LD_PRELOAD": try #require(Self.library), "FAKETIME_TIMESTAMP_FILE": clock,
          "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
        ],
        launcher: Programs.find("env"))
      let shop = try Shop(daemon, customers: 2)
      var number = 0
      func act() throws {
        let wire = try Wire(daemon.socket)
        for _ in 0..<20 {
          number += 1
          let answer = try shop.apply("\(number)", to: shop.customers[0], over: wire)
          try #require(answer.status == 200, "\(answer.text)")
        }
      }
      try act()
      try set("-2d")
      try act()
      daemon.stop()
      try daemon.start()
      try act()
      try set("+1h")
      try act()

      let wire = try Wire(daemon.socket)
      let count = try #require(try wire.get("/v1/status").json["position"] as? Int)
      let events = try (1...count).map { try wire.get("/v1/events/\($0)").json }
      let times = try events.map { try #require($0["time"] as? String) }
      #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
      // Version 7 ids in their textual form sort as their times do.
      let commands = try events.map { try #require($0["command"] as? String) }
      #expect(zip(commands, commands.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(try wire.isSound())
    }
  }
}
