package import Domain
import Foundation

/// An advisory lock on a file, held by one process until it lets go or ends, however it ends.
///
/// The file stays behind: removing it would let two processes hold a lock on two files of one name.
package final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock at once.
  ///
  /// - Parameter what: what the lock guards, as whoever comes second is told of it.
  /// - Throws: `dataInUse` with the process that holds it; `storageFailed` where there can be no file.
  package init(_ path: String, for what: String) throws(Problem) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .storageFailed("\(path): \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      defer { close(descriptor) }
      throw .dataInUse("\(what)\(Self.holder(descriptor))")
    }
    // Only for people: the lock is what counts, not what the file says.
    let text = Array("\(getpid())\n".utf8)
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, text, text.count, 0)
    self.descriptor = descriptor
  }

  /// Lets the next one have it; who forgets, lets go with the process.
  package func release() {
    _ = flock(descriptor, LOCK_UN)
  }

  deinit {
    close(descriptor)
  }

  private static func holder(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 20)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let text = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
    guard let pid = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) else { return "" }
    return " (process \(pid))"
  }
}
