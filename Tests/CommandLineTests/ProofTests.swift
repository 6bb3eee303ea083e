import ArgumentParser
import Foundation
import ServerSupport
import TestSupport
import Testing

@testable import tagledger

/// What proves the log, with the formats' worked example: leaf 4 of the RFC's tree, signed at 7.
@Suite struct ProofTests {
  private static let key =
    "tagd.example/acme+f61c95e5+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
  private static let note = """
    tagd.example/acme
    7
    3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=

    — tagd.example/acme 9hyV5RhBUl6kXuh5saVaqKd+NTXfbn2m0T9jXS9PZz5+riGlqu/sYAdH+THwj6ViBEP5fkn5kGkfYRa1Xj8piIB3jwc=

    """
  private static let receipt = """
    c2sp.org/tlog-proof@v1
    index 4
    QnGia+DYqE8L1UyMMC58s6O10fpngKQLzOKHNHfatlg=
    sIaT7C5yFZcTBkHoIR5+7cy0wmQTlj7ubB4u0W/7Gl8=
    037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=


    """ + note

  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write(Array(Self.receipt.utf8), to: "receipt")
    try directory.write([0x30, 0x31], to: "event")
  }

  private func check(
    _ more: [String] = [], event: String = "event", language: String = "en"
  ) async throws -> CommandRun {
    let nobody = try ScriptedServer { _, _ in [.answer(500, "")] }
    defer { #expect(nobody.seen.isEmpty) }
    return try await tagledger(
      [
        "log", "check", directory.file("receipt"), "--event", directory.file(event), "--key",
        Self.key,
      ] + more, on: nobody, language: language)
  }

  @Test func `a receipt is checked without asking anybody`() async throws {
    let run = try await check()
    #expect(run.code == 0)
    #expect(
      run.out == "Proved: event 5 stands in the log tagd.example/acme, signed at 7 events.\n")
    let json = try await check(["-o", "ndjson"])
    #expect(json.out == #"{"origin":"tagd.example/acme","seq":5,"size":7}"# + "\n")
  }

  @Test func `another event, another text and another key are not proved, and why is said`()
    async throws
  {
    try directory.write([0x30, 0x32], to: "other")
    let other = try await check(event: "other", language: "pt")
    #expect(other.code == 1 && other.out.isEmpty)
    #expect(other.err.contains("O evento 5 não é este no registro assinado com 7 eventos."))
    try directory.write(Array(Self.receipt.replacing("\n7\n", with: "\n8\n").utf8), to: "receipt")
    let forged = try await check(language: "fr")
    #expect(forged.code == 1 && forged.err.contains("la signature au nom de tagd.example/acme"))
    try directory.write(Array("nothing\n".utf8), to: "receipt")
    let none = try await check()
    #expect(none.code == 1 && none.err.contains("This is no receipt"))
  }

  @Test func `a receipt and its event are fetched into files`() async throws {
    let server = try ScriptedServer { request, _ in
      request.path.hasSuffix("/receipt")
        ? [.answer(200, Self.receipt, type: "text/plain")]
        : [.answer(200, "01", type: "application/cloudevents+json")]
    }
    let run = try await tagledger(
      ["log", "receipt", "5", "--out", directory.file("r"), "--event", directory.file("e")],
      on: server)
    #expect(run.code == 0)
    #expect(server.seen.map(\.path) == ["/v1/events/5/receipt", "/v1/events/5"])
    #expect(try directory.bytes("r") == Array(Self.receipt.utf8))
    #expect(try directory.bytes("e") == [0x30, 0x31])
  }

  @Test func `the last checkpoint is printed to the byte`() async throws {
    let server = try ScriptedServer { _, _ in [.answer(200, Self.note, type: "text/plain")] }
    let run = try await tagledger(["log", "checkpoint"], on: server)
    #expect(run.code == 0 && run.out == Self.note)
    let json = try await tagledger(["log", "checkpoint", "-o", "json"], on: server)
    #expect(json.out.contains(#""size" : 7"#) || json.out.contains(#""size": 7"#))
  }

  @Test func `the change log is shown by log alone`() throws {
    let command = try Tagledger.parseAsRoot(["log", "--follow", "-o", "ndjson", "--after", "3"])
    #expect((command as? Log)?.after == 3)
    #expect(try Tagledger.parseAsRoot(["log", "key"]) is LogKey)
  }
}
