import Domain
import NIOCore
import NIOPosix

/// Who is at the other end of a connection, as the kernel says; never what a request says.
package struct Peer: Hashable, Sendable {
  package let pid: Int32
  package let uid: UInt32
  package let gid: UInt32

  package init(pid: Int32, uid: UInt32, gid: UInt32) {
    self.pid = pid
    self.uid = uid
    self.gid = gid
  }

  package static let nobody = Peer(pid: 0, uid: Caller.nobodyUID, gid: Caller.nobodyUID)

  /// Whose connection the present task serves; set once a connection, when it is accepted.
  @TaskLocal static var current = Peer.nobody
}

extension Peer {
  /// `struct ucred` of the kernel, which Glibc hides: three fields of 32 bits.
  private struct Credentials {
    var pid: Int32 = 0
    var uid: UInt32 = Caller.nobodyUID
    var gid: UInt32 = Caller.nobodyUID
  }

  /// `SO_PEERCRED`: the credentials of who connected, as they were at that moment.
  private static let peerCredentials = NIOBSDSocket.Option(rawValue: 17)

  /// Asks the kernel; a connection whose peer cannot be known is nobody's.
  static func of(_ channel: any Channel) async -> Peer {
    guard let socket = channel as? any SocketOptionProvider else { return .nobody }
    let answer: EventLoopFuture<Credentials> = socket.unsafeGetSocketOption(
      level: .socket, name: peerCredentials)
    guard let found = try? await answer.get() else { return .nobody }
    return Peer(pid: found.pid, uid: found.uid, gid: found.gid)
  }
}
