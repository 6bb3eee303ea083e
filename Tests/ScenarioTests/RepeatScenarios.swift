import Foundation
import Testing

extension Scenarios {
  /// A request with an `Idempotency-Key` whose daemon dies before it has answered.
  struct Repeats {
    /// What a round has come to.
    private enum End: Equatable {
      case answered
      /// Recorded, and nobody was told.
      case silent
      case neverRecorded
    }

    /// Kills the daemon as soon as the head of the log has been written anew, which happens after the
    /// append and before the answer.
    private static func killAtAppend(_ daemon: RunningDaemon) throws {
      let path = daemon.data + "/head"
      let before = try Data(contentsOf: URL(filePath: path))
      let descriptor = open(path, O_RDONLY | O_CLOEXEC)
      defer { close(descriptor) }
      var now = [UInt8](repeating: 0, count: before.count)
      let end = Date.now.addingTimeInterval(20)
      repeat {
        guard Date.now < end else { throw TimedOut(description: "nothing was appended") }
        _ = pread(descriptor, &now, now.count, 0)
      } while now.elementsEqual(before)
      daemon.kill()
    }

    /// Registers somebody, kills the daemon at the append, and asks the same again twice.
    private static func round(_ number: Int, _ daemon: RunningDaemon) throws -> End {
      func position() throws -> Int {
        try #require(try Wire(daemon.socket).get("/v1/status").json["position"] as? Int)
      }
      let before = try position()
      let (path, key) = ("/v1/customers", ["Idempotency-Key": "round-\(number)"])
      let person = ["name": "Customer \(number)"]
      let wire = try Wire(daemon.socket)
      try wire.ask("POST", path, person, headers: key)
      try killAtAppend(daemon)
      let heard = try? wire.answer()
      try daemon.start()
      let added = try position() - before
      try #require(added == 0 || added == 1, "\(added) events")

      let again = try Wire(daemon.socket)
      let first = try again.post(path, person, headers: key)
      try #require(first.status == 201, "\(first.text)")
      let second = try again.post(path, person, headers: key)
      #expect(second.status == 201 && second.body == first.body, "\(second.text)")
      #expect(second.headers["idempotent-replayed"] == "true")
      #expect(try position() == before + 1, "it was done twice")
      #expect(first.seq == before + 1)
      let event = try again.get("/v1/events/\(before + 1)").json
      #expect(event["command"] as? String == first.json["command"] as? String)
      let other = try again.post(path, ["name": "Somebody else"], headers: key)
      #expect(other.status == 422 && other.json["code"] as? String == "request.key_reused")

      if added == 1 { #expect(first.headers["idempotent-replayed"] == "true") }
      if let heard {
        #expect(heard.status == 201 && heard.body == first.body && added == 1)
        return .answered
      }
      return added == 1 ? .silent : .neverRecorded
    }

    @Test func `a key killed between append and answer is answered, and done once`() throws {
      let daemon = try RunningDaemon()
      var ends: [End] = []
      for number in 1...40 where ends.count(where: { $0 == .silent }) < 3 {
        ends.append(try Self.round(number, daemon))
      }
      #expect(ends.contains(.silent), "the daemon was always quicker than the kill: \(ends)")
      #expect(try Wire(daemon.socket).isSound())
    }
  }
}
