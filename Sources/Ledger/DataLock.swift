import Domain
import Foundation

/// Holds a data directory for one daemon: an advisory lock on its file `lock`, gone with the process.
final class DataLock: Sendable {
  private let descriptor: Int32

  /// Throws `dataInUse` where another daemon holds it.
  init(directory: String) throws(Problem) {
    let path = directory + "/lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .storageFailed("\(path): \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      var text = [UInt8](repeating: 0, count: 32)
      let count = read(descriptor, &text, text.count)
      close(descriptor)
      let holder = String(decoding: text.prefix(max(count, 0)), as: UTF8.self)
      throw .dataInUse(
        "\(directory) (process \(holder.trimmingCharacters(in: .whitespacesAndNewlines)))")
    }
    let text = Array("\(getpid())\n".utf8)
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, text, text.count, 0)
    self.descriptor = descriptor
  }

  /// Lets the next daemon have the directory; who forgets, lets go with the process.
  func release() {
    _ = flock(descriptor, LOCK_UN)
  }

  deinit {
    close(descriptor)
  }
}
