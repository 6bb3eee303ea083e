import Foundation
import Glibc
import ServerSupport
import TestSupport
import Testing

@testable import tagledger

/// Where `export` and `--failures` write: never to a real device, but to what is as little a file.
@Suite struct OutputFileTests {
  private let directory: TemporaryDirectory
  private let server: ScriptedServer

  init() throws {
    directory = try TemporaryDirectory()
    server = try ScriptedServer { _, _ in [.answer(200, "id,name\n", type: "text/csv")] }
  }

  private func export(to name: String) async throws -> CommandRun {
    try await tagledger(["export", "customers", directory.file(name)], on: server)
  }

  private var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: directory.path).sorted() }
  }

  @Test func `a pipe stays one, and its reader gets what is written`() async throws {
    #expect(mkfifo(directory.file("pipe"), 0o600) == 0)
    // Open for both, so that neither end waits for the other.
    let reader = open(directory.file("pipe"), O_RDWR | O_NONBLOCK)
    defer { close(reader) }
    #expect(try await export(to: "pipe").code == 0)
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = read(reader, &bytes, bytes.count)
    #expect(String(decoding: bytes.prefix(max(0, count)), as: UTF8.self) == "id,name\n")
    var status = stat()
    #expect(lstat(directory.file("pipe"), &status) == 0 && status.st_mode & S_IFMT == S_IFIFO)
    #expect(try names == ["pipe"])
  }

  @Test(arguments: [true, false])
  func `a link stays one, and what it leads to is written`(isThere: Bool) async throws {
    try FileManager.default.createDirectory(
      atPath: directory.file("there"), withIntermediateDirectories: false)
    if isThere { try directory.write(Array("old".utf8), to: "there/customers.csv") }
    #expect(symlink("there/customers.csv", directory.file("near")) == 0)
    #expect(symlink(directory.file("near"), directory.file("far")) == 0)
    #expect(try await export(to: "far").code == 0)
    #expect(try directory.bytes("there/customers.csv") == Array("id,name\n".utf8))
    for (link, target) in [("near", "there/customers.csv"), ("far", directory.file("near"))] {
      let found = try FileManager.default.destinationOfSymbolicLink(atPath: directory.file(link))
      #expect(found == target)
    }
    #expect(try names == ["far", "near", "there"])
  }

  @Test func `links that lead to each other are refused`() async throws {
    #expect(symlink("b", directory.file("a")) == 0)
    #expect(symlink("a", directory.file("b")) == 0)
    #expect(try await export(to: "a").code == 74)
  }

  @Test func `a file beside it that is called as if it were a part of it stays as it is`()
    async throws
  {
    try directory.write(Array("mine".utf8), to: "c.csv.part")
    #expect(try await export(to: "c.csv").code == 0)
    #expect(try directory.bytes("c.csv.part") == Array("mine".utf8))
    #expect(try directory.bytes("c.csv") == Array("id,name\n".utf8))
    #expect(try names == ["c.csv", "c.csv.part"])
  }

  @Test func `a folder is refused, and nothing is left behind`() async throws {
    try FileManager.default.createDirectory(
      atPath: directory.file("d"), withIntermediateDirectories: false)
    #expect(try await export(to: "d").code == 74)
    #expect(try names == ["d"])
  }

  @Test func `an export on a terminal is made harmless, and to a pipe it is to the byte`()
    async throws
  {
    let rows = "id,name\n1,\u{1B}[2J\u{202E}Ana\n2,é"
    let server = try ScriptedServer { _, _ in [.answer(200, rows, type: "text/csv")] }
    let pipe = try await tagledger(["export", "customers"], on: server)
    #expect(pipe.out == rows)
    let shown = try await tagledger(["export", "customers"], on: server, isTerminal: true)
    #expect(shown.out == "id,name\n1, [2J Ana\n2,é")
  }
}
