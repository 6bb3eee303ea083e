import Domain
import Foundation
import GRDB

/// Looks for what an erasure may have left behind in the file of the views, and takes it away.
package struct ViewsPurge: Sendable {
  let texts: [[UInt8]]
  let done: CheckedContinuation<Result<Outcome, Problem>, Never>

  package struct Outcome: Hashable, Sendable {
    /// Whether the file had to be rewritten.
    package let isRewritten: Bool
    /// Whether the log of changes beside it is empty; readers may hold it back.
    package let isEmptied: Bool
  }

  /// On the thread that writes the views.
  func perform(on queue: DatabaseQueue, path: String) {
    do {
      var isEmptied = Self.emptyWAL(queue)
      let isRewritten = try Self.finds(texts, in: path)
      if isRewritten {
        try queue.inDatabase { try $0.execute(sql: "VACUUM") }
        isEmptied = Self.emptyWAL(queue)
      }
      done.resume(returning: .success(Outcome(isRewritten: isRewritten, isEmptied: isEmptied)))
    } catch {
      done.resume(returning: .failure(Problem(error)))
    }
  }

  /// Brings all changes home and cuts their file to nothing; waits for readers, but not for ever.
  private static func emptyWAL(_ queue: DatabaseQueue) -> Bool {
    (try? queue.inDatabase { _ = try $0.checkpoint(.truncate) }) != nil
  }

  private static func finds(_ text: [UInt8], in bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes[...]
    while rest.count >= text.count,
      let found = memchr(rest.base, Int32(text[0]), rest.count - text.count + 1)
    {
      if memcmp(found, text, text.count) == 0 { return true }
      rest = rest.dropFirst(UnsafeRawPointer(found) - rest.base + 1)
    }
    return false
  }

  /// Whether any of the texts stands in the file; it is read in pieces that overlap.
  static func finds(_ texts: [[UInt8]], in path: String) throws(Problem) -> Bool {
    let texts = texts.filter { !$0.isEmpty }
    guard let longest = texts.map(\.count).max() else { return false }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .storageFailed("views: cannot open \(path): errno \(errno)") }
    defer { close(file) }
    var piece = [UInt8](repeating: 0, count: (1 << 20) + longest)
    var start: off_t = 0
    while true {
      let count = pread(file, &piece, piece.count, start)
      guard count >= 0 else {
        throw .storageFailed("views: cannot read \(path): errno \(errno)")
      }
      let isFound = piece.withUnsafeBytes { bytes in
        let bytes = UnsafeRawBufferPointer(rebasing: bytes[..<count])
        return texts.contains { text in finds(text, in: bytes) }
      }
      if isFound { return true }
      guard count == piece.count else { return false }
      start += 1 << 20
    }
  }
}

extension Slice<UnsafeRawBufferPointer> {
  fileprivate var base: UnsafeRawPointer { UnsafeRawBufferPointer(rebasing: self).baseAddress! }
}
