import Glibc

/// Finds the daemon's socket.
package enum SocketPath {
  /// The places of one environment, in the order in which they are tried.
  ///
  /// A socket that is named, by the option or by `TAGLEDGER_SOCKET`, is the only one tried.
  package static func candidates(
    option: String?, environment: [String: String]
  ) -> [String] {
    if let option { return [option] }
    if let named = environment["TAGLEDGER_SOCKET"], !named.isEmpty { return [named] }
    var paths: [String] = []
    if let directory = environment["XDG_RUNTIME_DIR"], !directory.isEmpty {
      paths.append("\(directory)/tagledger.sock")
    }
    return paths + ["./var/tagledger.sock", "/run/tagledger/tagledger.sock"]
  }

  /// The first of `candidates` that is there, be anyone listening or not.
  package static func find(
    _ candidates: [String], exists: (String) -> Bool = { access($0, F_OK) == 0 }
  ) throws(ClientError) -> String {
    guard let path = candidates.first(where: exists) else {
      throw .socketMissing(candidates)
    }
    return path
  }
}
