import APITypes
import Domain
import Foundation
import HTTPTypes
import Ledger
import Testing

@testable import API

struct TagRouteTests {
  @Test func `creating a tag answers with where it is, its revision and its event`() async throws {
    let app = try await App()
    let reply = try await app.send(
      .post, "/v1/tags",
      #"{"name":" Produto-Sofá ","color":"3","criterion":"Perguntou por sofás","set":"Interesse"}"#)
    #expect(reply.status == 201)
    #expect(reply.header("Location") == "/v1/tags/1")
    #expect(reply.header("ETag") == "\"1\"")
    let receipt: TagReceipt = try reply.decoded()
    #expect(receipt.seq == [2, 2])
    #expect(receipt.tag.name == "Produto-Sofá")
    #expect(receipt.tag.category == "Produto")
    #expect(receipt.tag.color == "#dfaef0")
    #expect(receipt.tag.palette == 3)
    #expect(receipt.warnings.isEmpty)
    #expect(CommandID(receipt.command) != nil)
  }

  @Test func `a name without a category, or too general, is warned of in the language asked for`()
    async throws
  {
    let app = try await App()
    let receipt: TagReceipt = try await app.ask(
      .post, "/v1/tags", #"{"name":"Cliente"}"#, headers: [("Accept-Language", "pt-BR,pt;q=0.9")])
    #expect(receipt.warnings.map(\.code) == ["name.no_category", "name.too_general"])
    #expect(receipt.warnings[0].detail.contains("não tem categoria"))
  }

  @Test func `a name that reads the same is refused with the other tag's id`() async throws {
    let app = try await App()
    try await app.createTag("Status-Entregue")
    let problem = try await app.send(.post, "/v1/tags", #"{"name":"status-ENTREGUÉ"}"#).problem
    #expect(problem.status == 409)
    #expect(problem.code == "tag.name_taken")
    #expect(problem.extras["tag"] == 1)
  }

  @Test func `a preview changes nothing`() async throws {
    let app = try await App()
    let reply = try await app.send(.post, "/v1/tags", #"{"name":"A-B","dry_run":true}"#)
    let receipt: TagReceipt = try reply.decoded()
    #expect(reply.status == 200)
    #expect(receipt.dryRun && receipt.seq == nil && receipt.tag.id == 1)
    #expect(app.ledger.state.position == 1)
  }

  @Test func `a revision that has passed is refused`() async throws {
    let app = try await App()
    try await app.createTag("A-B")
    let first: TagReceipt = try await app.ask(
      .patch, "/v1/tags/1", #"{"name":"A-C","follow_up":"Ligar"}"#,
      headers: [("If-Match", "\"1\"")])
    #expect(first.tag.name == "A-C" && first.tag.followUp == "Ligar")
    let reply = try await app.send(
      .patch, "/v1/tags/1", #"{"name":"A-D"}"#, headers: [("If-Match", "\"1\"")])
    #expect(reply.status == 412)
    #expect(try reply.problem.code == "tag.revision_changed")
    let cleared: TagReceipt = try await app.ask(.patch, "/v1/tags/1", #"{"follow_up":null}"#)
    #expect(cleared.tag.followUp == nil)
  }

  @Test(arguments: ["apply", "remove"], ["false", "true"])
  func `nobody gets or loses a tag by a revision that has passed`(
    act: String, dryRun: String
  ) async throws {
    let app = try await App()
    try await app.createTag("A-B")
    try await app.register("Ana")
    if act == "remove" {
      let _: MembershipReceipt = try await app.ask(.post, "/v1/tags/1/apply", #"{"customers":[1]}"#)
    }
    let _: TagReceipt = try await app.ask(.patch, "/v1/tags/1", #"{"name":"A-C"}"#)
    let (position, body) = (
      app.ledger.state.position, "{\"customers\":[1],\"dry_run\":\(dryRun)}"
    )
    let stale = try await app.send(
      .post, "/v1/tags/1/\(act)", body, headers: [("If-Match", "\"1\"")])
    #expect(stale.status == 412)
    #expect(try stale.problem.code == "tag.revision_changed")
    #expect(app.ledger.state.position == position)
    let receipt: MembershipReceipt = try await app.ask(
      .post, "/v1/tags/1/\(act)", body, headers: [("If-Match", "\"2\"")])
    #expect(receipt.applied + receipt.removed == 1)
  }

  @Test func `lists filter, and go on where their cursor says`() async throws {
    let app = try await App()
    for name in ["A-1", "A-2", "B-1", "A-3"] { try await app.createTag(name) }
    let _: TagReceipt = try await app.ask(.post, "/v1/tags/2/archive")
    let reply = try await app.send(.get, "/v1/tags?category=a&limit=1&archived=all")
    var page: Page<TagDocument> = try reply.decoded()
    #expect(page.items.map(\.name) == ["A-1"])
    #expect(reply.header("Link")?.contains("category=a&limit=1&archived=all&cursor=") == true)
    var names: [String] = []
    while let next = page.next {
      page = try await app.ask(.get, "/v1/tags?category=a&limit=1&archived=all&cursor=\(next)")
      names += page.items.map(\.name)
    }
    #expect(names == ["A-2", "A-3"])
    let active: Page<TagDocument> = try await app.ask(.get, "/v1/tags?q=a-")
    #expect(active.items.map(\.name) == ["A-1", "A-3"])
    let found: Page<TagDocument> = try await app.ask(.get, "/v1/tags?name=á-2")
    #expect(found.items.map(\.archived) == [true])
  }

  @Test func `a cursor of another list or other parameters is refused`() async throws {
    let app = try await App()
    for name in ["A-1", "A-2"] { try await app.createTag(name) }
    let page: Page<TagDocument> = try await app.ask(.get, "/v1/tags?limit=1")
    let cursor = try #require(page.next)
    for target in [
      "/v1/tags?q=a&cursor=\(cursor)", "/v1/customers?cursor=\(cursor)",
      "/v1/tags?cursor=\(cursor.dropLast())A", "/v1/tags?cursor=x",
    ] {
      let reply = try await app.send(.get, target)
      #expect(reply.status == 400, "\(target)")
      #expect(try reply.problem.code == "request.cursor_unreadable")
    }
  }

  @Test func `lists are also rows, as CSV and as lines of JSON`() async throws {
    let app = try await App()
    try await app.createTag("A-1", ##", "color":"#000000""##)
    let csv = try await app.send(.get, "/v1/tags", headers: [("Accept", "text/csv")])
    #expect(
      csv.text
        == "id,name,category,color,criterion,follow_up,set,ends,archived,aliases,customers,revision\n"
        + "1,A-1,A,#000000,,,,,false,,0,1\n")
    let lines = try await app.send(.get, "/v1/tags", headers: [("Accept", "application/x-ndjson")])
    #expect(lines.text.hasSuffix("}\n"))
    #expect(lines.header("Tagledger-Position") == "2")
  }

  @Test func `merging tells moved and collapsed apart, first in a preview`() async throws {
    let app = try await App()
    try await app.createTag("A-1")
    try await app.createTag("A-2")
    for name in ["Ana", "Rui", "Eva"] { try await app.register(name) }
    let _: MembershipReceipt = try await app.ask(
      .post, "/v1/tags/1/apply", #"{"customers":[1,2,3]}"#)
    let _: MembershipReceipt = try await app.ask(.post, "/v1/tags/2/apply", #"{"customers":[3]}"#)
    let preview: MergeReceipt = try await app.ask(
      .post, "/v1/tags/1/merge", #"{"into":2,"dry_run":true}"#)
    #expect(preview.moved == 2 && preview.collapsed == 1 && preview.seq == nil)
    let revisions =
      "\"source_revision\":\(preview.sourceRevision),"
      + "\"target_revision\":\(preview.targetRevision)"
    let receipt: MergeReceipt = try await app.ask(
      .post, "/v1/tags/1/merge", #"{"into":2,"# + revisions + "}")
    #expect(receipt.moved == 2 && receipt.collapsed == 1)
    let gone: TagDocument = try await app.ask(.get, "/v1/tags/1")
    #expect(gone.mergedInto == 2)
    let stayed: TagDocument = try await app.ask(.get, "/v1/tags/2")
    #expect(stayed.customers == 3 && stayed.aliases == ["A-1"])
  }

  @Test func `merging tells how many lose another tag of the target's set`() async throws {
    let app = try await App()
    try await app.createTag("A-1")
    for name in ["S-1", "S-2"] { try await app.createTag(name, #","set":"Fase""#) }
    for name in ["Ana", "Rui", "Eva"] { try await app.register(name) }
    for (tag, customers) in [(1, "1,2,3"), (2, "1,2"), (3, "3")] {
      let _: MembershipReceipt = try await app.ask(
        .post, "/v1/tags/\(tag)/apply", #"{"customers":[\#(customers)]}"#)
    }
    let preview: MergeReceipt = try await app.ask(
      .post, "/v1/tags/1/merge", #"{"into":3,"dry_run":true}"#)
    #expect(preview.moved == 2 && preview.collapsed == 1 && preview.displaced == 2)
    let receipt: MergeReceipt = try await app.ask(.post, "/v1/tags/1/merge", #"{"into":3}"#)
    #expect(receipt.displaced == 2)
    let lost: TagDocument = try await app.ask(.get, "/v1/tags/2")
    #expect(lost.customers == 0)
  }

  @Test func `deleting asks for the number of customers`() async throws {
    let app = try await App()
    for (language, words) in [
      (
        "en", "“customers” has to be given; expected: the number of customers who have the tag, 0…."
      ),
      ("pt", "“customers” tem de ser dado; esperado: o número de clientes que têm a etiqueta, 0…."),
    ] {
      let reply = try await app.send(
        .delete, "/v1/tags/1", headers: [("Accept-Language", language)])
      #expect(reply.status == 400)
      #expect(try reply.problem.detail == words)
    }
    try await app.createTag("A-1")
    try await app.register("Ana")
    let _: MembershipReceipt = try await app.ask(.post, "/v1/tags/1/apply", #"{"customers":[1]}"#)
    #expect(try await app.send(.delete, "/v1/tags/1").status == 400)
    let refused = try await app.send(.delete, "/v1/tags/1?customers=0")
    #expect(refused.status == 409)
    #expect(try refused.problem.extras["actual"] == 1)
    let receipt: DeleteReceipt = try await app.ask(.delete, "/v1/tags/1?customers=1&reason=x")
    #expect(receipt.customers == 1)
    #expect(try await app.send(.get, "/v1/tags/1").status == 404)
  }

  @Test func `a category is recoloured in one command, a starter set adopted once`() async throws {
    let app = try await App()
    let adopted: TagsReceipt = try await app.ask(.post, "/v1/starter-sets/pt")
    #expect(adopted.tags.count > 10 && adopted.skipped.isEmpty)
    let again: TagsReceipt = try await app.ask(.post, "/v1/starter-sets/pt", "{}")
    #expect(again.tags.isEmpty && again.skipped.count == adopted.tags.count && again.seq == nil)
    #expect(try await app.send(.post, "/v1/starter-sets/xx").status == 404)
    let category = try #require(adopted.tags.compactMap(\.category).first)
    let receipt: TagsReceipt = try await app.ask(
      .post, Paths.categoryRecolor(category), ##"{"color":"#123456"}"##)
    #expect(receipt.tags.allSatisfy { $0.color == "#123456" } && !receipt.tags.isEmpty)
    let archived: TagReceipt = try await app.ask(.post, "/v1/tags/1/archive", #"{"reason":"x"}"#)
    #expect(archived.tag.archived)
    let restored: TagReceipt = try await app.ask(.post, "/v1/tags/1/restore")
    #expect(!restored.tag.archived)
  }
}
