import ServerSupport
import Testing

@testable import tagledger

private let command = "0198a0c0-0000-7000-8000-000000000000"

@Suite struct UndoTests {
  private static func server(_ events: String) throws -> ScriptedServer {
    try ScriptedServer { request, _ in
      let isPreview = request.text.contains("dry_run")
      let seq = isPreview ? "" : #""seq":[9,9],"#
      return [
        .answer(
          #"{\#(seq)"command":"\#(command)","dry_run":\#(isPreview),"undone":"\#(command)","#
            + #""events":\#(events),"left_alone":0,"left":[]}"#)
      ]
    }
  }

  @Test(arguments: [
    ("en", "Undone, with this effect: 12 × tag given back, 1 × tag deleted.\n"),
    ("pt", "Desfeito, com este efeito: 12 × etiqueta devolvida, 1 × etiqueta excluída.\n"),
    ("fr", "Annulé, avec cet effet : 12 × étiquette rendue, 1 × étiquette supprimée.\n"),
  ])
  func `an undo tells in words what it has set back`(language: String, told: String) async throws {
    let server = try Self.server(#"{"tag.deleted":1,"tag.applied":12}"#)
    let run = try await tagledger(["undo", "8", "--yes"], on: server, language: language)
    #expect(run.out == told)
    #expect(run.code == 0)
  }

  @Test func `of much that is left alone the first is told, and how much more there is`()
    async throws
  {
    let left = (1...30).map { #"{"why":"registered","sentence":"customer \#($0) stays"}"# }
    let server = try ScriptedServer { _, _ in
      [
        .answer(
          #"{"seq":[9,9],"command":"\#(command)","dry_run":false,"undone":"\#(command)","#
            + #""events":{"tag.removed":1},"left_alone":3500,"left":[\#(left.joined(separator: ","))]}"#
        )
      ]
    }
    let run = try await tagledger(["undo", "8", "--yes"], on: server)
    let lines = run.err.split(separator: "\n")
    #expect(lines.first == "Left alone (3,500):" && lines.count == 22)
    #expect(lines.dropFirst(20) == ["  customer 20 stays", "  … and 3,480 more"])
  }

  @Test func `an undo of nothing is none, and no preview either`() async throws {
    let server = try Self.server("{}")
    let run = try await tagledger(["undo", "8", "--yes"], on: server)
    #expect(run.out == "Nothing is set back.\n")
    #expect(try await tagledger(["undo", "8", "--yes", "-q"], on: server).out.isEmpty)
    let preview = try await tagledger(["undo", "8", "--dry-run"], on: server)
    #expect(preview.out.hasPrefix("Preview; nothing has been changed."))
    #expect(server.seen.allSatisfy { $0.text.contains("dry_run") })
  }

  @Test(arguments: [
    "tag.applied", "tag.removed", "tag.detailed", "history.reopened", "tag.renamed",
    "tag.recolored", "tag.revised",
    "tag.archived", "tag.restored", "tag.deleted", "tag.merged", "tag.unmerged",
    "customer.revised", "customer.merged", "customer.unmerged", "operator.archived",
    "operator.restored", "operator.revised", "identity.added", "identity.removed",
    "token.revoked", "role.defined", "role.revised", "role.removed", "role.granted",
    "grant.revoked", "rule.revised", "rule.enabled", "rule.disabled", "rule.removed",
    "segment.revised", "segment.removed", "segment.restored", "work.taken", "work.done",
    "work.skipped", "work.reopened", "rfm.configured",
  ])
  func `each effect of an undo has words`(type: String) {
    for language in Language.allCases {
      #expect(!Words(language: language).undoFigures([type: 1]).contains("."))
    }
  }
}
