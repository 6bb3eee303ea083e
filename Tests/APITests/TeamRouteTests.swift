import APITypes
import Client
import Domain
import Foundation
import HTTPTypes
import Ledger
import TestSupport
import Testing

@testable import API

struct TeamRouteTests {
  private func app() async throws -> App {
    let app = try await App()
    let _: TeamReceipt = try await app.ask(
      .post, "/v1/operators", #"{"name":"Maria","uid":1001,"language":"pt"}"#)
    let _: TeamReceipt = try await app.ask(
      .post, "/v1/grants", #"{"operator":"maria","role":"agent","categories":["Status-*"]}"#)
    return app
  }

  private func token(_ app: App, _ more: String = "") async throws -> (id: Int32, secret: String) {
    let receipt: TeamReceipt = try await app.ask(
      .post, "/v1/tokens", #"{"operator":"Maria","name":"caixa"\#(more)}"#)
    return (try #require(receipt.token?.id), try #require(receipt.secret))
  }

  private func bearer(_ secret: String) -> [(String, String)] {
    [("Authorization", "Bearer \(secret)")]
  }

  @Test func `whoever may only read takes no customers and no changes away as a file`() async throws
  {
    let app = try await App()
    try await app.register("Ana")
    for (uid, role) in [(2001, "agent"), (2002, "auditor"), (2003, "manager")] {
      let body = #"{"name":"\#(role)-1","uid":\#(uid)}"#
      #expect(try await app.send(.post, "/v1/operators", body).status == 201)
      let grant = #"{"operator":"\#(role)-1","role":"\#(role)"}"#
      #expect(try await app.send(.post, "/v1/grants", grant).status == 201)
    }
    let takes: [(path: String, missing: String, agent: Int, auditor: Int)] = [
      ("/v1/customers", "customers:export", 403, 403), ("/v1/changes", "changes:export", 403, 200),
      ("/v1/tags", "", 200, 200),
    ]
    for (path, missing, agent, auditor) in takes {
      for type in ["text/csv", "application/x-ndjson"] {
        for (uid, status) in [(2001, agent), (2002, auditor), (2003, 200)] {
          let reply = try await app.send(
            .get, path, headers: [("Accept", type)], uid: UInt32(uid))
          #expect(reply.status == status, "\(path) \(type) \(uid)")
          if status == 403 { #expect(reply.text.contains(missing)) }
          #expect(try await app.send(.get, path, uid: UInt32(uid)).status == 200)
        }
      }
    }
  }

  @Test func `who acted and through what stands in the event and in the change log`() async throws {
    let app = try await app()
    try await app.createTag("Status-A")
    let (id, secret) = try await token(app)
    let ana = try await app.register("Ana")
    let reply = try await app.send(
      .post, "/v1/tags/1/apply", #"{"customers":[\#(ana.id)]}"#, headers: bearer(secret), uid: 7)
    #expect(reply.status == 200)
    let changes: Page<Change> = try await app.ask(.get, "/v1/changes?type=tag.applied")
    #expect(changes.items[0].actor == "operator:2" && changes.items[0].via == "token")
    #expect(changes.items[0].sentence.hasPrefix("Maria applied"))
    let event = try await app.send(.get, "/v1/events/\(changes.items[0].seq)").text
    #expect(event.contains(#""credential":"\#(id)""#))
    let me: Me = try await app.send(.get, "/v1/me", headers: bearer(secret), uid: 7).decoded()
    #expect(
      me.name == "Maria"
        && me.permissions == ["tags:read", "customers:read", "segments:read", "changes:read"])
    #expect(
      !String(
        decoding: try Data(contentsOf: URL(filePath: app.directory.file("log.db"))), as: UTF8.self
      ).contains(secret))
  }

  @Test func `a refusal names the permission, the category and who can give it`() async throws {
    let app = try await app()
    try await app.createTag("VIP-A")
    try await app.register("Ana")
    let reply = try await app.send(
      .post, "/v1/tags/1/apply", #"{"customers":[1]}"#, headers: [("Accept-Language", "en")],
      uid: 1001)
    #expect(reply.status == 403)
    let problem = try reply.problem
    #expect(problem.code == "permission.missing")
    #expect(problem.extras["permission"] == "tags:apply" && problem.extras["category"] == "VIP")
    let owner = app.ledger.state.team.operators[0].name
    #expect(problem.extras["givers"] == .array([.string(owner)]))
    #expect(problem.detail?.contains("“tags:apply” for “VIP-*”") == true)
  }

  @Test func `a token that has been revoked or has expired opens nothing`() async throws {
    let app = try await app()
    let (id, secret) = try await token(app)
    #expect(try await app.send(.get, "/v1/me", headers: bearer(secret), uid: 7).status == 200)
    let _: TeamReceipt = try await app.ask(.delete, "/v1/tokens/\(id)?reason=perdido")
    let reply = try await app.send(.get, "/v1/me", headers: bearer(secret), uid: 7)
    #expect(reply.status == 401)
    #expect(try reply.problem.extras["fault"] == "revoked")
    for header in ["Bearer x", "Bearer", "Basic YTpi", "Bearer a b"] {
      let reply = try await app.send(.get, "/v1/me", headers: [("Authorization", header)])
      #expect(reply.status == 401, "\(header)")
    }
    // The founder, with somebody else's token.
    let (_, other) = try await token(app)
    let founder = try await app.send(.get, "/v1/me", headers: bearer(other))
    #expect(try founder.problem.extras["fault"] == "other_operator")
  }

  @Test func `a header by which a proxy speaks for somebody is refused from anybody else`()
    async throws
  {
    let app = try await app()
    let _: TeamReceipt = try await app.ask(
      .post, "/v1/operators/Maria/identities", #"{"subject":"maria@example.org"}"#)
    for uid: UInt32 in [0, 7, 1000, 1001] {
      let reply = try await app.send(
        .get, "/v1/me", headers: [("Tagledger-Operator", "maria@example.org")], uid: uid)
      #expect(reply.status == 403)
      #expect(try reply.problem.code == "assertion.refused")
    }
  }

  @Test func `refused commands on the team are recorded, once for many`() async throws {
    let app = try await app()
    for _ in 1...20 {
      let reply = try await app.send(
        .post, "/v1/grants", #"{"operator":"Maria","role":"owner"}"#, uid: 1001)
      #expect(reply.status == 403)
    }
    let changes: Page<Change> = try await app.ask(.get, "/v1/changes?type=command.refused")
    #expect(changes.items.count == 1)
    #expect(changes.items[0].actor == "operator:2")
    #expect(changes.items[0].after?["command"] == "role.grant")
    // A name that there is not is refused like any other.
    let reply = try await app.send(
      .post, "/v1/operators/Nobody/archive", "{}", uid: 1001)
    #expect(try reply.problem.code == "permission.missing")
  }

  @Test func `an undo or an erasure that is refused is recorded, though it was but a dry run`()
    async throws
  {
    let app = try await app()
    try await app.register("Ana")
    let dry = #"{"reason":"x","dry_run":true}"#
    for path in ["/v1/commands/3/undo", "/v1/customers/1/erase", "/v1/customers/1/erase"] {
      #expect(try await app.send(.post, path, dry, uid: 1001).status == 403)
    }
    let changes: Page<Change> = try await app.ask(
      .get, "/v1/changes?type=command.refused&order=oldest")
    #expect(
      changes.items.map { $0.after?["command"] } == ["command.undo", "customer.erase"])
    #expect(changes.items.map { $0.after?["permission"] } == ["team:manage", "customers:erase"])
  }

  @Test func `oneself is told what is allowed for some categories only`() async throws {
    let app = try await app()
    let reply = try await app.send(.get, "/v1/me", uid: 1001)
    let me = try reply.decoded(Me.self)
    #expect(!me.permissions.contains("tags:apply") && me.permissions.contains("tags:read"))
    #expect(
      me.limited == [
        CategoryPermissions(category: "Status", permissions: ["tags:apply", "tags:remove"])
      ])
    #expect(try await app.ask(.get, "/v1/me", as: Me.self).limited == [])
  }

  @Test func `without a language asked for, an operator is answered in their own`() async throws {
    let app = try await app()
    try await app.createTag("Status-A")
    func title(_ path: String, _ headers: [(String, String)] = []) async throws -> String {
      try await app.send(.get, path, headers: headers, uid: 1001).problem.title
    }
    #expect(try await title("/v1/tags/9") == "Essa etiqueta não existe")
    #expect(
      try await title("/v1/tags/9", [("Accept-Language", "de")]) == "Essa etiqueta não existe")
    #expect(
      try await title("/v1/tags/9", [("Accept-Language", "de, en;q=0.5")])
        == "There is no such tag")
    // Also where she is not let in.
    #expect(try await title("/v1/webhooks") == "Você não pode fazer isso")
    let changes = try await app.send(.get, "/v1/changes?type=tag.created", uid: 1001)
      .decoded(Page<Change>.self)
    #expect(changes.items[0].sentence.contains("criou a etiqueta"))
  }

  @Test func `an operator's name is refused as a text, not as that of a tag`() async throws {
    let app = try await app()
    let long = String(repeating: "x", count: 61)
    for (name, code) in [("", "text.empty"), (long, "text.too_long")] {
      for (method, path) in [
        (HTTPRequest.Method.post, "/v1/operators"), (.patch, "/v1/operators/2"),
      ] {
        // Nothing is no change.
        if method == .patch && name.isEmpty { continue }
        let reply = try await app.send(method, path, #"{"name":"\#(name)","reason":"x"}"#)
        #expect(reply.status == 422)
        #expect(try reply.problem.code == code, "\(name)")
      }
    }
  }

  @Test func `the first use of a token on a day is recorded, the last is known exactly`()
    async throws
  {
    let app = try await app()
    let (_, secret) = try await token(app)
    for _ in 1...5 { _ = try await app.send(.get, "/v1/me", headers: bearer(secret), uid: 7) }
    for _ in 1...200 where app.ledger.state.team.tokens[0].used == nil {
      try await Task.sleep(for: .milliseconds(10))
    }
    let team: TeamDocument = try await app.ask(.get, "/v1/team")
    #expect(team.tokens[0].lastUsed != nil)
    let used: Page<Change> = try await app.ask(.get, "/v1/changes?type=token.used")
    #expect(used.items.count == 1)
  }

  @Test func `the verdict names the grant, for a tag and for a category`() async throws {
    let app = try await app()
    func verdict(_ query: String) async throws -> Verdict {
      try await app.ask(.get, "/v1/team/can?operator=MARIA&\(query)")
    }
    #expect(try await verdict("permission=tags:apply&category=STÁTUS-*").grant?.id == 2)
    let no = try await verdict("permission=tags:merge&category=Status")
    #expect(!no.allowed && no.grant == nil && no.givers.count == 1)
    #expect(try await !verdict("permission=tags:apply&category=VIP").allowed)
    let reply = try await app.send(.get, "/v1/team/can?operator=1&permission=x")
    #expect(reply.status == 422)
  }

  @Test func `a stream ends when the token that opened it is revoked`() async throws {
    let app = try await App(heartbeat: .milliseconds(200))
    let _: TeamReceipt = try await app.ask(
      .post, "/v1/operators", #"{"name":"Maria","kind":"program"}"#)
    let _: TeamReceipt = try await app.ask(
      .post, "/v1/grants", #"{"operator":"Maria","role":"integration"}"#)
    let (id, secret) = try await token(app)
    try await withService(app) { socket in
      let request =
        "GET /v1/events/follow HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(secret)\r\n\r\n"
      async let stream = exchange(socket, Array(request.utf8), closing: false) {
        String(decoding: $0, as: UTF8.self).contains("event: problem")
      }
      try await Task.sleep(for: .milliseconds(500))
      let _: TeamReceipt = try await app.ask(.delete, "/v1/tokens/\(id)")
      let text = String(decoding: try await stream, as: UTF8.self)
      #expect(text.contains("\"code\":\"credential.refused\""))
      #expect(text.contains("\"fault\":\"revoked\""))
    }
  }
}
