/// Who acts, and how that is known; an event keeps both.
package struct Actor: Hashable, Sendable {
  /// The name that stands in the log: `operator:3` for one of the team, `system` for the daemon itself,
  /// `uid:0` for root, who needs no place in the team.
  package let name: String
  package let via: Via
  /// Through what an operator was known: the uid, the number of the token, or the uid of the proxy.
  package let credential: Int64?

  package init(name: String, via: Via, credential: Int64? = nil) {
    self.name = name
    self.via = via
    self.credential = credential
  }

  /// A user of this machine, as the kernel named them.
  package static func local(uid: UInt32) -> Self {
    Self(name: "uid:\(uid)", via: .local)
  }

  /// A rule in one of its versions.
  package static func rule(_ id: RuleID, version: Int64) -> Self {
    Self(name: "rule:\(id.rawValue)", via: .rule, credential: version)
  }

  /// The rule whose number stands in the name.
  package var rule: RuleID? {
    guard name.hasPrefix("rule:"), let number = Int32(name.dropFirst(5)) else { return nil }
    return RuleID(number)
  }

  /// The daemon, acting by itself.
  package static let system = Self(name: "system", via: .system)
}

/// How an actor was known. Both the numbers and the names are formats: they stand in the log.
package enum Via: Int8, CaseIterable, Sendable {
  case system = 1
  case local = 2
  case token = 3
  case proxy = 4
  case rule = 5

  package var name: String {
    switch self {
    case .system: "system"
    case .local: "local"
    case .token: "token"
    case .proxy: "proxy"
    case .rule: "rule"
    }
  }
}
