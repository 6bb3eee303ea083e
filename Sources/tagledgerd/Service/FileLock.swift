import Foundation
import Glibc

/// An advisory lock on a file, held until the process ends, however it ends.
final class FileLock: Sendable {
  private let descriptor: Int32

  /// Takes the lock at once, or refuses, naming the process that holds it.
  ///
  /// The file stays behind: removing it would let two processes hold a lock on two files of one name.
  init(path: String, of what: String) throws(StartFailure) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .io("\(path) cannot be opened: \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = Self.holder(descriptor)
      close(descriptor)
      throw .inUse("another daemon\(holder) is using \(what)")
    }
    // Only for people: the lock is what counts, not what the file says.
    let text = "\(getpid())\n"
    ftruncate(descriptor, 0)
    _ = text.withCString { pwrite(descriptor, $0, strlen($0), 0) }
  }

  deinit { close(descriptor) }

  private static func holder(_ descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 20)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0, let pid = Int(String(decoding: bytes[..<(count - 1)], as: UTF8.self)) else {
      return ""
    }
    return " (process \(pid))"
  }
}
