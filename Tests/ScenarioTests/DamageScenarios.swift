import Foundation
import Testing

extension Scenarios {
  /// One bit turns over on the disk, anywhere.
  struct Damages {
    /// A log of some length and every event of it as it was served when all was well.
    private struct Original {
      let scratch: Scratch
      let events: [Data]

      var data: String { scratch.path + "/data" }
    }

    private func original(killed: Bool) throws -> Original {
      let daemon = try RunningDaemon()
      let shop = try Shop(daemon, customers: 60)
      let wire = try Wire(daemon.socket)
      for number in 0..<300 {
        _ = try shop.apply("m\(number)", to: shop.customers[number % 60], over: wire)
      }
      let count = try #require(try wire.get("/v1/status").json["position"] as? Int)
      let events = try (1...count).map { try wire.get("/v1/events/\($0)").body }
      if killed { daemon.kill() } else { daemon.stop() }
      let scratch = try Scratch()
      try FileManager.default.copyItem(atPath: daemon.data, toPath: scratch.path + "/data")
      if !killed {
        // A stop brings the WAL home. It stays as a file, and would hide what is wrong below it.
        for file in ["/data/log.db-wal", "/data/log.db-shm"] {
          try? FileManager.default.removeItem(atPath: scratch.path + file)
        }
        try #require(try isReported(scratch.path + "/data", events, "nothing") == false)
      }
      return Original(scratch: scratch, events: events)
    }

    private func flip(_ path: String, _ generator: inout Seeded) throws -> String {
      let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
      try #require(size > 0, "\(path) is empty")
      let offset = Int.random(in: 0..<size, using: &generator)
      let bit = UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
      let file = try FileHandle(forUpdating: URL(filePath: path))
      try file.seek(toOffset: UInt64(offset))
      let byte = try #require(try file.read(upToCount: 1)?.first)
      try file.seek(toOffset: UInt64(offset))
      try file.write(contentsOf: Data([byte ^ bit]))
      try file.close()
      return "bit \(bit.trailingZeroBitCount) of byte \(offset) of \(size)"
    }

    /// Whether the daemon says that something is wrong: at its start, in its status, or by verify.
    ///
    /// - Parameter round: decides which events are asked for one by one.
    private func isReported(
      _ data: String, _ events: [Data], _ place: String, round: Int = 0
    ) throws -> Bool {
      guard let daemon = try? RunningDaemon(data: data) else { return true }
      let wire = try Wire(daemon.socket)
      let status = try wire.get("/v1/status").json
      if status["read_only"] as? Bool == true { return true }
      let sound = try wire.isSound()
      // Reported or not: what is served as an event is the event, or an error. All are read at once. Since
      // one alone is read another way, a share of them is asked for too, another one each round; and
      // every one where they do not come together.
      let page = try wire.get("/v1/events?limit=1000")
      let isWhole = page.status == 200
      if isWhole {
        #expect(page.body == Self.page(of: events), "\(place): the events are others now")
      } else {
        #expect(!sound, "\(place): the events are not served, but verify saw nothing")
      }
      for (index, event) in events.enumerated()
      where !isWhole || index % Self.rounds == round % Self.rounds {
        let answer = try wire.get("/v1/events/\(index + 1)")
        if answer.status == 200 {
          #expect(answer.body == event, "\(place): event \(index + 1) is another one now")
        } else {
          #expect(!sound, "\(place): event \(index + 1) is not served, but verify saw nothing")
        }
      }
      return !sound
    }

    /// So many flips ask for each event alone once.
    private static let rounds = 20

    private static func page(of events: [Data]) -> Data {
      Data("[".utf8) + events.joined(separator: Data(",".utf8)) + Data("]".utf8)
    }

    private func damage(_ file: String, original: Original, times: Int) throws -> Int {
      var generator = Seeded(11)
      var reported = 0
      for round in 0..<times {
        let copy = try Scratch()
        try FileManager.default.copyItem(atPath: original.data, toPath: copy.path + "/data")
        let place = try flip(copy.path + "/data/" + file, &generator)
        if try isReported(
          copy.path + "/data", original.events, "\(file), \(place)", round: round)
        {
          reported += 1
        }
      }
      return reported
    }

    @Test func `a flipped bit in the log is found, and never served`() throws {
      let reported = try damage("log.db", original: original(killed: false), times: Self.rounds)
      #expect(reported > 0, "\(Self.rounds) flipped bits, and none was found")
    }

    @Test func `a flipped bit in the WAL is found, and never served`() throws {
      let reported = try damage("log.db-wal", original: original(killed: true), times: Self.rounds)
      #expect(reported > 0, "\(Self.rounds) flipped bits, and none was found")
    }

    @Test func `a log that was cut short is opened read-only, and says why`() throws {
      let original = try original(killed: true)
      let wal = original.data + "/log.db-wal"
      let file = try FileHandle(forUpdating: URL(filePath: wal))
      let size = try file.seekToEnd()
      try #require(size > 8192)
      try file.truncate(atOffset: size / 2)
      try file.close()
      let daemon = try RunningDaemon(data: original.data)
      let wire = try Wire(daemon.socket)
      let status = try wire.get("/v1/status").json
      #expect(status["read_only"] as? Bool == true)
      #expect((status["reason"] as? String)?.isEmpty == false)
      #expect(daemon.log.contains("damaged"))
      let refused = try wire.post("/v1/tags", ["name": "Status-Novo"])
      #expect(refused.status == 503, "\(refused.text)")
    }

    @Test func `whatever is read of a damaged log says how far it is told`() throws {
      let original = try original(killed: false)
      let path = original.data + "/log.db"
      var log = try Data(contentsOf: URL(filePath: path))
      let mark = try #require(log.range(of: Data(#""mark":"m200""#.utf8)))
      log[mark.upperBound - 2] ^= 1
      try log.write(to: URL(filePath: path))
      let daemon = try RunningDaemon(data: original.data)
      let wire = try Wire(daemon.socket)
      let size = try #require(try wire.get("/v1/status").json["position"] as? Int)
      let tags = try wire.get("/v1/tags")
      let sound = try #require(tags.headers["tagledger-sound-until"].flatMap { Int($0) })
      #expect(sound > 0 && sound < size)
      #expect((tags.json["as_of"] as? [String: Any])?["seq"] as? Int == sound)
      // State and log tell of the same events.
      #expect(try wire.get("/v1/changes").items.first?["seq"] as? Int == sound)
      let listed = try daemon.tagledger("tag", "list")
      #expect(listed.code == 0)
      #expect(listed.errors.contains("The log is damaged"), "\(listed)")
    }
  }
}
