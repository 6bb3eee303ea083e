import Glibc

/// A `sockaddr_un` and what is done with one.
struct UnixAddress {
  private var address = sockaddr_un()
  private var length: socklen_t

  /// A name that begins with `@` is an abstract one, as systemd writes them.
  init(_ path: String) throws(StartFailure) {
    let capacity = MemoryLayout.size(ofValue: address.sun_path)
    var bytes = Array(path.utf8)
    guard bytes.count < capacity else {
      throw .configuration("the socket's path is longer than \(capacity - 1) bytes: \(path)")
    }
    if bytes.first == UInt8(ascii: "@") { bytes[0] = 0 }
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let offset = MemoryLayout.offset(of: \sockaddr_un.sun_path) ?? 2
    length = socklen_t(offset + bytes.count)
  }

  /// Whether somebody accepts connections there.
  mutating func answers() -> Bool {
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return withPointer { connect(descriptor, $0, $1) == 0 }
  }

  mutating func bind(_ descriptor: Int32) -> Bool {
    withPointer { Glibc.bind(descriptor, $0, $1) == 0 }
  }

  mutating func send(_ message: String) -> Bool {
    let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return withPointer { address, length in
      message.withCString {
        sendto(descriptor, $0, strlen($0), Int32(MSG_NOSIGNAL), address, length) >= 0
      }
    }
  }

  private mutating func withPointer<Result>(
    _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    let length = length
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }
}
