import Foundation
import Glibc
import Synchronization
import TestSupport

/// A server on a Unix socket that says what the test has written for it, good HTTP or not.
package final class ScriptedServer: Sendable {
  /// A request as it came.
  package struct Seen: Sendable {
    package var method: String
    package var target: String
    /// Names in lower case.
    package var headers: [String: String]
    package var body: [UInt8]

    /// The path without its query.
    package var path: String { String(target.prefix { $0 != "?" }) }
    package var text: String { String(decoding: body, as: UTF8.self) }
  }

  package enum Step: Sendable {
    case text(String)
    case bytes([UInt8])
    /// Says nothing until the client goes away.
    case silence
  }

  package typealias Script = @Sendable (_ request: Seen, _ number: Int) -> [Step]

  package let socket: String
  private let directory: TemporaryDirectory
  private let descriptor: Int32
  private let script: Script
  private let requests = Mutex<[Seen]>([])
  private let stopped = Atomic(false)

  /// - Parameter waitsForBody: false answers as soon as the head is there.
  package init(waitsForBody: Bool = true, _ script: @escaping Script) throws {
    directory = try TemporaryDirectory()
    socket = directory.file("s")
    self.script = script
    descriptor = try Self.listen(on: socket)
    // Weak, so that the server ends with the test that made it.
    Thread.detachNewThread { [descriptor, weak self] in
      while true {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0, let self else { return }
        Thread.detachNewThread { self.serve(connection, waitsForBody) }
      }
    }
  }

  deinit { stop() }

  package var seen: [Seen] { requests.withLock(\.self) }

  /// Stops listening; the socket's file stays behind, as after a crash.
  package func stop() {
    // Once: the number may be somebody else's file the next moment.
    guard !stopped.exchange(true, ordering: .relaxed) else { return }
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  private static func listen(on path: String) throws -> Int32 {
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard bound == 0, Glibc.listen(descriptor, 64) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
    return descriptor
  }

  private func serve(_ connection: Int32, _ waitsForBody: Bool) {
    defer { close(connection) }
    guard let request = Self.read(connection, waitsForBody) else { return }
    let number = requests.withLock { requests in
      requests.append(request)
      return requests.count
    }
    for step in script(request, number) {
      switch step {
      case .text(let text): Self.write(Array(text.utf8), connection)
      case .bytes(let bytes): Self.write(bytes, connection)
      case .silence:
        var byte: UInt8 = 0
        while recv(connection, &byte, 1, 0) > 0 {}
      }
    }
  }

  private static func write(_ bytes: [UInt8], _ connection: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes {
        send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard sent > 0 else { return }
      rest = rest.dropFirst(sent)
    }
  }

  private static func read(_ connection: Int32, _ waitsForBody: Bool) -> Seen? {
    var bytes: [UInt8] = []
    func more() -> Bool {
      var piece = [UInt8](repeating: 0, count: 65_536)
      let count = recv(connection, &piece, piece.count, 0)
      if count > 0 { bytes += piece[..<count] }
      return count > 0
    }
    let end = Array("\r\n\r\n".utf8)
    while bytes.firstRange(of: end) == nil { if !more() { return nil } }
    guard let split = bytes.firstRange(of: end) else { return nil }
    let lines = String(decoding: bytes[..<split.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    let first = lines[0].split(separator: " ").map(String.init)
    var seen = Seen(method: first[0], target: first[1], headers: [:], body: [])
    for line in lines.dropFirst() {
      let halves = line.split(separator: ":", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      seen.headers[halves[0].lowercased()] = halves.count > 1 ? halves[1] : ""
    }
    guard waitsForBody else { return seen }
    bytes.removeSubrange(..<split.upperBound)
    if let length = seen.headers["content-length"].flatMap({ Int($0) }) {
      while bytes.count < length { if !more() { return nil } }
    } else if seen.headers["transfer-encoding"] == "chunked" {
      let last = Array("0\r\n\r\n".utf8)
      while !bytes.suffix(last.count).elementsEqual(last) { if !more() { return nil } }
    }
    seen.body = bytes
    return seen
  }
}

extension ScriptedServer.Step {
  /// A whole answer.
  package static func answer(
    _ status: Int, _ body: String, type: String = "application/json",
    headers: [String: String] = [:]
  ) -> Self {
    let fields = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
    return .text(
      "HTTP/1.1 \(status) X\r\nContent-Type: \(type)\r\n\(fields)"
        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
  }

  package static func answer(_ body: String) -> Self {
    answer(200, body)
  }

  /// The head of a chunked answer.
  package static func head(_ status: Int = 200, type: String) -> Self {
    .text("HTTP/1.1 \(status) X\r\nContent-Type: \(type)\r\nTransfer-Encoding: chunked\r\n\r\n")
  }

  package static func chunk(_ text: String) -> Self {
    .text("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n")
  }

  package static let end = Self.text("0\r\n\r\n")
}
