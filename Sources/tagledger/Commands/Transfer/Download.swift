import APITypes
import Client
import Glibc

/// Brings a stream from the daemon to standard output or into a file.
struct Download {
  let session: Session

  /// Writes to `path`, `-` for standard output; a file is there whole or not at all.
  ///
  /// - Returns: the number of bytes.
  @discardableResult
  func save(_ target: String, to path: String) async throws -> Int64 {
    let request = Request(.get, target, headers: [("Accept", MediaType.csv)])
    guard !OutputFile.isStandard(path) else { return try await print(request) }
    let file = try OutputFile(path)
    let part = file.part
    let interrupt = Interrupt { if let part { unlink(part) } }
    defer { withExtendedLifetime(interrupt) {} }
    let size = try await copy(request) { try file.write($0) }
    try file.finish()
    return size
  }

  /// Writes to standard output: on a terminal line by line, so that it can be made harmless.
  private func print(_ request: Request) async throws -> Int64 {
    let terminal = session.terminal
    guard terminal.outIsTerminal else { return try await copy(request) { terminal.write($0) } }
    var line: [UInt8] = []
    let size = try await copy(request) { piece in
      line += piece
      guard let end = line.lastIndex(of: UInt8(ascii: "\n")) else { return }
      terminal.out(String(decoding: line[...end], as: UTF8.self))
      line.removeSubrange(...end)
    }
    terminal.out(String(decoding: line, as: UTF8.self))
    return size
  }

  private func copy(
    _ request: Request, to write: ([UInt8]) throws -> Void
  ) async throws -> Int64 {
    let bar = ProgressBar(label: session.words.downloading, unit: .bytes, words: session.words)
    let meter = ProgressMeter(bar, terminal: session.terminal)
    let shows = !session.terminal.outIsTerminal
    defer { meter.finish() }
    return try await session.client.stream(request) { answer in
      let total = answer.header("Content-Length").flatMap { Int64($0) }
      var size: Int64 = 0
      while let piece = try await answer.next() {
        size += Int64(piece.count)
        try write(piece)
        if shows { meter.update(done: size, total: total) }
      }
      return size
    }
  }
}
