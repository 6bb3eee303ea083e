import APITypes
import Domain
import HTTPTypes
import Ledger
import Testing

@testable import API

struct NoticeRouteTests {
  private static let maria: UInt32 = 2001
  private static let rui: UInt32 = 2002

  /// Maria and Rui are agents, he for `Pedido-*` alone.
  private func shop() async throws -> App {
    let app = try await App()
    for (number, (name, uid)) in [("Maria", Self.maria), ("Rui", Self.rui)].enumerated() {
      _ = try await app.ledger.submit(
        Order(
          .team(.registerOperator(OperatorDraft(name: name, identities: [.uid(uid)]))),
          by: .local(uid: app.founder)))
      let agent = try #require(app.ledger.state.team.role(named: "agent"))
      _ = try await app.ledger.submit(
        Order(
          .team(
            .grantRole(
              GrantDraft(
                agent.id, to: OperatorID(Int32(number + 2)),
                categories: number == 0 ? nil : ["Pedido"]))),
          by: .local(uid: app.founder)))
    }
    return app
  }

  private func notices(
    _ app: App, of uid: UInt32, _ query: String = "?unread=true"
  ) async throws -> [NoticeDocument] {
    let reply = try await app.send(.get, "/v1/notices\(query)", uid: uid)
    guard reply.status == 200 else { throw try reply.problem }
    return try reply.decoded(Page<NoticeDocument>.self).items
  }

  @Test func `a changed criterion is told to those who may apply the tag, and to nobody else`()
    async throws
  {
    let app = try await shop()
    let tag = try await app.createTag("Status-Novo", #","criterion":"asked once""#)
    let _: TagReceipt = try await app.ask(
      .patch, Paths.tag(tag.id), #"{"criterion":"asked twice","reason":"too many"}"#)
    let found = try await notices(app, of: Self.maria).filter { $0.change.type == "tag.revised" }
    #expect(found.map(\.change.reason) == ["too many"])
    #expect(found.first?.unreadBy.map(\.name) == ["Maria"])
    #expect(
      try await notices(app, of: Self.rui).filter { $0.change.type == "tag.revised" }.isEmpty)
    #expect(try await notices(app, of: app.founder).isEmpty)
  }

  @Test func `a criterion is not changed without a reason, but may be given one`() async throws {
    let app = try await App()
    let tag = try await app.createTag("Status-Novo")
    let first = try await app.send(.patch, Paths.tag(tag.id), #"{"criterion":"asked once"}"#)
    let second = try await app.send(.patch, Paths.tag(tag.id), #"{"criterion":"asked twice"}"#)
    #expect(first.status == 200)
    #expect(second.status == 422 || second.status == 400)
    #expect(try second.problem.code == "reason.missing")
    #expect(app.ledger.state.tag(TagID(tag.id))?.criterion == "asked once")
  }

  @Test func `who has read a notice, and when, is known to all it concerns`() async throws {
    let app = try await shop()
    let tag = try await app.createTag("Pedido-Novo")
    let _: TagReceipt = try await app.ask(.post, Paths.tagArchive(tag.id), "{}")
    let seq = try #require(try await notices(app, of: Self.rui).first?.seq)
    let read = try await app.send(
      .post, Paths.noticesAcknowledge, #"{"notices":[\#(seq)]}"#, uid: Self.rui)
    #expect(try read.decoded(NoticeReceipt.self).acknowledged == 1)
    let again = try await app.send(
      .post, Paths.noticesAcknowledge, #"{"notices":[\#(seq)]}"#, uid: Self.rui)
    #expect(try again.decoded(NoticeReceipt.self).seq == nil)
    let shown: NoticeDocument = try await app.send(.get, Paths.notice(seq), uid: Self.maria)
      .decoded()
    #expect(shown.readBy.map(\.name) == ["Rui"])
    #expect(shown.unreadBy.map(\.name) == ["Maria"])
    #expect(shown.read == nil)
  }

  @Test func `reading all up to an event leaves what came later`() async throws {
    let app = try await shop()
    let (one, two) = (
      try await app.createTag("Pedido-Um"), try await app.createTag("Pedido-Dois")
    )
    let _: TagReceipt = try await app.ask(.post, Paths.tagArchive(one.id), "{}")
    let through = app.ledger.state.position
    let _: TagReceipt = try await app.ask(.post, Paths.tagArchive(two.id), "{}")
    _ = try await app.send(
      .post, Paths.noticesAcknowledge, #"{"through":\#(through)}"#, uid: Self.rui)
    #expect(try await notices(app, of: Self.rui).map(\.seq) == [through + 1])
    let none = try await app.send(
      .post, Paths.noticesAcknowledge, #"{"through":-1}"#, uid: Self.rui)
    #expect(try none.problem.code == "notice.not_found")
    #expect(try await notices(app, of: Self.rui, "").count == 3)
  }

  @Test func `what concerns somebody else is neither shown nor read for them`() async throws {
    let app = try await shop()
    let tag = try await app.createTag("Status-Velho")
    let _: TagReceipt = try await app.ask(.post, Paths.tagArchive(tag.id), "{}")
    let seq = app.ledger.state.position
    for reply in [
      try await app.send(.get, Paths.notice(seq), uid: Self.rui),
      try await app.send(.get, "/v1/notices?operator=2", uid: Self.rui),
    ] { #expect(reply.status == 403) }
    let read = try await app.send(
      .post, Paths.noticesAcknowledge, #"{"notices":[\#(seq)]}"#, uid: Self.rui)
    #expect(try read.problem.code == "notice.not_found")
    await #expect(throws: Problem.self) {
      try await app.ledger.submit(
        Order(.acknowledge([seq], OperatorID(2)), by: .local(uid: Self.rui)))
    }
  }

  @Test func `a role that changes is told to those who hold it`() async throws {
    let app = try await shop()
    let agent = try #require(app.ledger.state.team.role(named: "agent"))
    _ = try await app.ledger.submit(
      Order(
        .team(.reviseRole(agent.id, name: nil, texts: ["tags:read"], revision: nil)),
        by: .local(uid: app.founder)))
    for uid in [Self.maria, Self.rui] {
      #expect(try await notices(app, of: uid).first?.change.type == "role.revised")
    }
  }
}
