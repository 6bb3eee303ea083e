import Domain
import Foundation
import Glibc
import Ledger

/// A listening Unix socket, ours by right: inherited from systemd, or bound after making sure that
/// no other daemon answers there.
struct SocketListener: Sendable {
  let path: String
  let descriptor: Int32
  /// Nil when systemd holds the socket, and keeps it when the daemon goes.
  private let own: Own?

  private struct Own: Sendable {
    let lock: FileLock
    let identity: FileIdentity
  }

  /// The socket systemd hands over, or else the one the settings name.
  static func opened(
    _ settings: Settings, _ environment: [String: String]
  ) throws(StartFailure) -> SocketListener {
    if let listener = try inherited(environment) { return listener }
    return try bound(
      path: settings.socketPath, mode: settings.socketMode, group: settings.socketGroup)
  }

  /// Takes the socket systemd hands over, if it does so to this very process.
  ///
  /// `sd_listen_fds(3)`: descriptors from 3 on, `LISTEN_FDS` many, meant for `LISTEN_PID`.
  static func inherited(_ environment: [String: String]) throws(StartFailure) -> SocketListener? {
    guard environment["LISTEN_PID"].flatMap(Int32.init) == getpid(),
      let count = environment["LISTEN_FDS"].flatMap(Int.init), count > 0
    else { return nil }
    guard count == 1 else {
      throw .configuration("systemd hands over \(count) sockets, but the daemon listens on one")
    }
    let descriptor: Int32 = 3
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var address = sockaddr_un()
    var length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let named = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    guard named == 0, address.sun_family == AF_UNIX else {
      throw .configuration("the socket systemd hands over is not a Unix socket")
    }
    return SocketListener(path: path(of: address), descriptor: descriptor, own: nil)
  }

  private static func lock(_ path: String) throws(StartFailure) -> FileLock {
    do {
      return try FileLock(path + ".lock", for: "the socket \(path)")
    } catch {
      guard case .dataInUse(let what) = error else { throw StartFailure(error, directory: path) }
      throw .inUse("another daemon is using \(what)")
    }
  }

  /// Binds the socket: dials first, replaces only a dead one, sets mode and group before anyone
  /// can connect.
  static func bound(
    path: String, mode: mode_t, group: String?
  ) throws(StartFailure) -> SocketListener {
    let lock = try lock(path)
    var address = try UnixAddress(path)
    if address.answers() {
      throw .inUse("another daemon answers on the socket \(path)")
    }
    if let found = FileIdentity(path) {
      guard found.isSocket else {
        throw .io("\(path) is in the way: it is not a socket")
      }
      unlink(path)
    }
    let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw failure("open a socket for", path) }
    // The mask keeps everybody out until mode and group are right.
    let mask = umask(0o177)
    let bound = address.bind(descriptor)
    umask(mask)
    guard bound else { throw failure("listen on", path) }
    if let group {
      guard let entry = getgrnam(group) else {
        throw .configuration("socket.group: there is no group “\(group)”")
      }
      guard chown(path, uid_t.max, entry.pointee.gr_gid) == 0 else {
        throw failure("give the group \(group)", path)
      }
    }
    guard chmod(path, mode) == 0, listen(descriptor, backlog) == 0,
      let identity = FileIdentity(path)
    else { throw failure("listen on", path) }
    return SocketListener(
      path: path, descriptor: descriptor, own: Own(lock: lock, identity: identity))
  }

  /// Takes the socket's name away, unless it is systemd's or has been replaced meanwhile.
  func remove() {
    if let own, FileIdentity(path) == own.identity { unlink(path) }
  }

  /// More callers than this at one moment wait in `connect`.
  private static let backlog: Int32 = 1024

  private static func failure(_ act: String, _ path: String) -> StartFailure {
    .io("cannot \(act) \(path): \(String(cString: strerror(errno)))")
  }

  private static func path(of address: sockaddr_un) -> String {
    withUnsafeBytes(of: address.sun_path) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}

/// Which file a path leads to, to tell whether it is still the same one.
private struct FileIdentity: Equatable {
  let isSocket: Bool
  private let device: Int
  private let number: Int

  init?(_ path: String) {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let device = attributes[.systemNumber] as? Int,
      let number = attributes[.systemFileNumber] as? Int
    else { return nil }
    isSocket = attributes[.type] as? FileAttributeType == .typeSocket
    self.device = device
    self.number = number
  }
}
