import Foundation

/// One HTTP/1.1 connection over a Unix socket, spoken by hand: what a scenario sends is exactly
/// what it says, even where it is wrong.
final class Wire {
  struct Answer {
    var status: Int
    var headers: [String: String]
    var body: Data

    var text: String { String(decoding: body, as: UTF8.self) }

    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
    }

    var items: [[String: Any]] { json["items"] as? [[String: Any]] ?? [] }

    /// The first sequence number of a receipt.
    var seq: Int? { (json["seq"] as? [Int])?.first }
  }

  struct Closed: Error {}

  private let descriptor: Int32
  private var unread: [UInt8] = []

  init(_ path: String, patience: Int = 60) throws {
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard connected == 0 else {
      close(descriptor)
      throw Closed()
    }
    setTimeout(seconds: patience)
  }

  deinit { close(descriptor) }

  func setTimeout(seconds: Int) {
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, size)
  }

  func get(_ path: String, headers: [String: String] = [:]) throws -> Answer {
    try request("GET", path, headers: headers)
  }

  func post(
    _ path: String, _ json: [String: Any] = [:], headers: [String: String] = [:]
  ) throws -> Answer {
    try ask("POST", path, json, headers: headers)
    return try answer()
  }

  /// Sends a request and leaves its answer to the caller to read, or not.
  func ask(
    _ method: String, _ path: String, _ json: [String: Any], headers: [String: String] = [:]
  ) throws {
    let body = try JSONSerialization.data(withJSONObject: json, options: .sortedKeys)
    let headers = headers.merging(["Content-Type": "application/json"]) { $1 }
    try send(head(method, path, headers, body.count) + body)
  }

  func request(
    _ method: String, _ path: String, headers: [String: String] = [:], body: Data = Data()
  ) throws -> Answer {
    try send(head(method, path, headers, body.count) + body)
    return try answer()
  }

  /// Asks for a stream and leaves it to the caller to read on, or not.
  func follow(_ path: String, headers: [String: String] = [:]) throws {
    try send(head("GET", path, headers, 0))
  }

  /// The next line of whatever comes, without its line end.
  func line() throws -> String {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = unread[..<end]
        unread.removeSubrange(...end)
        return String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
      }
      try receive()
    }
  }

  func send(_ data: Data) throws {
    var rest = Array(data)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Closed() }
      rest = rest.dropFirst(count)
    }
  }

  private func head(
    _ method: String, _ path: String, _ headers: [String: String], _ length: Int
  ) -> Data {
    var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n"
    if length > 0 { head += "Content-Length: \(length)\r\n" }
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    return Data((head + "\r\n").utf8)
  }

  func answer() throws -> Answer {
    let status = try line().split(separator: " ").dropFirst().first.flatMap { Int($0) }
    guard let status else { throw Closed() }
    var headers: [String: String] = [:]
    while case let line = try line(), !line.isEmpty {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers[parts[0].lowercased()] = parts.last.map { $0.trimmingCharacters(in: .whitespaces) }
    }
    var body: [UInt8] = []
    if headers["transfer-encoding"] == "chunked" {
      while let size = Int(try line(), radix: 16), size > 0 {
        body += try bytes(size)
        _ = try line()
      }
      _ = try line()
    } else {
      body = try bytes(headers["content-length"].flatMap { Int($0) } ?? 0)
    }
    return Answer(status: status, headers: headers, body: Data(body))
  }

  private func bytes(_ count: Int) throws -> [UInt8] {
    while unread.count < count { try receive() }
    defer { unread.removeFirst(count) }
    return Array(unread.prefix(count))
  }

  private func receive() throws {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    guard count > 0 else { throw Closed() }
    unread += chunk.prefix(count)
  }
}
