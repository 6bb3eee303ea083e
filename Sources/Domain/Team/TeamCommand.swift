/// What somebody asks for of the team.
package enum TeamCommand: Hashable, Sendable {
  /// Gives a ledger that has none its team: once, by the daemon.
  case found(Founding)
  case registerOperator(OperatorDraft)
  case reviseOperator(OperatorID, name: String?, language: String?, revision: Int64?)
  case archiveOperator(OperatorID)
  case restoreOperator(OperatorID)
  case addIdentity(Identity, OperatorID)
  case removeIdentity(Identity, OperatorID)
  case issueToken(TokenDraft)
  case revokeToken(TokenID)
  /// Notes the first use of a token on a UTC day; the daemon's.
  case noteUse(TokenID)
  case defineRole(RoleDraft)
  case reviseRole(RoleID, name: String?, texts: [String]?, revision: Int64?)
  case removeRole(RoleID)
  case grantRole(GrantDraft)
  case revokeGrant(GrantID)

  /// How a recorded refusal names it: a format.
  package var name: String {
    switch self {
    case .found: "team.found"
    case .registerOperator: "operator.register"
    case .reviseOperator: "operator.revise"
    case .archiveOperator: "operator.archive"
    case .restoreOperator: "operator.restore"
    case .addIdentity: "identity.add"
    case .removeIdentity: "identity.remove"
    case .issueToken: "token.issue"
    case .revokeToken: "token.revoke"
    case .noteUse: "token.use"
    case .defineRole: "role.define"
    case .reviseRole: "role.revise"
    case .removeRole: "role.remove"
    case .grantRole: "role.grant"
    case .revokeGrant: "grant.revoke"
    }
  }
}

/// The team of a new ledger: its first owner and the ready-made roles, owner's first.
package struct Founding: Hashable, Sendable {
  package var name: String
  package var language: String
  /// Nil where the founder has no uid that is theirs alone.
  package var uid: UInt32?
  package var roles: [RoleDraft]

  package init(
    name: String, language: String = "en", uid: UInt32?, roles: [RoleDraft] = RoleDraft.readyMade
  ) {
    self.name = name
    self.language = language
    self.uid = uid
    self.roles = roles
  }

  var json: JSON {
    var founder: [String: JSON] = ["name": .string(name), "language": .string(language)]
    founder["uid"] = uid.map { .int(Int64($0)) }
    return ["founder": .object(founder), "roles": .array(roles.map { .object($0.members) })]
  }

  init?(json: JSON) {
    guard let name = json["founder"]?["name"]?.string,
      let language = json["founder"]?["language"]?.string, let roles = json["roles"]?.array
    else { return nil }
    let drafts = roles.compactMap(RoleDraft.init)
    guard drafts.count == roles.count, !drafts.isEmpty else { return nil }
    let uid = json["founder"]?["uid"]?.int
    self.init(
      name: name, language: language, uid: uid.flatMap { UInt32(exactly: $0) }, roles: drafts)
  }
}

package struct OperatorDraft: Hashable, Sendable {
  package var name: String
  package var language: String
  package var kind: Operator.Kind
  package var identities: [Identity]

  package init(
    name: String, language: String = "en", kind: Operator.Kind = .person,
    identities: [Identity] = []
  ) {
    self.name = name
    self.language = language
    self.kind = kind
    self.identities = identities
  }
}

/// How an operator is known besides by tokens.
package enum Identity: Hashable, Sendable {
  case uid(UInt32)
  case subject(String)

  var members: [String: JSON] {
    switch self {
    case .uid(let uid): ["uid": .int(Int64(uid))]
    case .subject(let subject): ["subject": .string(subject)]
    }
  }

  init?(json: JSON) {
    if let uid = json["uid"]?.int.flatMap({ UInt32(exactly: $0) }) {
      self = .uid(uid)
    } else if let subject = json["subject"]?.string {
      self = .subject(subject)
    } else {
      return nil
    }
  }
}

package struct TokenDraft: Hashable, Sendable {
  package var holder: OperatorID
  package var digest: TokenDigest
  package var name: String
  package var expires: Timestamp?
  package var uid: UInt32?

  package init(
    holder: OperatorID, digest: TokenDigest, name: String, expires: Timestamp? = nil,
    uid: UInt32? = nil
  ) {
    self.holder = holder
    self.digest = digest
    self.name = name
    self.expires = expires
    self.uid = uid
  }

  var members: [String: JSON] {
    var members: [String: JSON] = [
      "operator": holder.json, "digest": .string(digest.hex), "name": .string(name),
    ]
    members["expires"] = expires.map { .string($0.text) }
    members["uid"] = uid.map { .int(Int64($0)) }
    return members
  }

  init?(json: JSON) {
    guard let holder = OperatorID(json: json["operator"]), let name = json["name"]?.string,
      let digest = json["digest"]?.string.flatMap(TokenDigest.init)
    else { return nil }
    self.init(
      holder: holder, digest: digest, name: name, expires: Timestamp(recorded: json["expires"]),
      uid: json["uid"]?.int.flatMap { UInt32(exactly: $0) })
  }
}

package struct RoleDraft: Hashable, Sendable {
  package var name: String
  /// Permissions, `resource:*` and `*`.
  package var texts: [String]

  package init(name: String, texts: [String]) {
    self.name = name
    self.texts = texts
  }

  var members: [String: JSON] {
    ["name": .string(name), "permissions": .array(texts.map(JSON.string))]
  }

  init?(json: JSON) {
    guard let name = json["name"]?.string, let texts = json["permissions"]?.texts else {
      return nil
    }
    self.init(name: name, texts: texts)
  }

  /// The roles that every team begins with; only the owner's cannot be changed.
  package static let readyMade: [RoleDraft] = [
    RoleDraft(name: "owner", texts: ["*"]),
    RoleDraft(
      name: "manager",
      texts: [
        "changes:export", "changes:read", "customers:export", "customers:import",
        "customers:read", "customers:write", "facts:write", "log:read", "log:verify", "rules:*",
        "segments:*",
        "tags:*", "team:read",
      ]),
    RoleDraft(
      name: "agent",
      texts: [
        "changes:read", "customers:read", "customers:write", "facts:write", "segments:read",
        "segments:work", "tags:apply", "tags:read", "tags:remove",
      ]),
    RoleDraft(
      name: "auditor",
      texts: [
        "changes:export", "changes:read", "customers:read", "log:*", "rules:read",
        "segments:read", "tags:read", "team:read",
      ]),
    RoleDraft(
      name: "integration",
      texts: [
        "changes:read", "customers:import", "customers:read", "customers:write", "facts:write",
        "log:read", "tags:apply", "tags:read", "tags:remove",
      ]),
  ]
}

package struct GrantDraft: Hashable, Sendable {
  package var holder: OperatorID
  package var role: RoleID
  /// Nil for no limit.
  package var categories: [String]?
  package var until: Timestamp?

  package init(
    _ role: RoleID, to holder: OperatorID, categories: [String]? = nil, until: Timestamp? = nil
  ) {
    self.holder = holder
    self.role = role
    self.categories = categories
    self.until = until
  }

  var members: [String: JSON] {
    var members: [String: JSON] = ["operator": holder.json, "role": role.json]
    members["categories"] = categories.map { .array($0.map(JSON.string)) }
    members["until"] = until.map { .string($0.text) }
    return members
  }

  init?(json: JSON) {
    guard let holder = OperatorID(json: json["operator"]), let role = RoleID(json: json["role"])
    else { return nil }
    self.init(
      role, to: holder, categories: json["categories"]?.texts,
      until: Timestamp(recorded: json["until"]))
  }
}

extension Timestamp {
  /// A time as it stands in the data of an event.
  fileprivate init?(recorded json: JSON?) {
    guard let text = json?.string, let time = try? Timestamp(parsing: text) else { return nil }
    self = time
  }
}
