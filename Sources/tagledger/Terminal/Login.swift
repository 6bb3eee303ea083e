import Glibc

/// Names of actors for people, who know each other by login.
enum Login {
  /// `ana` for `uid:1000`; as it is where this machine knows no such user.
  static func name(of actor: String) -> String {
    guard actor.hasPrefix("uid:"), let uid = UInt32(actor.dropFirst(4)),
      let entry = getpwuid(uid)
    else { return actor }
    return String(cString: entry.pointee.pw_name)
  }
}
