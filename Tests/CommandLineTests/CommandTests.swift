import ArgumentParser
import ServerSupport
import Testing

@testable import tagledger

private let command = "0198a0c0-0000-7000-8000-000000000000"

@Suite struct CommandTests {
  private static let tags = page([tag(3, "Produto-Sofá", customers: 1200), tag(12, "VIP")])

  @Test func `a list is a plain table in a pipe`() async throws {
    let server = try ScriptedServer { _, _ in [.answer(Self.tags)] }
    let run = try await tagledger(["tag", "list"], on: server, language: "pt_BR.UTF-8")
    #expect(run.code == 0)
    #expect(
      run.out == """
        ID  Nome          Clientes
         3  Produto-Sofá     1.200
        12  VIP                  2

        """)
  }

  @Test func `a list for programs is JSON, NDJSON, CSV or ids`() async throws {
    let server = try ScriptedServer { _, _ in [.answer(Self.tags)] }
    let json = try await tagledger(["tag", "list", "-o", "json"], on: server)
    #expect(json.out.hasPrefix("[\n{\"aliases\":[]"))
    #expect(json.out.hasSuffix("}\n]\n"))
    let lines = try await tagledger(["tag", "list", "-o", "ndjson"], on: server)
    #expect(lines.out.split(separator: "\n").count == 2)
    let csv = try await tagledger(["tag", "list", "-o", "csv"], on: server)
    #expect(csv.out.hasPrefix("id,name,customers,set,archived,"))
    #expect(csv.out.contains("\n3,Produto-Sofá,1200,,false,"))
    let ids = try await tagledger(["tag", "list", "-q"], on: server)
    #expect(ids.out == "3\n12\n")
  }

  @Test func `a number below nothing is read as a number, and refused for what it is`() throws {
    let place = try #require(
      try Tagledger.parseAsRoot(
        ["order", "place", "P-5", "Ana", "--amount", "-5", "--quantity", "-3"]) as? OrderPlace)
    #expect(place.amount == "-5" && place.quantity == -3)
    let back = try #require(
      try Tagledger.parseAsRoot(["order", "return", "P-5", "Ana", "--id", "D", "--amount", "-5"])
        as? OrderReturn)
    #expect(back.amount == "-5")
    for list in [["tag", "list"], ["work"]] {
      for limit in [["-l", "-1"], ["--limit", "-1"], ["-l0"]] {
        let error = #expect(throws: (any Error).self) { try Tagledger.parseAsRoot(list + limit) }
        #expect(Tagledger.message(for: error!).contains("--limit has to be 1 or more."))
      }
    }
  }

  @Test func `how often a tag has been used is shown with it`() async throws {
    let used =
      tag(12, "VIP").dropLast()
      + #","use":{"filters":1200,"exports":3,"last":"2026-11-22T12:00:00.000000Z"}}"#
    let server = try ScriptedServer { _, _ in [.answer(String(used))] }
    let run = try await tagledger(["tag", "show", "#12"], on: server)
    #expect(run.out.contains("in filters 1,200 times, in exports 3; last 2026-11-22"), "\(run)")
  }

  @Test func `an empty list is still whole for programs`() async throws {
    let server = try ScriptedServer { _, _ in [.answer(page([]))] }
    #expect(try await tagledger(["tag", "list", "-o", "json"], on: server).out == "[]\n")
    let csv = try await tagledger(["tag", "list", "-o", "csv"], on: server)
    #expect(csv.out.hasPrefix("id,name,"))
    let text = try await tagledger(["tag", "list"], on: server, language: "fr")
    #expect(text.out == "")
    #expect(text.err == "Rien trouvé.\n")
  }

  @Test func `a problem is told in words, and as a document to programs`() async throws {
    let problem =
      #"{"type":"about:blank","title":"T","status":409,"detail":"taken by 7","code":"tag.name_taken","tag":7}"#
    let server = try ScriptedServer { _, _ in [.answer(409, problem)] }
    let text = try await tagledger(["tag", "create", "VIP"], on: server)
    #expect(text.code == 4)
    #expect(text.err == "error: taken by 7 [tag.name_taken]\n")
    let json = try await tagledger(["tag", "create", "VIP", "-o", "json"], on: server)
    #expect(json.err.contains(#""code":"tag.name_taken""#))
    #expect(json.err.contains(#""tag":7"#))
  }

  private static func deleting() throws -> ScriptedServer {
    try ScriptedServer { request, _ in
      switch request.method {
      case "DELETE":
        [.answer(#"{"seq":[43,43],"command":"\#(command)","dry_run":false,"customers":2}"#)]
      default: [.answer(page([tag(3, "VIP")]))]
      }
    }
  }

  @Test func `deleting in a pipe wants to be told so`() async throws {
    let server = try Self.deleting()
    let run = try await tagledger(["tag", "delete", "VIP"], on: server)
    #expect(run.code == 64)
    #expect(run.err.contains("--yes"))
    #expect(server.seen.allSatisfy { $0.method == "GET" })
  }

  @Test(arguments: [("sim", 0), ("n", 1), ("", 1)] as [(String, Int32)])
  func `deleting on a terminal asks with the number`(answer: String, code: Int32) async throws {
    let server = try Self.deleting()
    let run = try await tagledger(
      ["tag", "delete", "VIP"], on: server, language: "pt", isTerminal: true, answers: [answer])
    #expect(run.code == code)
    #expect(run.err.contains("Excluir “VIP”? Será perdida por 2 clientes"))
    let target = server.seen.last { $0.method == "DELETE" }?.target
    #expect(target == (code == 0 ? "/v1/tags/3?customers=2" : nil))
  }

  @Test func `merging names the revisions that the preview has shown`() async throws {
    let receipt =
      #"{"command":"\#(command)","dry_run":true,"source":3,"target":4,"moved":12,"#
      + #""collapsed":3,"displaced":2,"source_revision":30,"target_revision":40}"#
    let server = try ScriptedServer { request, _ in
      if request.method == "POST" { return [.answer(receipt)] }
      return [.answer(page([request.target.contains("VIP") ? tag(3, "VIP") : tag(4, "Ouro")]))]
    }
    let run = try await tagledger(["tag", "merge", "VIP", "--into", "Ouro", "--yes"], on: server)
    #expect(run.code == 0)
    let bodies = server.seen.filter { $0.method == "POST" }.map(\.text)
    #expect(bodies.count == 2)
    #expect(bodies[0].contains(#""dry_run":true"#))
    #expect(bodies[1].contains(#""source_revision":30"#))
    #expect(bodies[1].contains(#""target_revision":40"#))
    #expect(!bodies[1].contains("dry_run"))
    let preview = try await tagledger(
      ["tag", "merge", "VIP", "--into", "Ouro", "--dry-run"], on: server, language: "pt")
    #expect(
      preview.out.hasSuffix(
        "“VIP” unido a “Ouro”: 12 passaram, 3 já tinham, outra do conjunto retirada: 2.\n"))
    let asked = try await tagledger(
      ["tag", "merge", "VIP", "--into", "Ouro"], on: server, isTerminal: true, answers: ["n"])
    #expect(asked.err.contains("12 moved, 3 collapsed, another of the set removed: 2. [y/N]"))
  }

  @Test func `a preview of an erasure names all who would go`() async throws {
    let receipt =
      #"{"command":"\#(command)","dry_run":true,"customers":[18,17],"fields":{"name":2},"#
      + #""events":5,"mentions":[]}"#
    let server = try ScriptedServer { request, _ in
      [
        .answer(
          request.method == "POST"
            ? receipt : request.path.hasSuffix("/17") ? customer(17, "Ana") : page([]))
      ]
    }
    let run = try await tagledger(
      ["customer", "erase", "17", "--reason", "asked", "--dry-run"], on: server)
    #expect(run.code == 0)
    #expect(
      run.out.hasPrefix(
        "Preview; nothing has been changed. It would say:\nErased customers 18, 17, who were merged.\n"
      ))
  }

  @Test func `what is known is shown where something is not`() async throws {
    let problem =
      #"{"title":"T","status":422,"detail":"no tags:aply","code":"permission.unknown","#
      + #""known":["tags:apply","tags:*"]}"#
    let server = try ScriptedServer { _, _ in [.answer(422, problem)] }
    let run = try await tagledger(["role", "define", "x", "tags:aply"], on: server)
    #expect(run.code == 1)
    #expect(run.err == "error: no tags:aply\n  tags:apply\n  tags:*\n[permission.unknown]\n")
  }

  @Test func `a detail that is given twice is refused before anything is asked`() async throws {
    let server = try ScriptedServer { _, _ in [.answer(500, "")] }
    let run = try await tagledger(
      ["tag", "apply", "VIP", "7", "--detail", "a=1", "--detail", "a=2"], on: server,
      language: "fr")
    #expect(run.code == 64)
    #expect(run.err == "erreur: « a » est donné deux fois. [usage.pair]\n")
    #expect(server.seen.isEmpty)
  }

  @Test func `people read the name of an operator, and programs the actor`() async throws {
    let team = """
      {"operators":[{"id":1,"name":"Lia","kind":"person","language":"pt","uids":[0],"subjects":[],\
      "archived":false,"revision":1}],"roles":[],"grants":[],"tokens":[],"position":9}
      """
    let tenure = """
      {"customer":{"id":7,"name":"Ana"},"tag":{"id":3,"name":"VIP"},"since":"2026-11-22T01:00:00Z",\
      "since_seq":5,"by":"operator:1","why":{"kind":"hand"}}
      """
    let server = try ScriptedServer { request, _ in
      switch request.path {
      case "/v1/team": [.answer(team)]
      case "/v1/tags/3/customers": [.answer(page([tenure]))]
      default: [.answer(page([tag(3, "VIP")]))]
      }
    }
    let text = try await tagledger(["tag", "show", "VIP", "--customers"], on: server)
    #expect(text.out.contains("  Lia  ") && !text.out.contains("operator:1"), "\(text)")
    let csv = try await tagledger(["tag", "show", "VIP", "--customers", "-o", "csv"], on: server)
    #expect(csv.out.contains(",operator:1,"))
  }

  @Test func `me is whoever one acts as, by user or by token`() async throws {
    let server = try ScriptedServer { request, _ in
      request.path == "/v1/me"
        ? [
          .answer(
            #"{"actor":"operator:4","via":"token","permissions":[],"limited":[],"grants":[]}"#)
        ]
        : [.answer(page([]))]
    }
    _ = try await tagledger(["log", "--actor", "me"], on: server)
    #expect(server.seen.last?.target.hasPrefix("/v1/changes?actor=operator%3A4&") == true)
  }

  @Test func `a command without a daemon says where it looked and how to start it`() async throws {
    let screen = Screen()
    let parsed = try Tagledger.parseAsRoot(["status", "--socket", "/none/s"])
    let status = await (parsed as! any LedgerCommand).run(
      environment: ["LANG": "pt_BR.UTF-8"], terminal: screen.terminal(isTerminal: false))
    #expect(status == 69)
    #expect(screen.err.contains("\n  /none/s\n"))
    #expect(screen.err.contains("systemctl start tagledgerd"))
  }

  @Test func `customers may come from a list`() async throws {
    let receipt =
      #"{"seq":[50,51],"command":"\#(command)","dry_run":false,"applied":2,"#
      + #""removed":0,"unchanged":1,"displaced":0}"#
    let server = try ScriptedServer { request, _ in
      request.method == "POST" ? [.answer(receipt)] : [.answer(page([tag(3, "VIP")]))]
    }
    let run = try await tagledger(
      ["tag", "apply", "VIP", "7", "8", "9", "--detail", "tracking=BR1"], on: server)
    #expect(run.out == "Applied “VIP”: 2 customers, 1 unchanged.\n")
    let body = try #require(server.seen.last?.text)
    #expect(body.contains(#""customers":[7,8,9]"#))
    #expect(body.contains(#""details":{"tracking":"BR1"}"#))
  }

  @Test func `whoami tells what is allowed everywhere, and what for some categories`() async throws
  {
    let me =
      #"{"actor":"operator:2","via":"local","name":"Maria","permissions":["tags:read"],"grants":[],"#
      + #""limited":[{"category":"Status","permissions":["tags:apply","tags:remove"]}]}"#
    let server = try ScriptedServer { _, _ in [.answer(me)] }
    let run = try await tagledger(["whoami"], on: server)
    #expect(run.out.contains("Permissions  tags:read\n"))
    #expect(run.out.contains("             Status-*: tags:apply tags:remove\n"))
  }

  @Test func `the log asks for what its options say`() async throws {
    let server = try ScriptedServer { _, _ in [.answer(page([]))] }
    _ = try await tagledger(
      [
        "log", "--type", "tag.merged", "--since", "2026-11-20T10:00:00Z", "--words", "sofá azul",
        "--oldest", "--limit", "5",
      ], on: server)
    #expect(
      server.seen.map(\.target) == [
        "/v1/changes?type=tag.merged&since=2026-11-20T10%3A00%3A00.000000Z"
          + "&words=sof%C3%A1%20azul&order=oldest&limit=5"
      ])
    let run = try await tagledger(["log", "--since", "sometime"], on: server)
    #expect(run.code == 64)
  }
}
