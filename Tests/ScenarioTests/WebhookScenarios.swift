import Crypto
import Foundation
import ServerSupport
import Synchronization
import Testing

extension Scenarios {
  /// Another program of this machine is told of what happens.
  struct Webhooks {
    /// Which messages the receiver does not take.
    private final class Mood: Sendable {
      private let refused = Mutex(Set<String>())

      func refuse(_ ids: Set<String>) { refused.withLock { $0 = ids } }
      func takes(_ id: String?) -> Bool { !refused.withLock { $0.contains(id ?? "") } }
    }

    /// What Standard Webhooks says a receiver has to compute, apart from the daemon's own code.
    private static func signature(_ request: ScriptedServer.Seen, _ secret: String) throws -> String
    {
      let key = try #require(Data(base64Encoded: String(secret.dropFirst("whsec_".count))))
      let id = try #require(request.headers["webhook-id"])
      let time = try #require(request.headers["webhook-timestamp"])
      let code = HMAC<SHA256>.authenticationCode(
        for: Data("\(id).\(time).".utf8) + Data(request.body), using: SymmetricKey(data: key))
      return "v1," + Data(code).base64EncodedString()
    }

    private static func ids(_ server: ScriptedServer) -> [String] {
      server.seen.compactMap { $0.headers["webhook-id"] }
    }

    /// A webhook to the receiver, and what it signs with.
    private static func webhook(
      to server: ScriptedServer, over wire: Wire
    ) throws -> (id: Int, secret: String) {
      let made = try wire.post(
        "/v1/webhooks",
        ["url": "http+unix://\(server.socket.replacing("/", with: "%2F"))/told"])
      try #require(made.status == 201, "\(made.text)")
      return (
        try #require((made.json["webhook"] as? [String: Any])?["id"] as? Int),
        try #require(made.json["secret"] as? String)
      )
    }

    @Test func `a receiver gets signed events, is tried again, and asks for its dead letters`()
      throws
    {
      let mood = Mood()
      let server = try ScriptedServer { request, _ in
        mood.takes(request.headers["webhook-id"])
          ? [.answer("")] : [.answer(503, "busy", type: "text/plain")]
      }
      let daemon = try RunningDaemon(settings: ["--webhooks-attempts", "2"])
      let wire = try Wire(daemon.socket)
      let (hook, secret) = try Self.webhook(to: server, over: wire)
      func shown() throws -> [String: Any] { try wire.get("/v1/webhooks/\(hook)").json }
      func createTag(_ name: String) throws -> Int {
        let answer = try wire.post("/v1/tags", ["name": name, "color": "3"])
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.seq)
      }

      // Signed, and the bytes of the log.
      let first = try createTag("Status-Novo")
      try wait(for: "the first message", seconds: 60) { Self.ids(server).contains("msg-\(first)") }
      let request = try #require(
        server.seen.first { $0.headers["webhook-id"] == "msg-\(first)" })
      #expect(request.method == "POST" && request.path == "/told")
      #expect(try request.headers["webhook-signature"] == Self.signature(request, secret))
      #expect(try Data(request.body) == wire.get("/v1/events/\(first)").body)

      // Refused once, then taken.
      let second = first + 1
      mood.refuse(["msg-\(second)"])
      _ = try createTag("Status-Pago")
      try wait(for: "a try that failed", seconds: 60) {
        try shown()["attempts"] as? Int == 1 || Self.ids(server).contains("msg-\(second)")
      }
      mood.refuse([])
      try wait(for: "the second try", seconds: 60) { try shown()["cursor"] as? Int == second }
      #expect(Self.ids(server).suffix(2) == ["msg-\(second)", "msg-\(second)"])

      // Refused to the end: a dead letter, and the next one comes all the same.
      let third = second + 1
      mood.refuse(["msg-\(third)"])
      _ = try createTag("Status-Enviado")
      let fourth = try createTag("Status-Entregue")
      try wait(for: "what comes after", seconds: 60) {
        try shown()["cursor"] as? Int == fourth
      }
      func dead() throws -> [[String: Any]] { try wire.get("/v1/webhooks/\(hook)/dead").items }
      let letters = try dead()
      #expect(letters.compactMap { $0["seq"] as? Int } == [third])
      #expect(letters.first?["attempts"] as? Int == 2)
      #expect(letters.first?["failure"] as? String == "HTTP 503")

      // Over the end of the daemon, and asked for again.
      daemon.kill()
      try daemon.start()
      let later = try Wire(daemon.socket)
      #expect(try later.get("/v1/webhooks/\(hook)/dead").items.count == 1)
      mood.refuse([])
      let redelivery = try later.post("/v1/webhooks/\(hook)/redeliver", ["seq": third])
      #expect(redelivery.status == 202 && redelivery.json["letters"] as? Int == 1)
      try wait(for: "the dead letter to be taken", seconds: 60) {
        try later.get("/v1/webhooks/\(hook)/dead").items.isEmpty
      }
      #expect(Self.ids(server).count { $0 == "msg-\(third)" } == 3)
      let last = try #require(server.seen.last { $0.headers["webhook-id"] == "msg-\(third)" })
      #expect(try last.headers["webhook-signature"] == Self.signature(last, secret))
    }

    @Test func `a restored backup knows how far a webhook had been told, and how it signs`() throws
    {
      let mood = Mood()
      let server = try ScriptedServer { request, _ in
        mood.takes(request.headers["webhook-id"])
          ? [.answer("")] : [.answer(503, "busy", type: "text/plain")]
      }
      let daemon = try RunningDaemon(settings: ["--webhooks-attempts", "1"])
      let wire = try Wire(daemon.socket)
      let (hook, secret) = try Self.webhook(to: server, over: wire)
      mood.refuse(["msg-3"])
      for name in ["Status-Novo", "Status-Pago"] {
        try #require(wire.post("/v1/tags", ["name": name, "color": "3"]).status == 201)
      }
      try wait(for: "the second message", seconds: 60) {
        try wire.get("/v1/webhooks/\(hook)").json["cursor"] as? Int == 4
      }
      let backup = daemon.scratch.path + "/backup"
      let made = try daemon.tagledger("backup", backup)
      try #require(made.code == 0, "\(made)")
      daemon.stop()
      let data = daemon.scratch.path + "/restored"
      let restored = try run(
        Programs.daemon, ["restore", "--from", backup, "--data-directory", data])
      try #require(restored.code == 0, "\(restored)")

      mood.refuse([])
      let other = try RunningDaemon(data: data)
      let again = try Wire(other.socket)
      try #require(again.post("/v1/tags", ["name": "Status-Enviado", "color": "3"]).status == 201)
      try wait(for: "the third message", seconds: 60) { Self.ids(server).contains("msg-5") }
      let shown = try again.get("/v1/webhooks/\(hook)").json
      #expect(shown["dead"] as? Int == 1, "\(shown)")
      #expect(Self.ids(server) == ["msg-3", "msg-4", "msg-5"])
      let last = try #require(server.seen.last)
      #expect(try last.headers["webhook-signature"] == Self.signature(last, secret))
    }
  }
}
