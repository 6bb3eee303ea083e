/// Who acts, and how that is known; an event keeps both.
package struct Actor: Hashable, Sendable {
  /// The name that stands in the log: `uid:1000` for a local user, `system` for the daemon itself.
  package let name: String
  package let via: Via

  package init(name: String, via: Via) {
    self.name = name
    self.via = via
  }

  /// A user of this machine, as the kernel named them.
  package static func local(uid: UInt32) -> Self {
    Self(name: "uid:\(uid)", via: .local)
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
