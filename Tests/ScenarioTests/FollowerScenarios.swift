import Foundation
import Testing

extension Scenarios {
  /// Who follows the log live, and who only seems to.
  struct Followers {
    private static let customers = 1500

    /// Applies and removes the tag for everybody, so often.
    private func work(_ shop: Shop, _ socket: String, times: Int) throws -> Duration {
      let wire = try Wire(socket)
      let clock = ContinuousClock()
      return try clock.measure {
        for _ in 0..<times {
          for act in ["apply", "remove"] {
            let answer = try wire.post(
              "/v1/tags/\(shop.tag)/\(act)", ["customers": shop.customers])
            try #require(answer.status == 200, "\(answer.text)")
          }
        }
      }
    }

    @Test func `a dead follower costs no memory, and nobody else waits for it`() throws {
      let daemon = try RunningDaemon()
      let shop = try Shop(daemon, customers: Self.customers)
      // Once without followers, so that what the work itself needs is there already.
      let alone = try work(shop, daemon.socket, times: 10)
      let before = daemon.memory
      let from = try #require(
        try Wire(daemon.socket).get("/v1/status").json["position"] as? Int)

      let dead = try (0..<10).map { _ in
        let wire = try Wire(daemon.socket)
        try wire.follow("/v1/events/follow", headers: ["Last-Event-ID": "\(from)"])
        return wire
      }
      let alive = try Wire(daemon.socket)
      try alive.follow("/v1/events/follow", headers: ["Last-Event-ID": "\(from)"])
      let together = try work(shop, daemon.socket, times: 10)

      // 10 × 30,000 events of some 300 bytes would be 90 MB, were they kept for the dead.
      let grown = daemon.memory - before
      #expect(grown < 40 << 20, "memory grew by \(grown >> 20) MB")
      #expect(together < alone * 5 + .seconds(1), "\(together) beside \(alone) alone")
      #expect(try ids(alive, 20 * Self.customers) == Array(from + 1...from + 20 * Self.customers))
      withExtendedLifetime(dead) {}
    }

    @Test func `who comes back with the last id misses nothing and gets nothing twice`() throws {
      let daemon = try RunningDaemon()
      let shop = try Shop(daemon, customers: 30)
      let wire = try Wire(daemon.socket)
      let from = try #require(try wire.get("/v1/status").json["position"] as? Int)
      let first = try Wire(daemon.socket)
      try first.follow("/v1/changes/follow", headers: ["Last-Event-ID": "\(from)"])
      for customer in shop.customers { _ = try shop.apply("once", to: customer, over: wire) }
      let seen = try ids(first, 12)
      let second = try Wire(daemon.socket)
      try second.follow("/v1/changes/follow", headers: ["Last-Event-ID": "\(seen.last ?? 0)"])
      let rest = try ids(second, 18)
      #expect(seen + rest == Array(from + 1...from + 30))
    }

    /// The next so many ids of a stream.
    private func ids(_ wire: Wire, _ count: Int) throws -> [Int] {
      var ids: [Int] = []
      while ids.count < count {
        let line = try wire.line()
        if line.hasPrefix("id:"), let id = Int(line.dropFirst(3).filter { $0 != " " }) {
          ids.append(id)
        }
      }
      return ids
    }

    @Test func `a graceful stop finishes what was begun and ends the followers`() throws {
      let daemon = try RunningDaemon()
      let shop = try Shop(daemon, customers: 1)
      let follower = try Wire(daemon.socket)
      try follower.follow("/v1/events/follow")
      let wire = try Wire(daemon.socket)
      let body = try JSONSerialization.data(withJSONObject: ["customers": shop.customers])
      let head =
        "POST /v1/tags/\(shop.tag)/apply HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
      try wire.send(Data(head.utf8) + body.prefix(5))
      usleep(200_000)
      kill(daemon.pid, SIGTERM)
      usleep(200_000)
      try wire.send(body.dropFirst(5))
      #expect(try wire.answer().status == 200)
      let start = Date.now
      #expect(daemon.stop() == 0)
      #expect(Date.now.timeIntervalSince(start) < 5, "a follower held up the stop")
    }
  }
}
