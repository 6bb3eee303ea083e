import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger
import NIOCore
import Testing

@testable import API

/// Every route, asked as each of the ready-made roles: who gets in, and who is told what is missing.
struct PermissionTableTests {
  /// Who is let through, by the first letters of the roles: owner, manager, agent, auditor (u),
  /// integration. A route that is missing here fails the test.
  private static let table: [String: String] = [
    "GET /checkpoint": "omui", "GET /tile/entries/{rest}": "omui",
    "GET /tile/{level}/{rest}": "omui",
    "POST /v1/backups": "o", "POST /v1/categories/{name}/recolor": "om",
    "GET /v1/changes": "omaui", "GET /v1/changes/follow": "omaui",
    "GET /v1/checkpoints": "omui",
    "GET /v1/customers": "omaui", "POST /v1/customers": "omai",
    "GET /v1/customers/{id}": "omaui", "PATCH /v1/customers/{id}": "omai",
    "POST /v1/customers/{id}/erase": "o", "POST /v1/customers/{id}/merge": "omai",
    "GET /v1/customers/{id}/report": "om", "GET /v1/customers/{id}/tags": "omaui",
    "POST /v1/commands/{id}/undo": "omaui", "GET /v1/diff": "omaui",
    "GET /v1/customers/{id}/tags/{tag}/why": "omaui",
    "GET /v1/events": "omui", "GET /v1/events/follow": "omui", "GET /v1/events/{seq}": "omui",
    "GET /v1/events/{seq}/receipt": "omui",
    "GET /v1/exports/customers": "om", "GET /v1/exports/history": "om",
    "GET /v1/exports/memberships": "om",
    "GET /v1/filters": "omaui", "POST /v1/filters": "omaui",
    "POST /v1/grants": "o", "DELETE /v1/grants/{id}": "o",
    "POST /v1/imports/customers": "omi", "POST /v1/imports/history": "omi",
    "POST /v1/imports/memberships": "omi",
    "GET /v1/jobs": "omaui", "GET /v1/jobs/{id}": "omaui", "GET /v1/jobs/{id}/failures": "omaui",
    "GET /v1/jobs/{id}/follow": "omaui", "POST /v1/jobs/{id}/resume": "omaui",
    "POST /v1/jobs/{id}/stop": "omaui",
    "GET /v1/notices": "omaui", "GET /v1/notices/{seq}": "omu",
    "POST /v1/notices/acknowledge": "omaui",
    "GET /v1/me": "omaui", "GET /v1/moment": "omaui",
    "POST /v1/operators": "o", "GET /v1/operators/{id}": "omu", "PATCH /v1/operators/{id}": "o",
    "POST /v1/operators/{id}/archive": "o", "POST /v1/operators/{id}/identities": "o",
    "POST /v1/operators/{id}/restore": "o",
    "GET /v1/proofs/consistency": "omui",
    "POST /v1/rebuilds": "o",
    "GET /v1/rules": "omu", "POST /v1/rules": "om", "POST /v1/rules/preview": "omu",
    "GET /v1/rules/ready": "omu", "POST /v1/rules/ready/{id}": "om", "GET /v1/rules/{id}": "omu",
    "PATCH /v1/rules/{id}": "om", "DELETE /v1/rules/{id}": "om",
    "POST /v1/rules/{id}/disable": "om", "POST /v1/rules/{id}/enable": "om",
    "POST /v1/roles": "o", "GET /v1/roles/{id}": "omu", "PATCH /v1/roles/{id}": "o",
    "DELETE /v1/roles/{id}": "o",
    "POST /v1/starter-sets/{language}": "om", "GET /v1/status": "omaui",
    "GET /v1/tags": "omaui", "POST /v1/tags": "om", "GET /v1/tags/{id}": "omaui",
    "PATCH /v1/tags/{id}": "om", "DELETE /v1/tags/{id}": "om", "POST /v1/tags/{id}/apply": "omai",
    "POST /v1/tags/{id}/archive": "om", "GET /v1/tags/{id}/customers": "omaui",
    "POST /v1/tags/{id}/merge": "om", "POST /v1/tags/{id}/remove": "omai",
    "POST /v1/tags/{id}/restore": "om",
    "GET /v1/team": "omu", "GET /v1/team/can": "omu",
    "POST /v1/tokens": "o", "DELETE /v1/tokens/{id}": "o",
    "POST /v1/verifications": "omu",
    "POST /v1/facts": "omai", "GET /v1/customers/{id}/facts": "omaui",
    "GET /v1/account": "omaui", "PATCH /v1/account": "o", "GET /v1/sources": "omaui",
    "GET /v1/mappings": "omaui", "POST /v1/mappings": "omi", "DELETE /v1/mappings/{name}": "omi",
    "POST /v1/imports/orders": "omi",
    "GET /v1/segments": "omau", "POST /v1/segments": "om", "GET /v1/segments/{id}": "omau",
    "PATCH /v1/segments/{id}": "om", "DELETE /v1/segments/{id}": "om",
    "GET /v1/segments/{id}/customers": "omaui", "POST /v1/ready-segments/{language}": "om",
    "GET /v1/work": "omau", "POST /v1/work/done": "oma", "POST /v1/work/reopen": "oma",
    "POST /v1/work/skip": "oma", "POST /v1/work/take": "oma",
    "GET /v1/rfm": "omau", "PATCH /v1/rfm": "om", "GET /v1/rfm/customers": "omaui",
    "GET /v1/webhooks": "o", "POST /v1/webhooks": "o", "GET /v1/webhooks/{id}": "o",
    "PATCH /v1/webhooks/{id}": "o", "DELETE /v1/webhooks/{id}": "o",
    "GET /v1/webhooks/{id}/dead": "o", "POST /v1/webhooks/{id}/redeliver": "o",
    "POST /v1/webhooks/{id}/secret": "o", "POST /v1/webhooks/{id}/test": "o",
  ]

  /// Bodies with which a request comes as far as the writer, for routes whose refusal it records.
  private static let bodies: [String: String] = [
    "POST /v1/grants": #"{"operator":"agent","role":"agent"}"#,
    "POST /v1/operators": #"{"name":"Novo"}"#,
    "PATCH /v1/operators/{id}": #"{"language":"fr"}"#,
    "POST /v1/operators/{id}/identities": #"{"subject":"x"}"#,
    "POST /v1/roles": #"{"name":"Novo","permissions":["tags:read"]}"#,
    "PATCH /v1/roles/{id}": #"{"name":"outro"}"#,
    "POST /v1/tokens": #"{"operator":"agent","name":"x"}"#,
    "POST /v1/customers/{id}/erase": #"{"reason":"pedido"}"#,
    "PATCH /v1/tags/{id}": #"{"criterion":"x"}"#,
    "POST /v1/rules": #"{"name":"x","tag":1,"filter":"orders > 1","reason":"x"}"#,
  ]

  private static let roles = ["owner", "manager", "agent", "auditor", "integration"]
  private static let letters = ["o", "m", "a", "u", "i"]

  private func app() async throws -> App {
    let app = try await App()
    for (index, role) in Self.roles.enumerated() {
      let uid = 2001 + index
      let add = #"{"name":"\#(role)","uid":\#(uid)}"#
      #expect(try await app.send(.post, "/v1/operators", add).status == 201)
      let grant = #"{"operator":"\#(role)","role":"\#(role)"}"#
      #expect(try await app.send(.post, "/v1/grants", grant).status == 201)
    }
    try await app.createTag("Status-A")
    try await app.createTag("Status-B")
    try await app.register("Ana")
    return app
  }

  /// The head of the answer alone, since some answers never end.
  private func ask(
    _ app: App, _ route: Route, as uid: UInt32
  ) async throws -> (status: Int, code: String?) {
    // Whom an erasure is about has to be there, or nothing comes as far as the writer.
    // What is undone must not be what gives one of them their role.
    let numbers = ["erase": "1", "undo": "999999"]
    let number = route.path.split(separator: "/").last.flatMap { numbers[String($0)] } ?? "7"
    let path = route.path.replacing("{language}", with: "pt")
      .replacing(/\{[a-z]+\}/, with: number)
    let body = Self.bodies["\(route.method.rawValue) \(route.path)"] ?? ""
    let request = HummingbirdCore.Request(
      head: HTTPRequest(
        method: route.method, scheme: "http", authority: "localhost", path: path),
      body: RequestBody(buffer: ByteBuffer(string: body)))
    let response = try await Peer.$current.withValue(Peer(pid: 1, uid: uid, gid: 0)) {
      try await app.front.respond(to: request)
    }
    guard response.status.code == 403 else { return (response.status.code, nil) }
    let reply = try await app.send(route.method, path, body, uid: uid)
    return (403, try reply.problem.code)
  }

  @Test func `every route lets each role do what its permissions say, and nothing else`()
    async throws
  {
    let app = try await app()
    let routes = API.routes.filter { $0.access != .anyone }
    #expect(
      Set(Self.table.keys) == Set(routes.map { "\($0.method.rawValue) \($0.path)" }))
    for route in routes {
      let name = "\(route.method.rawValue) \(route.path)"
      let allowed = Self.table[name] ?? ""
      for (index, letter) in Self.letters.enumerated() {
        let answer = try await ask(app, route, as: UInt32(2001 + index))
        let isRefused = answer.code == "permission.missing"
        #expect(isRefused != allowed.contains(letter), "\(name) as \(Self.roles[index])")
        #expect(answer.status != 401 && answer.status < 500, "\(name) as \(Self.roles[index])")
      }
      let stranger = try await ask(app, route, as: 4711)
      #expect(stranger.code == "caller.unknown", "\(name)")
    }
  }
}
