import APITypes
import Domain
import Foundation
import HTTPTypes
import Ledger
import TestSupport
import Testing

@testable import API

/// What is said of a moment of the past, held against what was said then.
@Suite struct PastRouteTests {
  @Test(arguments: UInt64(0)..<12)
  func `every read as of a moment answers what it answered then`(_ seed: UInt64) async throws {
    let app = try await App()
    var shop = SmallShop(seed: seed, app)
    var then: [(seq: Int64, answers: [String: Substance])] = []
    for _ in 0..<6 {
      try await shop.work(12)
      let seq = app.ledger.state.position
      then.append((seq, try await answers(app, shop.targets(app.ledger.state))))
    }
    for (seq, answers) in then {
      for (target, answer) in answers {
        let past = target + (target.contains("?") ? "&" : "?") + "as_of=\(seq)"
        let reply = try await app.send(.get, past)
        #expect(Substance(reply) == answer, "\(past)")
        // A replay's service asks the same with a header.
        let replay = try await app.send(.get, target, headers: [("Tagledger-As-Of", "\(seq)")])
        #expect(Substance(replay) == answer, "\(target) in a replay of \(seq)")
        if reply.status == 200 { #expect(reply.header("Tagledger-Position") == "\(seq)") }
      }
    }
  }

  private func answers(
    _ app: App, _ targets: [String]
  ) async throws -> [String: Substance] {
    var answers: [String: Substance] = [:]
    for target in targets { answers[target] = Substance(try await app.send(.get, target)) }
    return answers
  }

  @Test func `an answer about the past says which event and time it tells of`() async throws {
    let app = try await App()
    try await app.createTag("VIP")
    try await app.createTag("Novo")
    // The first event founds the team.
    let change: Page<Change> = try await app.ask(.get, "/v1/changes?order=oldest&limit=2")
    let time = change.items[1].at
    for moment in ["2", time] {
      let reply = try await app.send(.get, "/v1/tags?as_of=\(moment)")
      #expect(reply.header("Tagledger-Position") == "2")
      #expect(reply.header("Tagledger-Time") == time)
      #expect(reply.text.hasSuffix(#","as_of":{"seq":2,"time":"\#(time)"}}"#))
      let page: Page<TagDocument> = try reply.decoded()
      #expect(page.items.map(\.name) == ["VIP"])
    }
    let one = try await app.send(.get, "/v1/tags/1?as_of=2")
    #expect(one.text.hasSuffix(#""as_of":{"seq":2,"time":"\#(time)"}}"#))
    let moment: PastMoment = try await app.ask(.get, "/v1/moment?as_of=\(time)")
    #expect(moment == PastMoment(seq: 2, time: time))
    #expect(try await app.send(.get, "/v1/tags/2?as_of=2").status == 404)
    #expect(try await app.send(.get, "/v1/tags?as_of=4").problem.code == "event.not_found")
    #expect(try await app.send(.get, "/v1/tags?as_of=x").status == 400)
    let before: Page<TagDocument> = try await app.ask(.get, "/v1/tags?as_of=2020-01-01")
    #expect(before.items.isEmpty && before.position == 0)
  }

  @Test func `a replay tells nothing later and changes nothing`() async throws {
    let app = try await App()
    try await app.createTag("VIP")
    try await app.createTag("Novo")
    let replay = [("Tagledger-As-Of", "2")]
    let events = try await app.send(.get, "/v1/events", headers: replay)
    #expect(events.text.contains(#""id":"2""#) && !events.text.contains(#""id":"3""#))
    #expect(try await app.send(.get, "/v1/events/3", headers: replay).status == 404)
    let later: Page<TagDocument> = try await app.ask(
      .get, "/v1/tags?as_of=3", headers: replay)
    #expect(later.items.map(\.name) == ["VIP"])
    let status: Status = try await app.ask(.get, "/v1/status", headers: replay)
    #expect(status.position == 2 && status.tags == 1)
    for target in ["/v1/tags", "/v1/customers", "/v1/commands/1/undo", "/v1/rebuilds"] {
      let reply = try await app.send(.post, target, "{}", headers: replay)
      #expect(try reply.problem.code == "past.read_only", "\(target)")
    }
    let jobs = try await app.send(.get, "/v1/jobs", headers: replay)
    #expect(try jobs.problem.code == "past.not_told")
    #expect(app.ledger.state.position == 3)
  }

  @Test func `a diff tells what came of two moments, by tag and by customer`() async throws {
    let app = try await App()
    try await app.createTag("VIP")
    try await app.createTag("Novo")
    try await app.register("Ana")
    try await app.register("Rui")
    _ = try await app.send(.post, "/v1/tags/1/apply", #"{"customers":[1]}"#)
    let from = app.ledger.state.position
    let empty: Page<APITypes.TagDifference> = try await app.ask(.get, "/v1/diff?from=\(from)")
    #expect(empty.items.isEmpty)
    _ = try await app.send(.patch, "/v1/tags/1", ##"{"name":"Ouro","color":"#010203"}"##)
    _ = try await app.send(.post, "/v1/tags/1/remove", #"{"customers":[1]}"#)
    _ = try await app.send(.post, "/v1/tags/1/apply", #"{"customers":[2]}"#)
    _ = try await app.send(.post, "/v1/tags/2/archive")
    try await app.createTag("Sofá")
    let tags: Page<APITypes.TagDifference> = try await app.ask(.get, "/v1/diff?from=\(from)")
    #expect(tags.items.map(\.changes) == [["renamed", "recolored"], ["archived"], ["created"]])
    #expect(tags.items[0].before["name"] == .string("VIP"))
    #expect(tags.items[0].after["name"] == .string("Ouro"))
    #expect(tags.items[0].gained == 1 && tags.items[0].lost == 1)
    #expect(tags.items[0].gainedCustomers == [Reference(id: 2, name: "Rui")])
    let customers: Page<APITypes.CustomerDifference> = try await app.ask(
      .get, "/v1/diff?from=\(from)&by=customer")
    #expect(customers.items.map(\.customer.name) == ["Ana", "Rui"])
    #expect(customers.items[0].lost == [Reference(id: 1, name: "Ouro")])
    #expect(customers.items[1].gained == [Reference(id: 1, name: "Ouro")])
    let csv = try await app.send(
      .get, "/v1/diff?from=\(from)", headers: [("Accept", "text/csv")])
    #expect(csv.text.split(separator: "\n").count == 4)
    // What began and ended in between is told as both.
    _ = try await app.send(.post, "/v1/tags/3/merge", #"{"into":1}"#)
    let merged: Page<APITypes.TagDifference> = try await app.ask(.get, "/v1/diff?from=\(from)")
    #expect(merged.items.last?.changes == ["created", "merged"])
    #expect(try await app.send(.get, "/v1/diff?from=\(from)&to=1").status == 400)
    #expect(try await app.send(.get, "/v1/diff").status == 400)
  }
}

/// What an answer says, without what is about now by its nature.
private struct Substance: Equatable {
  let status: Int
  let body: String

  init(_ reply: Reply) {
    status = reply.status
    guard var json = try? JSONDecoder().decode([String: JSONValue].self, from: Data(reply.bytes))
    else {
      body = reply.text
      return
    }
    for field in ["as_of", "position", "uptime", "views_position", "jobs", "scrub", "signed"] {
      json[field] = nil
    }
    // A problem may tell who holds a name now; whether there is one is what counts.
    body = status == 200 ? "\(JSONValue.object(json).sorted)" : ""
  }
}

extension JSONValue {
  fileprivate var sorted: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}

/// Asks for changes at random; what is refused is refused.
private struct SmallShop {
  private var chance: Chance
  private let app: App

  init(seed: UInt64, _ app: App) {
    chance = Chance(seed: seed)
    self.app = app
  }

  mutating func work(_ steps: Int) async throws {
    for _ in 0..<steps {
      let (method, target, body) = next()
      _ = try await app.send(method == "PATCH" ? .patch : .post, target, body)
    }
  }

  /// Everything that can be read, of all tags and customers there are.
  func targets(_ state: State) -> [String] {
    var targets = [
      "/v1/tags?archived=all", "/v1/tags?q=v", "/v1/customers", "/v1/customers?q=ana",
      "/v1/customers?phone=%2B5541988887771", "/v1/customers?ref=R1", "/v1/status",
      "/v1/changes?limit=300", "/v1/exports/customers", "/v1/exports/memberships",
      "/v1/exports/history", "/v1/changes?tag=1&order=oldest", "/v1/team", "/v1/operators/1",
      "/v1/roles/1", "/v1/team/can?operator=1&permission=tags:merge",
    ]
    for tag in state.tags.indices {
      targets += ["/v1/tags/\(tag + 1)", "/v1/tags/\(tag + 1)/customers"]
    }
    for customer in 1..<(state.lastCustomer + 1) {
      targets += [
        "/v1/customers/\(customer)", "/v1/customers/\(customer)/tags?ended=true",
        "/v1/customers/\(customer)/tags/1/why",
      ]
    }
    return targets
  }

  private mutating func next() -> (String, String, String) {
    let state = app.ledger.state
    let tag = chance.number(1...max(1, state.tags.count))
    let customer = chance.number(1...max(1, Int(state.lastCustomer)))
    let other = chance.number(1...max(1, state.tags.count))
    let name = chance.pick(["VIP", "Novo", "Sofá", "Status-Pago", "Loja", "Ouro"])
    let person = chance.pick(["Ana", "Rui", "Ana Zoé", "Bia"])
    switch chance.number(0...19) {
    case 0..<3: return ("POST", "/v1/tags", #"{"name":"\#(name)"}"#)
    case 3..<6:
      let phone = chance.number(1...4)
      return (
        "POST", "/v1/customers",
        #"{"name":"\#(person)","phone":"+554198888777\#(phone)","ref":"R\#(phone)"}"#
      )
    case 6: return ("PATCH", "/v1/tags/\(tag)", #"{"name":"\#(name)"}"#)
    case 7: return ("PATCH", "/v1/customers/\(customer)", #"{"name":"\#(person)"}"#)
    case 8: return ("PATCH", "/v1/customers/\(customer)", #"{"phone":"","notes":"x"}"#)
    case 9: return ("POST", "/v1/tags/\(tag)/merge", #"{"into":\#(other)}"#)
    case 10:
      let into = chance.number(1...max(1, Int(state.lastCustomer)))
      return ("POST", "/v1/customers/\(customer)/merge", #"{"into":\#(into)}"#)
    case 11: return ("POST", "/v1/tags/\(tag)/archive", "{}")
    case 12: return ("POST", "/v1/tags/\(tag)/restore", "{}")
    case 13:
      return ("POST", "/v1/commands/\(chance.number(1...Int(max(1, state.position))))/undo", "{}")
    case 14..<16:
      return ("POST", "/v1/tags/\(tag)/remove", #"{"customers":[\#(customer)]}"#)
    default:
      return (
        "POST", "/v1/tags/\(tag)/apply",
        #"{"customers":[\#(customer)],"details":{"n":"\#(other)"}}"#
      )
    }
  }
}
