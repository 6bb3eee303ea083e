import APITypes
import Domain
import Foundation
import HTTPTypes
import Ledger
import Testing

@testable import API

struct ChangeRouteTests {
  private func shop() async throws -> App {
    let app = try await App()
    try await app.createTag("Status-VIP")
    try await app.register("João", #","phone":"+5541988887777""#)
    let _: MembershipReceipt = try await app.ask(
      .post, "/v1/tags/1/apply", #"{"customers":[1],"reason":"compra grande"}"#)
    let _: TagReceipt = try await app.ask(.patch, "/v1/tags/1", #"{"name":"Status-Ouro"}"#)
    let _: CustomerReceipt = try await app.ask(.patch, "/v1/customers/1", #"{"name":"João Sá"}"#)
    return app
  }

  @Test(arguments: [
    "/v1/changes?words=%00", "/v1/changes?actor=a%00", "/v1/customers?name=%00",
    "/v1/customers?phone=%00", "/v1/customers?ref=%00", "/v1/events?actor=%00", "/v1/tags/%00",
  ])
  func `a zero byte in an address is refused, since no text has one`(path: String) async throws {
    let reply = try await shop().send(.get, path)
    #expect(reply.status == 400)
    #expect(try reply.problem.code == "request.uri_unreadable")
  }

  @Test func `a change tells who, what, before and after, in words and in fields`() async throws {
    let app = try await shop()
    let page: Page<Change> = try await app.ask(
      .get, "/v1/changes", headers: [("Accept-Language", "pt")])
    #expect(page.items.map(\.seq) == [6, 5, 4, 3, 2, 1])
    #expect(page.position == 6)
    let revised = page.items[0]
    #expect(revised.before == ["name": "João"] && revised.after == ["name": "João Sá"])
    let renamed = page.items[1]
    #expect(renamed.before == ["name": "Status-VIP"] && renamed.after == ["name": "Status-Ouro"])
    #expect(renamed.sentence.hasSuffix("renomeou a etiqueta “Status-VIP” para “Status-Ouro”."))
    let applied = page.items[2]
    #expect(applied.type == "tag.applied" && applied.reason == "compra grande")
    #expect(applied.tag == Reference(id: 1, name: "Status-VIP"))
    #expect(applied.customer == Reference(id: 1, name: "João Sá"))
    #expect(applied.sentence.hasSuffix("aplicou “Status-VIP” a João Sá."))
    let registered = page.items[3]
    #expect(registered.after == ["name": "João", "phone": "+5541988887777"])
  }

  @Test func `changes are found by actor, tag, customer, type, time, command and words`()
    async throws
  {
    let app = try await shop()
    let all: Page<Change> = try await app.ask(.get, "/v1/changes?order=oldest")
    let command = all.items[3].command
    let time = Paths.segment(all.items[3].at)
    for (query, seqs) in [
      ("actor=uid:1000", [6, 5, 4, 3, 2]), ("actor=1000&limit=2", [6, 5]), ("actor=uid:7", []),
      ("actor=operator:1&limit=2", [6, 5]), ("actor=system", [1]),
      ("tag=1", [5, 4, 2]), ("customer=1", [6, 4, 3]), ("type=tag.applied", [4]),
      ("type=tag", [5, 4, 2]), ("type=tag.applied,customer", [6, 4, 3]), ("type=team", [1]),
      ("command=\(command)", [4]), ("words=GRANDE+compra", [4]), ("words=ouro", [5, 4, 2]),
      ("since=\(time)&order=oldest", [4, 5, 6]), ("until=\(time)", [3, 2, 1]),
      ("tag=1&customer=1", [4]),
    ] as [(String, [Int64])] {
      let page: Page<Change> = try await app.ask(.get, "/v1/changes?\(query)")
      #expect(page.items.map(\.seq) == seqs, "\(query)")
    }
    for query in [
      "type=x", "since=x", "command=x", "tag=x", "order=x", "limit=0", "limit=1001", "x=1",
    ] {
      #expect(try await app.send(.get, "/v1/changes?\(query)").status == 400, "\(query)")
    }
  }

  @Test func `an actor who is nobody is refused rather than said to have done nothing`()
    async throws
  {
    let app = try await shop()
    for (path, actor) in [
      ("/v1/changes", "Nobody"), ("/v1/changes", "7"), ("/v1/changes", "operator:99"),
      ("/v1/changes/follow", "Nobody"), ("/v1/events", "Nobody"),
    ] {
      let reply = try await app.send(.get, "\(path)?actor=\(actor)")
      #expect(reply.status == 404, "\(path) \(actor)")
      #expect(try reply.problem.code == "operator.not_found")
    }
  }

  @Test func `pages of the change log follow each other, and are also CSV`() async throws {
    let app = try await shop()
    var page: Page<Change> = try await app.ask(.get, "/v1/changes?limit=2")
    var seqs = page.items.map(\.seq)
    while let next = page.next {
      page = try await app.ask(.get, "/v1/changes?limit=2&cursor=\(next)")
      seqs += page.items.map(\.seq)
    }
    #expect(seqs == [6, 5, 4, 3, 2, 1])
    let csv = try await app.send(
      .get, "/v1/changes?tag=1&order=oldest&limit=1", headers: [("Accept", "text/csv")])
    let lines = csv.text.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].hasPrefix("seq,at,occurred,actor,"))
    #expect(lines[1].hasPrefix("2,"))
    #expect(csv.header("Link")?.hasSuffix("; rel=\"next\"") == true)
  }

  @Test func `what writes its own bytes reads as what Codable would have written`() throws {
    let change = Change(
      seq: 3, at: "2026-11-22T01:02:03.000004Z", occurred: "2025-01-01T00:00:00.000000Z",
      actor: "uid:1", via: "local", type: "tag.applied", tag: Reference(id: 1, name: "A\"\n"),
      customer: Reference(id: 2, name: nil), before: ["x": .array([1, "é", .null, true])],
      after: [:], reason: "\u{1}", command: "c", cause: 2, sentence: "s")
    let receipt = MembershipReceipt(
      seq: [1, 2], command: "c", dryRun: true, applied: 1, removed: 2, unchanged: 3, displaced: 4)
    let tenure = APITypes.Tenure(
      tag: Reference(id: 1, name: "A"), customer: Reference(id: 2, name: "B"), since: "t",
      sinceSeq: 1, until: "u", untilSeq: 2, by: "x", endedBy: "y",
      why: Why(kind: .import, file: "f", operator: "o", reason: "r"), details: ["k": "v"])
    func read<Value: Writable & Codable & Equatable>(_ value: Value) throws -> Bool {
      var bytes: [UInt8] = []
      try value.write(to: &bytes)
      return try JSONDecoder().decode(Value.self, from: Data(bytes)) == value
    }
    #expect(try read(change) && read(receipt) && read(tenure))
    #expect(
      try read(
        MembershipReceipt(
          seq: nil, command: "c", dryRun: false, applied: 0, removed: 0, unchanged: 0,
          displaced: 0)))
  }

  @Test func `an event is shown as the bytes that were hashed`() async throws {
    let app = try await shop()
    let reply = try await app.send(.get, "/v1/events/4")
    #expect(reply.header("Content-Type") == "application/cloudevents+json")
    let event: CloudEvent = try reply.decoded()
    #expect(event.id == "4" && event.type == "tagledger.tag.applied.v1")
    #expect(event.sequence == "00000000000000000004")
    #expect(reply.header("Tagledger-Leaf")?.count == 64)
    #expect(try JSON(parsing: reply.bytes).canonical == reply.text)
    let list = try await app.send(.get, "/v1/events?after=2&limit=2")
    let events: [CloudEvent] = try list.decoded()
    #expect(events.map(\.id) == ["3", "4"])
    #expect(list.header("Link") == "</v1/events?after=4&limit=2>; rel=\"next\"")
    let lines = try await app.send(
      .get, "/v1/events", headers: [("Accept", "application/x-ndjson")])
    #expect(lines.text.split(separator: "\n").count == 6)
    for seq in ["0", "7", "-1", "x", "9223372036854775808"] {
      #expect(try await app.send(.get, "/v1/events/\(seq)").status == 404)
    }
  }
}
