/// How somebody is known at the door; `State.identify` says who that is.
package enum Caller: Hashable, Sendable {
  /// The daemon itself.
  case system
  /// A user of this machine, as the kernel named them.
  case local(uid: UInt32)
  /// Whoever presents a bearer token, over the connection of a user.
  case token(TokenDigest, uid: UInt32)
  /// Whom a trusted proxy vouches for; whether the uid may is a matter of configuration.
  case asserted(String, proxy: UInt32)
  /// A rule in one of its versions, as the engine that settles it says.
  case rule(RuleID, version: Int64)

  /// The uid that stands for everybody whom a user namespace does not know (standards.md).
  package static let nobodyUID: UInt32 = 65_534
}

// MARK: - In files that outlive the daemon

extension Caller {
  package var json: JSON {
    switch self {
    case .system: .object(["via": "system"])
    case .local(let uid): .object(["via": "local", "uid": .int(Int64(uid))])
    case .token(let digest, let uid):
      .object(["via": "token", "digest": .string(digest.hex), "uid": .int(Int64(uid))])
    case .asserted(let subject, let proxy):
      .object(["via": "proxy", "subject": .string(subject), "uid": .int(Int64(proxy))])
    case .rule(let id, let version):
      .object(["via": "rule", "rule": id.json, "version": .int(version)])
    }
  }

  package init?(json: JSON?) {
    let uid = json?["uid"]?.int.flatMap { UInt32(exactly: $0) }
    switch (json?["via"]?.string, uid) {
    case ("system", _):
      self = .system
    case ("local", let uid?):
      self = .local(uid: uid)
    case ("token", let uid?):
      guard let digest = json?["digest"]?.string.flatMap(TokenDigest.init) else { return nil }
      self = .token(digest, uid: uid)
    case ("proxy", let uid?):
      guard let subject = json?["subject"]?.string else { return nil }
      self = .asserted(subject, proxy: uid)
    case ("rule", _):
      guard let id = RuleID(json: json?["rule"]), let version = json?["version"]?.int else {
        return nil
      }
      self = .rule(id, version: version)
    default:
      return nil
    }
  }
}
