import Glibc

/// A new file that is written from its beginning to its end.
struct OutputFile: ~Copyable {
  private let descriptor: Int32
  /// The name that a person knows it by.
  private let name: String

  init(_ path: String, for name: String) throws(Failure) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .fileUnwritable(name, errno)
    }
    self.descriptor = descriptor
    self.name = name
  }

  func write(_ bytes: [UInt8]) throws(Failure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard written >= 0 || errno == EINTR else {
        throw .fileUnwritable(name, errno)
      }
      rest = rest.dropFirst(max(0, written))
    }
  }

  /// Makes sure that it is on the disk: an export may be the only copy that somebody keeps.
  func sync() throws(Failure) {
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .fileUnwritable(name, errno)
    }
  }

  deinit {
    close(descriptor)
  }
}
