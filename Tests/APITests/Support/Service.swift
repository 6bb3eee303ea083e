import Client
import Foundation
import Glibc
import Logging
import TestSupport

@testable import API

/// The API on a real Unix socket, for as long as `body` runs.
func withService<Result: Sendable>(
  _ app: App, _ body: @Sendable @escaping (_ socket: String) async throws -> Result
) async throws -> Result {
  let path = app.directory.file("socket")
  let descriptor = try listen(on: path)
  var logger = Logger(label: "test")
  logger.logLevel = .critical
  let server = APIServer(app.api, descriptor: descriptor, logger: logger)
  return try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await server.run() }
    defer { group.cancelAll() }
    return try await body(path)
  }
}

/// Connects and sends, and leaves the answer unread.
func connectAndSend(_ path: String, _ text: String) throws -> Int32 {
  let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
  let connected = withAddress(path) { connect(descriptor, $0, $1) }
  guard connected == 0 else { throw POSIXError(.init(rawValue: errno)!) }
  _ = text.withCString { Glibc.send(descriptor, $0, strlen($0), 0) }
  return descriptor
}

/// The next bytes that come.
func receive(_ descriptor: Int32) throws -> [UInt8] {
  var buffer = [UInt8](repeating: 0, count: 65_536)
  let count = recv(descriptor, &buffer, buffer.count, 0)
  guard count > 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  return Array(buffer[..<count])
}

private func listen(on path: String) throws -> Int32 {
  let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
  try withAddress(path) { address, length in
    guard bind(descriptor, address, length) == 0, Glibc.listen(descriptor, 128) == 0 else {
      throw POSIXError(.init(rawValue: errno)!)
    }
  }
  return descriptor
}

private func withAddress<Result>(
  _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Result
) rethrows -> Result {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
  return try withUnsafePointer(to: &address) {
    try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      try body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
    }
  }
}

/// Sends bytes as they are on a connection of their own, and returns what comes back until it is closed.
///
/// - Parameters:
///   - seconds: how long the answer may take: the tests beside this one may leave it no thread for a while.
///   - closing: say with the last byte that nothing more comes.
///   - isEnough: ends the reading before the connection does.
func exchange(
  _ socket: String, _ bytes: [UInt8], seconds: Int = 120, closing: Bool = true,
  until isEnough: @escaping @Sendable ([UInt8]) -> Bool = { _ in false }
) async throws -> [UInt8] {
  try await withCheckedThrowingContinuation { continuation in
    // A thread, since reading blocks and the tasks' own threads are few.
    Thread.detachNewThread {
      continuation.resume(
        with: Result { try exchangeBlocking(socket, bytes, seconds, closing, isEnough) })
    }
  }
}

private func exchangeBlocking(
  _ path: String, _ bytes: [UInt8], _ seconds: Int, _ closing: Bool,
  _ isEnough: ([UInt8]) -> Bool
) throws -> [UInt8] {
  let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(descriptor) }
  var timeout = timeval(tv_sec: seconds, tv_usec: 0)
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
  setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
  let connected = withAddress(path) { connect(descriptor, $0, $1) }
  guard connected == 0 else { throw POSIXError(.init(rawValue: errno)!) }
  var sent = 0
  while sent < bytes.count {
    let count = bytes.withUnsafeBytes {
      Glibc.send(descriptor, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
    }
    // The server may refuse and close before it has read everything.
    guard count > 0 else { break }
    sent += count
  }
  if closing { shutdown(descriptor, Int32(SHUT_WR)) }
  var received: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  let deadline = ContinuousClock.now + .seconds(seconds)
  while ContinuousClock.now < deadline {
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else { return received }
    received += buffer[..<count]
    if isEnough(received) { return received }
  }
  return received
}
