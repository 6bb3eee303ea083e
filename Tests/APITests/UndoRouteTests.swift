import APITypes
import Domain
import Foundation
import HTTPTypes
import Ledger
import Testing

@testable import API

@Suite struct UndoRouteTests {
  @Test func `a merge of tags is undone to who had what, details and alias included`()
    async throws
  {
    let app = try await App()
    try await app.createTag("Sofá")
    try await app.createTag("Móvel")
    for name in ["Ana", "Rui", "Bia"] { try await app.register(name) }
    _ = try await app.send(
      .post, "/v1/tags/1/apply", #"{"customers":[1,2],"details":{"n":"7"}}"#)
    _ = try await app.send(.post, "/v1/tags/2/apply", #"{"customers":[2,3]}"#)
    let merge: MergeReceipt = try await app.ask(.post, "/v1/tags/1/merge", #"{"into":2}"#)
    let preview: UndoReceipt = try await app.ask(
      .post, Paths.commandUndo(merge.command), #"{"dry_run":true}"#)
    #expect(preview.dryRun && preview.seq == nil)
    #expect(
      preview.events
        == ["tag.unmerged": 1, "tag.removed": 1, "tag.applied": 2, "tag.detailed": 1])
    let undo: UndoReceipt = try await app.ask(
      .post, Paths.commandUndo("\(merge.seq![0])"), #"{"reason":"engano"}"#)
    #expect(undo.undone == merge.command)
    #expect(undo.events == preview.events && undo.left.isEmpty)
    let tag: TagDocument = try await app.ask(.get, "/v1/tags/1")
    #expect(tag.mergedInto == nil && tag.customers == 2)
    let other: TagDocument = try await app.ask(.get, "/v1/tags/2")
    #expect(other.aliases == [] && other.customers == 2)
    let members: Page<APITypes.Tenure> = try await app.ask(.get, "/v1/tags/1/customers")
    #expect(members.items.map(\.details) == [["n": "7"], ["n": "7"]])
    #expect(members.items.map(\.why.kind) == [.undo, .undo])
    let changes: Page<Change> = try await app.ask(
      .get, "/v1/changes?command=\(undo.command)&order=oldest")
    #expect(changes.items.allSatisfy { $0.cause == merge.seq![0] && $0.reason == "engano" })
    #expect(changes.items[0].sentence.contains("out of “Móvel”"))
  }

  @Test func `what others have touched since is left alone, also where it is as it was`()
    async throws
  {
    let app = try await App()
    try await app.createTag("VIP")
    for name in ["Ana", "Rui"] { try await app.register(name) }
    let receipt: MembershipReceipt = try await app.ask(
      .post, "/v1/tags/1/apply", #"{"customers":[1,2]}"#)
    _ = try await app.send(.post, "/v1/tags/1/remove", #"{"customers":[1]}"#)
    let again: MembershipReceipt = try await app.ask(
      .post, "/v1/tags/1/apply", #"{"customers":[1]}"#)
    let undo: UndoReceipt = try await app.ask(.post, Paths.commandUndo(receipt.command))
    #expect(undo.events == ["tag.removed": 1] && undo.leftAlone == 1)
    #expect(undo.left[0].customer == Reference(id: 1, name: "Ana"))
    #expect(undo.left[0].seq == again.seq![0] && undo.left[0].by == "operator:1")
    #expect(Array(app.ledger.state.members(of: TagID(1))) == [CustomerID(1)])
    // The undo has touched it too.
    let twice: UndoReceipt = try await app.ask(.post, Paths.commandUndo(receipt.command))
    #expect(twice.seq == nil && twice.leftAlone == 2)
  }

  @Test func `an import is undone by the id of its job, and an undo of that brings it back`()
    async throws
  {
    let app = try await App()
    let rows = (1...1200).map { "C\($0),VIP\n" }.joined()
    let job = try await app.finish(
      app.ask(
        .post, "/v1/imports/memberships?create_tags=true&create_customers=true",
        "ref,tag\n" + rows))
    #expect(job.result["applied"]?.int == 1200)
    _ = try await app.send(.post, "/v1/tags/1/remove", #"{"customers":[7]}"#)
    _ = try await app.send(.post, "/v1/tags/1/apply", #"{"customers":[7]}"#)
    let path = Paths.commandUndo(job.id)
    let preview: UndoReceipt = try await app.ask(.post, path, #"{"dry_run":true}"#)
    let undo: UndoReceipt = try await app.ask(.post, path, #"{"reason":"arquivo errado"}"#)
    #expect(undo.undone == job.id && undo.events == ["tag.removed": 1199])
    #expect(preview.events == undo.events && preview.leftAlone == undo.leftAlone)
    // The customers, the tag that one of them still has, and who has it.
    #expect(undo.leftAlone == 1202)
    #expect(undo.left.prefix(3).map(\.why) == [.changed, .tagInUse, .registered])
    #expect(Array(app.ledger.state.members(of: TagID(1))) == [CustomerID(7)])
    let again: UndoReceipt = try await app.ask(.post, Paths.commandUndo(undo.command))
    #expect(again.events == ["tag.applied": 1199] && again.left == [])
    #expect(try await app.send(.post, Paths.commandUndo("nada")).status == 404)
  }

  @Test func `a tag that has been merged away since its creation is left alone, and reported`()
    async throws
  {
    let app = try await App()
    let made = try await app.send(.post, "/v1/starter-sets/pt")
    let receipt = try JSON(parsing: made.bytes)
    let first = try #require(receipt["seq"]?.array?.first?.int)
    _ = try await app.send(.post, "/v1/tags/1/merge", #"{"into":2}"#)
    _ = try await app.send(.delete, "/v1/tags/3?customers=0")
    let undo: UndoReceipt = try await app.ask(.post, Paths.commandUndo("\(first)"))
    // The second tag has the first one's name since.
    #expect(undo.left.compactMap(\.tag?.id).sorted() == [1, 2])
    #expect(undo.events == ["tag.deleted": 17])
  }

  @Test func `an undo of an undo does it again, for tags, customers and their fields`()
    async throws
  {
    let app = try await App()
    try await app.createTag("VIP")
    try await app.register("Ana", #","phone":"+5541988887771""#)
    try await app.register("Rui")
    _ = try await app.send(.post, "/v1/tags/1/apply", #"{"customers":[1]}"#)
    let commands = [
      ("PATCH", "/v1/customers/1", #"{"name":"Ana Maria","phone":"+5541988887772"}"#),
      ("POST", "/v1/customers/1/merge", #"{"into":2}"#),
      ("DELETE", "/v1/tags/1?customers=1", ""),
      ("PATCH", "/v1/tags/1", ##"{"name":"Ouro","color":"#010203","criterion":"paga"}"##),
    ]
    for (method, target, body) in commands {
      let before = try await app.sight()
      let reply = try await app.send(
        .init(method)!, target, body.isEmpty ? nil : body)
      #expect(reply.status == 200)
      let seq = app.ledger.state.position
      let after = try await app.sight()
      #expect(after != before)
      let undo: UndoReceipt = try await app.ask(.post, Paths.commandUndo("\(seq)"))
      #expect(undo.left == [])
      #expect(try await app.sight() == before, "\(target)")
      let redo: UndoReceipt = try await app.ask(.post, Paths.commandUndo(undo.command))
      #expect(redo.left == [])
      #expect(try await app.sight() == after, "\(target)")
      _ = try await app.send(.post, Paths.commandUndo(redo.command))
      #expect(try await app.sight() == before, "\(target)")
    }
  }

  @Test func `changes to the team are undone, but never the last owner`()
    async throws
  {
    let app = try await App()
    let maria = #"{"name":"Maria","kind":"person","language":"pt","uid":1001}"#
    #expect(try await app.send(.post, "/v1/operators", maria).status == 201)
    let role = #"{"name":"balcão","permissions":["tags:apply"]}"#
    #expect(try await app.send(.post, "/v1/roles", role).status == 201)
    let number = try #require(app.ledger.state.team.role(named: "balcão")?.id.rawValue)
    let grant = #"{"operator":"2","role":"\#(number)"}"#
    #expect(try await app.send(.post, "/v1/grants", grant).status == 201)
    func undo() async throws -> UndoReceipt {
      try await app.ask(.post, Paths.commandUndo("\(app.ledger.state.position)"))
    }
    #expect(try await undo().events == ["grant.revoked": 1])
    #expect(try await undo().events == ["role.granted": 1])
    #expect(try await app.send(.delete, "/v1/roles/\(number)").status == 200)
    #expect(try await undo().events == ["role.defined": 1, "role.granted": 1])
    let seq = app.ledger.state.position
    let refused = try await app.send(.post, Paths.commandUndo("\(seq)"), "{}", uid: 1001)
    #expect(try refused.problem.code == "permission.missing")

    #expect(
      try await app.send(.post, "/v1/grants", #"{"operator":"2","role":"1"}"#).status == 201)
    let owner = app.ledger.state.position
    #expect(try await app.send(.delete, "/v1/grants/1", uid: 1001).status == 200)
    let last = try await app.send(.post, Paths.commandUndo("\(owner)"), "{}", uid: 1001)
    #expect(try last.problem.code == "team.last_owner")
  }

  @Test func `a command that is not known is told`() async throws {
    let app = try await App()
    for id in ["x", "0190163d-8694-739b-aea5-966c26f8ad91"] {
      let reply = try await app.send(.post, Paths.commandUndo(id), "{}")
      #expect(try reply.problem.code == "command.not_found")
    }
    #expect(try await app.send(.post, Paths.commandUndo("7")).problem.code == "event.not_found")
  }

  @Test func `why follows a tag back to its file, and tells how it was lost`() async throws {
    let app = try await App()
    try await app.createTag("Sofá")
    try await app.createTag("Móvel")
    try await app.register("Ana", #","phone":"+5541988887771""#)
    try await app.register("Rui")
    let job: APITypes.Job = try await app.ask(
      .post, "/v1/imports/memberships?file=vip.csv", "phone,tag\n+5541988887771,Sofá\n")
    #expect(try await app.finish(job).state == .done)
    _ = try await app.send(.post, "/v1/tags/1/merge", #"{"into":2}"#)
    _ = try await app.send(.post, "/v1/customers/1/merge", #"{"into":2}"#)
    let why: APITypes.Explanation = try await app.ask(.get, Paths.why(2, 2))
    #expect(why.held && why.customer.name == "Rui" && why.tag.name == "Móvel")
    #expect(
      why.chain.map(\.type) == ["tag.applied", "customer.merged", "tag.merged", "tag.applied"])
    #expect(why.chain.last?.sentence.contains("(from vip.csv)") == true)
    #expect(why.turns.map(\.why.kind) == [.customerMerge])

    _ = try await app.send(
      .post, "/v1/tags/2/remove", #"{"customers":[2],"reason":"saiu"}"#)
    let gone: APITypes.Explanation = try await app.ask(.get, Paths.why(1, 1))
    #expect(!gone.held && gone.turns.map(\.kind) == [.gained, .lost])
    #expect(gone.turns[1].change.reason == "saiu" && gone.turns[1].change.actor == "operator:1")
    _ = try await app.send(.post, Paths.commandUndo("\(app.ledger.state.position)"))
    let back: APITypes.Explanation = try await app.ask(.get, Paths.why(2, 2))
    #expect(back.held && back.turns.count == 3 && back.turns[2].why.kind == .undo)
    #expect(
      back.chain.map(\.type) == [
        "tag.applied", "tag.removed", "tag.applied", "customer.merged", "tag.merged",
        "tag.applied",
      ])
    for (language, words) in [("fr", "porte « Móvel »"), ("pt", "tem “Móvel”")] {
      let told: APITypes.Explanation = try await app.ask(
        .get, Paths.why(2, 2), headers: [("Accept-Language", language)])
      #expect(told.sentence.contains(words))
    }
    let never: APITypes.Explanation = try await app.ask(.get, Paths.why(2, 1) + "?as_of=5")
    #expect(never.turns.isEmpty)
  }
}

extension App {
  /// What an operator sees of all tags and customers.
  fileprivate func sight() async throws -> [String] {
    let tags: Page<TagDocument> = try await ask(.get, "/v1/tags?archived=all")
    let customers: Page<CustomerDocument> = try await ask(.get, "/v1/customers")
    return tags.items.map {
      "\($0.id) \($0.name) \($0.color) \($0.criterion ?? "") \($0.customers) \($0.aliases)"
    }
      + customers.items.map {
        "\($0.id) \($0.name ?? "") \($0.phone ?? "") \(($0.tags ?? []).map(\.id))"
      }
  }
}
