import Glibc

/// A failure that ends the run.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// An answer as it arrives.
struct Answer {
  var status = 0
  var body: ArraySlice<UInt8> = []

  var text: String { String(decoding: body, as: UTF8.self) }

  /// Reads a whole answer from the start of the bytes; nil where more must come.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let end = Self.headEnd(bytes) else { return nil }
    status = bytes[9..<12].reduce(0) { $0 * 10 + Int($1) - 48 }
    let head = UnsafeBufferPointer(rebasing: bytes[..<end])
    if let length = Self.number(after: "content-length: ", in: head) {
      guard bytes.count >= end + length else { return nil }
      body = Array(bytes[end..<end + length])[...]
    } else {
      // In chunks, whose sizes nobody here needs.
      guard bytes.count >= end + 5, bytes[(bytes.count - 5)...].elementsEqual("0\r\n\r\n".utf8)
      else { return nil }
      body = Array(bytes[end...])[...]
    }
  }

  /// The length of the answer at the start of the bytes, without taking it apart.
  static func length(_ bytes: UnsafeBufferPointer<UInt8>) -> (length: Int, status: Int)? {
    guard let end = headEnd(bytes) else { return nil }
    let head = UnsafeBufferPointer(rebasing: bytes[..<end])
    guard let length = number(after: "content-length: ", in: head), bytes.count >= end + length
    else { return nil }
    return (end + length, Int(bytes[9] - 48) * 100)
  }

  private static func headEnd(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var index = 3
    while index < bytes.count {
      if bytes[index] == 10, bytes[index - 1] == 13, bytes[index - 2] == 10, bytes[index - 3] == 13
      {
        return index + 1
      }
      index += 1
    }
    return nil
  }

  private static func number(
    after name: StaticString, in head: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    let count = name.utf8CodeUnitCount
    var index = 0
    while index + count < head.count {
      defer { index += 1 }
      guard head[index] | 0x20 == name.utf8Start[0],
        strncasecmp(
          UnsafeRawPointer(head.baseAddress! + index).assumingMemoryBound(to: CChar.self),
          UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self), count) == 0
      else { continue }
      return head[(index + count)...].prefix { $0 >= 48 && $0 <= 57 }
        .reduce(0) { $0 * 10 + Int($1) - 48 }
    }
    return nil
  }
}

/// One connection to the socket, for one request after another.
final class Wire {
  let descriptor: Int32
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  private var count = 0

  init(_ path: String) throws(Failure) {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    buffer = .allocate(capacity: 1 << 16)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard result == 0 else { throw Failure("cannot connect to \(path): errno \(errno)") }
  }

  deinit {
    close(descriptor)
    buffer.deallocate()
  }

  func ask(_ request: [UInt8]) throws(Failure) -> Answer {
    try send(request)
    while true {
      if let answer = Answer(UnsafeBufferPointer(rebasing: buffer[..<count])) {
        count = 0
        return answer
      }
      try receive()
    }
  }

  func send(_ request: [UInt8]) throws(Failure) {
    var sent = 0
    while sent < request.count {
      let result = request.withUnsafeBytes {
        write(descriptor, $0.baseAddress! + sent, $0.count - sent)
      }
      guard result > 0 else { throw Failure("the daemon hung up: errno \(errno)") }
      sent += result
    }
  }

  /// The class of the status (200, 400, …) of an answer that is complete; nil before.
  func receiveQuickly() throws(Failure) -> Int? {
    try receive()
    guard let (length, status) = Answer.length(UnsafeBufferPointer(rebasing: buffer[..<count]))
    else { return nil }
    guard length == count else { throw Failure("two answers to one request") }
    count = 0
    return status
  }

  private func receive() throws(Failure) {
    if count == buffer.count {
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: buffer.count * 4)
      _ = larger.update(fromContentsOf: buffer)
      buffer.deallocate()
      buffer = larger
    }
    let result = read(descriptor, buffer.baseAddress! + count, buffer.count - count)
    guard result > 0 else { throw Failure("the daemon hung up: errno \(errno)") }
    count += result
  }

  static func get(_ target: String) -> [UInt8] {
    Array("GET \(target) HTTP/1.1\r\nHost: tagledger\r\n\r\n".utf8)
  }

  static func post(_ target: String, _ body: String) -> [UInt8] {
    let head = """
      POST \(target) HTTP/1.1\r\nHost: tagledger\r\nContent-Type: application/json\r\n\
      Content-Length: \(body.utf8.count)\r\n\r\n
      """
    return Array(head.utf8) + Array(body.utf8)
  }
}
