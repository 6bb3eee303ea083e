import APITypes
import Client
import Foundation
import ServerSupport
import Testing

@testable import tagledger

/// Numbers that are ids and names at once, and tags that only the log knows still.
@Suite struct AmbiguityTests {
  /// Number 12, and number 29 who is called "12", of each kind; tag 13 was merged into 30, whose alias
  /// is "13"; tags 37 and 38 have been deleted, both once "Teste", 37 by its last name.
  private static func server() throws -> ScriptedServer {
    try ScriptedServer { request, _ in
      let target = request.target.removingPercentEncoding ?? ""
      let isNamed = target.contains("name=12") || target.contains("q=12")
      switch request.path {
      case "/v1/tags/12": return [.answer(tag(12, "VIP"))]
      case "/v1/tags/13":
        return [
          .answer(tag(13, "13").replacing(#""archived""#, with: #""merged_into":30,"archived""#))
        ]
      case "/v1/tags" where isNamed: return [.answer(page([tag(29, "12")]))]
      case "/v1/tags" where target.contains("name=13"): return [.answer(page([tag(30, "Ouro")]))]
      case "/v1/customers/12": return [.answer(customer(12, "Ana"))]
      case "/v1/customers" where isNamed:
        return [.answer(page([customer(28, "Sala 12"), customer(29, "12")]))]
      case "/v1/customers/988887777": return [.answer(customer(988_887_777, "Rui"))]
      case "/v1/customers" where target.contains("phone=988887777"):
        return [.answer(page([customer(7, "Ana")]))]
      case "/v1/segments/12": return [.answer(segment(12, "Novos"))]
      case "/v1/segments" where isNamed: return [.answer(page([segment(29, "12")]))]
      case "/v1/changes" where target.contains("type=tag.deleted"):
        return [.answer(page([deleted(37, "Teste"), deleted(38, "Outra"), deleted(39, "outra")]))]
      case "/v1/changes" where target.contains("tag=37&limit=1"):
        return [.answer(page([deleted(37, "Teste")]))]
      case "/v1/tags", "/v1/customers", "/v1/segments", "/v1/changes": return [.answer(page([]))]
      default: return [.answer(404, #"{"title":"T","status":404,"code":"x.not_found"}"#)]
      }
    }
  }

  private static func segment(_ id: Int, _ name: String) -> String {
    #"{"id":\#(id),"name":"\#(name)","filter":"everyone","removed":false,"revision":1}"#
  }

  private static func deleted(_ id: Int, _ name: String) -> String {
    """
    {"seq":\(id),"at":"2026-11-22T01:02:03.000004Z","actor":"uid:0","via":"socket",\
    "type":"tag.deleted","tag":{"id":\(id),"name":"\(name)"},"command":"c","sentence":"s"}
    """
  }

  private static func finder(_ server: ScriptedServer) -> Finder {
    Finder(client: Client(socket: server.socket, language: "en"))
  }

  @Test func `a number that is one tag's id and another's name is refused, and changes nothing`()
    async throws
  {
    let server = try Self.server()
    let run = try await tagledger(["tag", "delete", "12", "--yes"], on: server)
    #expect(run.code == 4)
    #expect(
      run.err == """
        error: “12” may be any of these; give the id ('#12'):
          12  VIP
          29  12
        [tag.ambiguous]

        """)
    #expect(server.seen.allSatisfy { $0.method == "GET" })
  }

  @Test func `a number with a sign before it is always an id`() async throws {
    let server = try Self.server()
    #expect(try await Self.finder(server).tag("#12").id == 12)
    #expect(try await Self.finder(server).customer("#12").id == 12)
    #expect(try await Self.finder(server).segment("#12").id == 12)
    #expect(try await Self.finder(server).customers(["#12", "12"]) == [12, 12])
    #expect(server.seen.allSatisfy { !$0.target.contains("?") })
    await #expect(throws: Failure.customerUnknown("#29")) {
      _ = try await Self.finder(server).customer("#29")
    }
  }

  @Test func `an id whose tag was merged means the tag that has its name now`() async throws {
    let server = try Self.server()
    #expect(try await Self.finder(server).tag("13").id == 13)
  }

  @Test func `customers and segments are told apart likewise`() async throws {
    let server = try Self.server()
    await #expect(
      throws: Failure.ambiguous(.customer, "12", ["12  Ana", "29  12"], more: false)
    ) {
      _ = try await Self.finder(server).customer("12")
    }
    await #expect(
      throws: Failure.ambiguous(
        .customer, "988887777", ["988887777  Rui", "7  Ana"], more: false)
    ) {
      _ = try await Self.finder(server).customer("988887777")
    }
    await #expect(
      throws: Failure.ambiguous(.segment, "12", ["12  Novos", "29  12"], more: false)
    ) {
      _ = try await Self.finder(server).segment("12")
    }
  }

  @Test(arguments: ["teste", "37", "#37"])
  func `the log and its reasons can be asked about a tag that is deleted`(text: String) async throws
  {
    let server = try Self.server()
    _ = try await tagledger(["log", "--tag", text], on: server)
    #expect(server.seen.last?.target.contains("tag=37&order=newest") == true)
    _ = try await tagledger(["why", "#12", text], on: server)
    #expect(server.seen.last?.path == "/v1/customers/12/tags/37/why")
  }

  @Test func `a tag that never was is unknown, and of two deleted ones neither is chosen`()
    async throws
  {
    let server = try Self.server()
    #expect(try await tagledger(["log", "--tag", "99"], on: server).code == 3)
    #expect(try await tagledger(["log", "--tag", "Nenhuma"], on: server).code == 3)
    let two = try await tagledger(["log", "--tag", "Outra"], on: server)
    #expect(two.code == 4 && two.err.contains("\n  38  Outra\n  39  outra\n"))
  }
}
