import Foundation
import Testing

extension Scenarios {
  /// A reverse proxy of this machine says for whom it calls.
  struct Proxies {
    private static let maria = ["Tagledger-Operator": "maria@example.org"]

    /// A daemon whose team knows Maria by what a proxy says of her.
    private static func daemon(_ settings: String...) throws -> RunningDaemon {
      let daemon = try RunningDaemon(settings: settings)
      for words in [
        ["operator", "add", "Maria", "--subject", "maria@example.org"],
        ["role", "grant", "Maria", "agent"],
      ] {
        let outcome = try run(
          Programs.commandLine, words, environment: ["TAGLEDGER_SOCKET": daemon.socket])
        try #require(outcome.code == 0, "\(words): \(outcome)")
      }
      return daemon
    }

    @Test func `whom a trusted proxy names acts as themselves, and may no more than they may`()
      throws
    {
      let daemon = try Self.daemon("--proxy-uids", "\(getuid())")
      let wire = try Wire(daemon.socket)
      let me = try wire.get("/v1/me", headers: Self.maria)
      #expect(me.status == 200 && me.text.contains("Maria"), "\(me.text)")

      let tag = try wire.post("/v1/tags", ["name": "Status-Novo", "color": "3"])
      try #require(tag.status == 201)
      let made = try wire.post("/v1/customers", ["name": "Ana"], headers: Self.maria)
      try #require(made.status == 201, "\(made.text)")
      let event = try wire.get("/v1/events/\(try #require(made.seq))").json
      #expect(event["actor"] as? String == "operator:2" && event["via"] as? String == "proxy")
      #expect(event["credential"] as? String == "\(getuid())")

      // An agent manages nobody, whoever the proxy itself is.
      let refused = try wire.post(
        "/v1/grants", ["operator": "Maria", "role": "owner"], headers: Self.maria)
      #expect(refused.status == 403 && refused.json["code"] as? String == "permission.missing")
      let nobody = try wire.get("/v1/me", headers: ["Tagledger-Operator": "rui@example.org"])
      #expect(nobody.status == 403 && nobody.json["code"] as? String == "caller.unknown")
      // Two answers to who is calling are none.
      let both = try wire.get(
        "/v1/me", headers: Self.maria.merging(["Authorization": "Bearer x"]) { $1 })
      #expect(both.status == 401, "\(both.text)")
    }

    @Test func `the same header from anybody else is refused, also from root`() throws {
      let daemon = try Self.daemon("--proxy-uids", "54321")
      let wire = try Wire(daemon.socket)
      let position = try wire.get("/v1/status").json["position"] as? Int
      let forged = try wire.get("/v1/me", headers: Self.maria)
      #expect(forged.status == 403 && forged.json["code"] as? String == "assertion.refused")
      let post = try wire.post("/v1/customers", ["name": "Ana"], headers: Self.maria)
      #expect(post.status == 403 && post.json["code"] as? String == "assertion.refused")
      #expect(try wire.get("/v1/status").json["position"] as? Int == position)
    }

    private static let setpriv = Programs.isRoot ? Programs.find("setpriv") : nil

    @Test(
      .enabled(
        if: setpriv != nil && Programs.find("curl") != nil,
        "only root can be somebody else, with setpriv and curl"))
    func `a proxy with a uid of its own is believed, its neighbour is not`() throws {
      let daemon = try Self.daemon("--proxy-uids", "54321", "--socket-mode", "0666")
      // Others must reach the socket; what is in the data directory stays closed to them.
      chmod(daemon.scratch.path, 0o755)
      func me(as uid: Int) throws -> Outcome {
        try run(
          try #require(Self.setpriv),
          ["--reuid=\(uid)", "--regid=\(uid)", "--clear-groups", "--"]
            + [
              try #require(Programs.find("curl")), "--silent", "--unix-socket", daemon.socket,
              "--header", "Tagledger-Operator: maria@example.org", "http://localhost/v1/me",
            ])
      }
      let trusted = try me(as: 54321)
      #expect(trusted.output.contains("Maria"), "\(trusted)")
      let forged = try me(as: 54322)
      #expect(forged.output.contains("assertion.refused"), "\(forged)")
      #expect(!forged.output.contains("Maria"))
    }
  }
}
