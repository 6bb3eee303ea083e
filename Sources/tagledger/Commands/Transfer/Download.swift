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
    guard path != "-" else { return try await copy(request) { session.terminal.write($0) } }
    let part = "\(path).part"
    let file = try OutputFile(part, for: path)
    do {
      let size = try await copy(request) { try file.write($0) }
      try file.sync()
      guard rename(part, path) == 0 else {
        throw Failure.fileUnwritable(path, errno)
      }
      return size
    } catch {
      unlink(part)
      throw error
    }
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
