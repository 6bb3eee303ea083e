/// Body of `POST /v1/operators` and, without `kind`, of `PATCH /v1/operators/{id}`.
package struct OperatorDraft: Codable, Hashable, Sendable {
  package var name: String?
  package var kind: String?
  package var language: String?
  package var uid: UInt32?
  package var subject: String?
  package var reason: String?
  package var dryRun: Bool?

  package init(
    name: String? = nil, kind: String? = nil, language: String? = nil, uid: UInt32? = nil,
    subject: String? = nil, reason: String? = nil, dryRun: Bool? = nil
  ) {
    self.name = name
    self.kind = kind
    self.language = language
    self.uid = uid
    self.subject = subject
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case name, kind, language, uid, subject, reason
    case dryRun = "dry_run"
  }
}

/// Body of `POST /v1/operators/{id}/identities`: a uid or a subject, to add or to take away.
package struct IdentityDraft: Codable, Hashable, Sendable {
  package var uid: UInt32?
  package var subject: String?
  package var remove: Bool?
  package var reason: String?
  package var dryRun: Bool?

  package init(
    uid: UInt32? = nil, subject: String? = nil, remove: Bool? = nil, reason: String? = nil,
    dryRun: Bool? = nil
  ) {
    self.uid = uid
    self.subject = subject
    self.remove = remove
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case uid, subject, remove, reason
    case dryRun = "dry_run"
  }
}

/// Body of `POST /v1/roles` and of `PATCH /v1/roles/{id}`.
package struct RoleDraft: Codable, Hashable, Sendable {
  package var name: String?
  package var permissions: [String]?
  package var reason: String?
  package var dryRun: Bool?

  package init(
    name: String? = nil, permissions: [String]? = nil, reason: String? = nil, dryRun: Bool? = nil
  ) {
    self.name = name
    self.permissions = permissions
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case name, permissions, reason
    case dryRun = "dry_run"
  }
}

/// Body of `POST /v1/grants`; operator and role by number or by name.
package struct GrantDraft: Codable, Hashable, Sendable {
  package var `operator`: String
  package var role: String
  package var categories: [String]?
  package var until: String?
  package var reason: String?
  package var dryRun: Bool?

  package init(
    operator: String, role: String, categories: [String]? = nil, until: String? = nil,
    reason: String? = nil, dryRun: Bool? = nil
  ) {
    self.operator = `operator`
    self.role = role
    self.categories = categories
    self.until = until
    self.reason = reason
    self.dryRun = dryRun
  }

  package enum CodingKeys: String, CodingKey {
    case `operator`, role, categories, until, reason
    case dryRun = "dry_run"
  }
}

/// Body of `POST /v1/tokens`; the operator by number or by name.
package struct TokenDraft: Codable, Hashable, Sendable {
  package var `operator`: String
  package var name: String
  package var expires: String?
  package var uid: UInt32?
  package var reason: String?

  package init(
    operator: String, name: String, expires: String? = nil, uid: UInt32? = nil,
    reason: String? = nil
  ) {
    self.operator = `operator`
    self.name = name
    self.expires = expires
    self.uid = uid
    self.reason = reason
  }
}
