import Foundation
import Synchronization
import Testing

extension Scenarios {
  /// The daemon is killed under load, again and again, while this process keeps its receipts.
  struct Crashes {
    private struct Promise {
      let seq: Int
      let command: String
      let mark: String
      /// The event as it was served before the crash, for some.
      var bytes: Data?
    }

    private final class Promises: Sendable {
      let all = Mutex<[Promise]>([])
    }

    /// Keeps giving commands until the connection breaks, and notes each receipt when it has it.
    private static func load(
      _ shop: Shop, _ socket: String, _ name: String, _ promises: Promises
    ) -> Thread {
      let thread = Thread {
        guard let wire = try? Wire(socket) else { return }
        for number in 0... {
          let mark = "\(name)-\(number)"
          let customer = shop.customers[abs(mark.hashValue) % shop.customers.count]
          guard let receipt = try? shop.apply(mark, to: customer, over: wire),
            receipt.status == 200, let seq = receipt.seq,
            let command = receipt.json["command"] as? String
          else { return }
          promises.all.withLock {
            $0.append(Promise(seq: seq, command: command, mark: mark))
          }
          guard number.isMultiple(of: 8) else { continue }
          guard let event = try? wire.get("/v1/events/\(seq)"), event.status == 200 else { return }
          promises.all.withLock { all in
            if let index = all.lastIndex(where: { $0.seq == seq }) { all[index].bytes = event.body }
          }
        }
      }
      thread.start()
      return thread
    }

    @Test func `every receipt's event is there after kill -9 under load, byte for byte`() throws {
      let daemon = try RunningDaemon()
      let shop = try Shop(daemon, customers: 40)
      let promises = Promises()
      var generator = Seeded(7)
      for round in 1...6 {
        let threads = (1...8).map { Self.load(shop, daemon.socket, "r\(round)t\($0)", promises) }
        usleep(UInt32.random(in: 150_000...500_000, using: &generator))
        daemon.kill()
        try wait(for: "the callers to notice") { threads.allSatisfy(\.isFinished) }
        try daemon.start()
      }

      let kept = promises.all.withLock { $0 }
      #expect(kept.count > 100)
      #expect(kept.contains { $0.bytes != nil })
      let wire = try Wire(daemon.socket)
      for promise in kept {
        let event = try wire.get("/v1/events/\(promise.seq)")
        try #require(event.status == 200, "event \(promise.seq) is gone: \(event.text)")
        try #require(event.json["command"] as? String == promise.command)
        try #require(event.text.contains("\"\(promise.mark)\""))
        if let bytes = promise.bytes { try #require(event.body == bytes) }
      }
      #expect(Set(kept.map(\.seq)).count == kept.count, "one number stands for two receipts")
      #expect(try wire.isSound())
    }

    @Test func `a command that was never answered is there whole or not at all`() throws {
      let daemon = try RunningDaemon()
      let shop = try Shop(daemon, customers: 300)
      for round in 1...4 {
        let before = try Wire(daemon.socket).get("/v1/status").json["position"] as? Int
        let wire = try Wire(daemon.socket)
        let body = try JSONSerialization.data(
          withJSONObject: ["customers": shop.customers, "details": ["round": "\(round)"]])
        let head =
          "POST /v1/tags/\(shop.tag)/apply HTTP/1.1\r\nHost: localhost\r\n"
          + "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n"
        try wire.send(Data(head.utf8) + body)
        usleep(UInt32(round) * 700)
        daemon.kill()
        try daemon.start()
        let after = try Wire(daemon.socket).get("/v1/status").json["position"] as? Int
        let added = try #require(after) - (try #require(before))
        #expect(added == 0 || added == shop.customers.count)
      }
    }
  }
}
