/// One of the team: a person or a program.
package struct OperatorDocument: Codable, Hashable, Sendable {
  package var id: Int32
  package var name: String
  /// `person` or `program`.
  package var kind: String
  /// `en`, `fr` or `pt`.
  package var language: String
  /// Users of the machine as which they are known.
  package var uids: [UInt32]
  /// Names by which a trusted proxy vouches for them.
  package var subjects: [String]
  package var archived: Bool
  package var revision: Int64

  package init(
    id: Int32, name: String, kind: String, language: String, uids: [UInt32], subjects: [String],
    archived: Bool, revision: Int64
  ) {
    self.id = id
    self.name = name
    self.kind = kind
    self.language = language
    self.uids = uids
    self.subjects = subjects
    self.archived = archived
    self.revision = revision
  }
}

/// A named set of permissions.
package struct RoleDocument: Codable, Hashable, Sendable {
  package var id: Int32
  package var name: String
  /// Such as `tags:apply`, `tags:*` and `*`.
  package var permissions: [String]
  package var removed: Bool
  package var revision: Int64

  package init(
    id: Int32, name: String, permissions: [String], removed: Bool, revision: Int64
  ) {
    self.id = id
    self.name = name
    self.permissions = permissions
    self.removed = removed
    self.revision = revision
  }
}

/// A role that an operator holds.
package struct GrantDocument: Codable, Hashable, Sendable {
  package var id: Int32
  package var `operator`: Int32
  package var operatorName: String
  package var role: Int32
  package var roleName: String
  /// Tag categories it is limited to; absent where there is no limit.
  package var categories: [String]?
  package var until: String?
  /// Whether it gives anything now: not revoked, not ended, its role and operator in use.
  package var active: Bool

  package init(
    id: Int32, operator: Int32, operatorName: String, role: Int32, roleName: String,
    categories: [String]?, until: String?, active: Bool
  ) {
    self.id = id
    self.operator = `operator`
    self.operatorName = operatorName
    self.role = role
    self.roleName = roleName
    self.categories = categories
    self.until = until
    self.active = active
  }

  package enum CodingKeys: String, CodingKey {
    case id, `operator`
    case operatorName = "operator_name"
    case role
    case roleName = "role_name"
    case categories, until, active
  }
}

/// A bearer token, without the token.
package struct TokenDocument: Codable, Hashable, Sendable {
  package var id: Int32
  package var `operator`: Int32
  package var operatorName: String
  package var name: String
  package var issued: String
  package var expires: String?
  /// The only user of the machine who may present it.
  package var uid: UInt32?
  package var lastUsed: String?
  package var revoked: Bool

  package init(
    id: Int32, operator: Int32, operatorName: String, name: String, issued: String,
    expires: String?, uid: UInt32?, lastUsed: String?, revoked: Bool
  ) {
    self.id = id
    self.operator = `operator`
    self.operatorName = operatorName
    self.name = name
    self.issued = issued
    self.expires = expires
    self.uid = uid
    self.lastUsed = lastUsed
    self.revoked = revoked
  }

  package enum CodingKeys: String, CodingKey {
    case id, `operator`
    case operatorName = "operator_name"
    case name, issued, expires, uid
    case lastUsed = "last_used"
    case revoked
  }
}

/// Answer to `GET /v1/team`: who may do what.
package struct TeamDocument: Codable, Hashable, Sendable {
  package var operators: [OperatorDocument]
  package var roles: [RoleDocument]
  package var grants: [GrantDocument]
  package var tokens: [TokenDocument]
  package var position: Int64

  package init(
    operators: [OperatorDocument], roles: [RoleDocument], grants: [GrantDocument],
    tokens: [TokenDocument], position: Int64
  ) {
    self.operators = operators
    self.roles = roles
    self.grants = grants
    self.tokens = tokens
    self.position = position
  }
}

/// What is allowed for the tags of one category, besides what is allowed whatever the tag.
package struct CategoryPermissions: Codable, Hashable, Sendable {
  package var category: String
  package var permissions: [String]

  package init(category: String, permissions: [String]) {
    self.category = category
    self.permissions = permissions
  }
}

/// Answer to `GET /v1/me`: as whom one acts, and what one may do.
package struct Me: Codable, Hashable, Sendable {
  /// As it stands in events: `operator:3`.
  package var actor: String
  package var via: String
  package var name: String?
  package var language: String?
  /// Held whatever the tag.
  package var permissions: [String]
  /// What is held besides, for tags of some categories only.
  package var limited: [CategoryPermissions]
  package var grants: [GrantDocument]

  package init(
    actor: String, via: String, name: String?, language: String?, permissions: [String],
    limited: [CategoryPermissions], grants: [GrantDocument]
  ) {
    self.actor = actor
    self.via = via
    self.name = name
    self.language = language
    self.permissions = permissions
    self.limited = limited
    self.grants = grants
  }
}

/// Answer to `GET /v1/team/can`, with the grant that decides it.
package struct Verdict: Codable, Hashable, Sendable {
  package var `operator`: OperatorDocument
  package var permission: String
  /// The tag's category that was asked about; absent where none was.
  package var category: String?
  package var allowed: Bool
  /// What allows it; absent where nothing does.
  package var grant: GrantDocument?
  /// Who could give it, where nothing allows it.
  package var givers: [String]
  package var position: Int64

  package init(
    operator: OperatorDocument, permission: String, category: String?, allowed: Bool,
    grant: GrantDocument?, givers: [String], position: Int64
  ) {
    self.operator = `operator`
    self.permission = permission
    self.category = category
    self.allowed = allowed
    self.grant = grant
    self.givers = givers
    self.position = position
  }
}

/// Answer to every change of the team; of the parts, the one that was changed is there.
package struct TeamReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  package var `operator`: OperatorDocument?
  package var role: RoleDocument?
  package var grant: GrantDocument?
  package var token: TokenDocument?
  /// The token itself: shown this once, and kept nowhere.
  package var secret: String?

  package init(seq: [Int64]?, command: String, dryRun: Bool) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case `operator`, role, grant, token, secret
  }
}
