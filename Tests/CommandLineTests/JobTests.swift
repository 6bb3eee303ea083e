import APITypes
import Client
import Foundation
import ServerSupport
import TestSupport
import Testing

@testable import tagledger

private func job(
  _ state: String, done: Int, result: String = "{}", dryRun: Bool = false,
  undoable: Bool = false
) -> String {
  """
  {"id":"j1","kind":"import_customers","state":"\(state)","done":\(done),"total":100,\
  "unit":"rows","actor":"uid:0","dry_run":\(dryRun),"undoable":\(undoable),\
  "started":"2026-11-22T01:00:00.000000Z",\
  "finished":"2026-11-22T01:00:02.500000Z","result":\(result)}
  """
}

@Suite struct JobTests {
  private static func server(refused: Int) throws -> ScriptedServer {
    let ended = job(
      "done", done: 100, result: #"{"customers_registered":90,"refused":\#(refused)}"#)
    return try ScriptedServer { request, _ in
      switch request.path {
      case "/v1/imports/customers": [.answer(202, job("running", done: 0))]
      case "/v1/jobs/j1/follow":
        [
          .head(type: "text/event-stream"),
          .chunk("id: 1\ndata: \(job("running", done: 50))\n\nid: 2\ndata: \(ended)\n\n"), .silence,
        ]
      case "/v1/jobs/j1/failures": [.answer(200, "line,reason\n3,no phone\n", type: "text/csv")]
      default: [.answer(404, "")]
      }
    }
  }

  @Test func `an import is sent, followed and told`() async throws {
    let directory = try TemporaryDirectory()
    try directory.write(Array("Nome\nAna\n".utf8), to: "a b.csv")
    let server = try Self.server(refused: 0)
    let run = try await tagledger(
      ["import", "customers", directory.file("a b.csv"), "--column", "name=Nome"], on: server)
    #expect(run.code == 0)
    #expect(run.out == "importing customers, done in 2.5 s: 90 customers registered.\n")
    #expect(server.seen.first?.target.contains("file=a%20b.csv") == true)
    #expect(server.seen.first?.target.contains("columns=name%3ANome") == true)
    #expect(server.seen.first?.text == "Nome\nAna\n")
  }

  @Test func `refused rows land in the file that was named`() async throws {
    let directory = try TemporaryDirectory()
    try directory.write(Array("Nome\nAna\n".utf8), to: "a.csv")
    let server = try Self.server(refused: 10)
    let failures = directory.file("refused.csv")
    let run = try await tagledger(
      ["import", "customers", directory.file("a.csv"), "--failures", failures], on: server)
    #expect(run.code == 1)
    #expect(try directory.bytes("refused.csv") == Array("line,reason\n3,no phone\n".utf8))
    #expect(run.err.contains("Rows refused: 10, with line and reason in \(failures)."))
  }

  @Test func `a dry run says that it is one, to whoever started it and in the list`() async throws {
    let directory = try TemporaryDirectory()
    try directory.write(Array("Nome\nAna\n".utf8), to: "a.csv")
    let ended = job("done", done: 100, result: #"{"customers_registered":3}"#, dryRun: true)
    let server = try ScriptedServer { request, _ in
      [request.method == "POST" ? .answer(202, ended) : .answer(page([ended]))]
    }
    let arguments = ["import", "customers", directory.file("a.csv"), "--dry-run"]
    let run = try await tagledger(arguments, on: server)
    #expect(
      run.out == """
        Preview; nothing has been changed. It would say:
        importing customers (preview), done in 2.5 s: 3 customers registered.

        """)
    let json = try await tagledger(arguments + ["-o", "ndjson"], on: server)
    #expect(json.out.contains(#""dry_run":true"#))
    let list = try await tagledger(["job", "list"], on: server, language: "pt")
    #expect(list.out.contains("importando clientes (prévia)"))
  }

  @Test(arguments: [true, false])
  func `how to take work back is told where it can be`(undoable: Bool) async throws {
    let directory = try TemporaryDirectory()
    try directory.write(Array("Nome\nAna\n".utf8), to: "a.csv")
    let ended = job(
      "done", done: 100, result: #"{"customers_revised":9}"#, undoable: undoable)
    let server = try ScriptedServer { _, _ in [.answer(202, ended)] }
    let run = try await tagledger(
      ["import", "customers", directory.file("a.csv")], on: server, isTerminal: true)
    #expect(run.err.contains("To take it back: tagledger undo j1") == undoable)
  }

  @Test(arguments: [
    ("stopped", "Stopped; what is done stays. Go on with: tagledger job resume j1\n"),
    ("done", "Nothing to stop: the job had ended already (done).\n"),
    ("failed", "Nothing to stop: the job had ended already (failed).\n"),
  ])
  func `stopping tells what the job is then`(state: String, told: String) async throws {
    let server = try ScriptedServer { _, _ in [.answer(job(state, done: 50))] }
    #expect(try await tagledger(["job", "stop", "j1"], on: server).out == told)
  }

  @Test func `work that cannot be resumed is not said to be`() async throws {
    let stopped = job("stopped", done: 50).replacing("import_customers", with: "rebuild")
    let server = try ScriptedServer { _, _ in [.answer(stopped)] }
    let run = try await tagledger(["job", "stop", "j1"], on: server)
    #expect(run.out == "Stopped; such work begins anew.\n")
  }

  @Test func `whoever may not follow the log any more is told so`() async throws {
    let server = try ScriptedServer { request, _ in
      guard request.path == "/v1/changes/follow" else { return [.answer(page([]))] }
      let problem = #"{"title":"T","status":401,"detail":"expired","code":"credential.refused"}"#
      return [
        .head(type: "text/event-stream"), .chunk("event: problem\ndata: \(problem)\n\n"), .end,
      ]
    }
    let run = try await tagledger(["log", "--follow"], on: server)
    #expect(run.code == 1)
    #expect(run.err == "error: expired [credential.refused]\n")
  }

  @Test func `work may be left to itself`() async throws {
    let directory = try TemporaryDirectory()
    try directory.write(Array("Nome\nAna\n".utf8), to: "a.csv")
    let server = try Self.server(refused: 0)
    let run = try await tagledger(
      ["import", "customers", directory.file("a.csv"), "--no-wait", "-q"], on: server)
    #expect(run.out == "j1\n")
    #expect(server.seen.count == 1)
  }

  /// Follows a job whose daemon goes away after the first news of it.
  private static func session(on server: ScriptedServer, _ screen: Screen) -> Session {
    Session(
      client: Client(socket: server.socket, language: "en"), words: Words(language: .english),
      terminal: screen.terminal(isTerminal: false), paint: .none, format: .text,
      quiet: false, patience: .milliseconds(300))
  }

  @Test func `a daemon that goes away while work is watched is missed at once, and given up`()
    async throws
  {
    let server = try ScriptedServer { _, _ in
      [
        .head(type: "text/event-stream"),
        .chunk("retry: 10\n\nid: 1\ndata: \(job("running", done: 5))\n\n"),
      ]
    }
    let screen = Screen()
    let session = Self.session(on: server, screen)
    let running: Job = try Client.decode(Array(job("running", done: 0).utf8))
    let stopping = Task {
      while server.seen.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
      server.stop()
    }
    let failure = await #expect(throws: Failure.self) { try await session.watch(running) }
    try await stopping.value
    #expect(failure == .jobUnwatched("j1"))
    #expect(failure?.exitStatus == 75)
    #expect(screen.err.hasPrefix("The daemon is gone; waiting up to"))
    #expect(Words(language: .english).tell(failure!).contains("tagledger job resume j1"))
  }

  @Test func `work is watched on after a daemon that was away for a moment`() async throws {
    let ended = job("stopped", done: 60)
    let server = try ScriptedServer { _, number in
      let news = number == 1 ? job("running", done: 5) : ended
      return [
        .head(type: "text/event-stream"), .chunk("retry: 10\n\nid: 1\ndata: \(news)\n\n"), .end,
      ]
    }
    let screen = Screen()
    let running: Job = try Client.decode(Array(job("running", done: 0).utf8))
    let last = try await Self.session(on: server, screen).watch(running)
    #expect(last.state == .stopped && last.done == 60)
    #expect(screen.err.contains("The connection is back."))
    #expect(screen.out.contains("tagledger job resume j1"))
  }

  @Test func `an export that breaks off leaves no half file`() async throws {
    let directory = try TemporaryDirectory()
    let server = try ScriptedServer { _, _ in [.head(type: "text/csv"), .chunk("id,name\n")] }
    let run = try await tagledger(["export", "customers", directory.file("c.csv")], on: server)
    #expect(run.code == 75)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [])
  }

  @Test func `following the log shows the last changes and resumes`() async throws {
    let change =
      #"{"seq":9,"at":"2026-11-22T01:00:00.000000Z","actor":"uid:0","via":"local","#
      + #""type":"tag.applied","command":"c","sentence":"VIP applied"}"#
    let server = try ScriptedServer { request, number in
      guard request.path == "/v1/changes/follow" else { return [.answer(page([change]))] }
      // The third request is refused for good, which ends the command.
      guard number < 3 else {
        return [.answer(403, #"{"title":"T","status":403,"code":"permission.missing"}"#)]
      }
      return [.head(type: "text/event-stream"), .chunk("id: 43\ndata: \(change)\n\n")]
    }
    let run = try await tagledger(["log", "--follow", "-q"], on: server)
    #expect(run.out == "9\n9\n")
    #expect(run.code == 1)
    #expect(server.seen.map { $0.headers["last-event-id"] } == [nil, "42", "43"])
  }
}
