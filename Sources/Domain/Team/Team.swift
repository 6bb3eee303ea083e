/// The number of an operator: given in order from 1, never used again.
package struct OperatorID: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: Int32
  package init(rawValue: Int32) { self.rawValue = rawValue }
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The number of a role: given in order from 1, never used again; 1 is the owner's.
package struct RoleID: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: Int32
  package init(rawValue: Int32) { self.rawValue = rawValue }
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  package static let owner = RoleID(1)
}

/// The number of a grant: given in order from 1, never used again.
package struct GrantID: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: Int32
  package init(rawValue: Int32) { self.rawValue = rawValue }
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// The number of a token: given in order from 1, never used again.
package struct TokenID: RawRepresentable, Hashable, Comparable, Sendable {
  package let rawValue: Int32
  package init(rawValue: Int32) { self.rawValue = rawValue }
  package init(_ rawValue: Int32) { self.rawValue = rawValue }
  package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// A person or a program that acts on the ledger.
package struct Operator: Hashable, Sendable, Identifiable {
  package let id: OperatorID
  package internal(set) var name: String
  /// `en`, `fr` or `pt`.
  package internal(set) var language: String
  package let kind: Kind
  /// Users of this machine as which it is known.
  package internal(set) var uids: [UInt32] = []
  /// Names by which a trusted proxy vouches for it.
  package internal(set) var subjects: [String] = []
  package internal(set) var isArchived = false
  package internal(set) var revision: Int64 = 1

  /// The raw values are formats.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case person
    case program
  }
}

/// A named set of permissions.
package struct Role: Hashable, Sendable, Identifiable {
  package let id: RoleID
  package internal(set) var name: String
  /// Permissions, `resource:*` and `*`, sorted; those this program does not know are kept.
  package internal(set) var texts: [String] {
    didSet { permissions = PermissionSet(texts: texts) }
  }
  /// What the texts come to.
  package private(set) var permissions: PermissionSet
  package internal(set) var revision: Int64 = 1
  package internal(set) var isRemoved = false

  package init(id: RoleID, name: String, texts: [String]) {
    self.id = id
    self.name = name
    self.texts = texts
    permissions = PermissionSet(texts: texts)
  }
}

/// A role that an operator holds.
package struct Grant: Hashable, Sendable, Identifiable {
  package let id: GrantID
  package let holder: OperatorID
  package let role: RoleID
  /// The tag categories it is limited to, as they were typed; nil for no limit.
  package let categories: [String]?
  /// The same without case and accents: what is compared.
  package let keys: Set<NameKey>?
  /// When it ends by itself; nil for never.
  package let until: Timestamp?
  package internal(set) var isRevoked = false

  package init(
    id: GrantID, holder: OperatorID, role: RoleID, categories: [String]?, until: Timestamp?
  ) {
    self.id = id
    self.holder = holder
    self.role = role
    self.categories = categories
    keys = categories.map { Set($0.map(NameKey.init)) }
    self.until = until
  }

  /// Whether it gives anything at that moment, as far as the grant itself tells.
  package func holds(at time: Timestamp) -> Bool {
    !isRevoked && until.map { time < $0 } ?? true
  }
}

/// SHA-256 of a bearer token; with 256 random bits in the token a plain hash gives nothing away.
package struct TokenDigest: Hashable, Sendable {
  /// 64 digits in lower case: a format, it stands in the log.
  package let hex: String

  package init?(hex: String) {
    let isHex = hex.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    guard hex.utf8.count == 64, isHex else { return nil }
    self.hex = hex
  }
}

/// A bearer token, of which only the digest is kept.
package struct Token: Hashable, Sendable, Identifiable {
  package let id: TokenID
  package let holder: OperatorID
  package let digest: TokenDigest
  package let name: String
  /// When it ends by itself; nil for never.
  package let expires: Timestamp?
  /// The only user of this machine who may present it; nil for anybody.
  package let uid: UInt32?
  package let issued: Timestamp
  package internal(set) var isRevoked = false
  /// The first use on the last UTC day on which it was used.
  package internal(set) var used: Timestamp?

  /// Whether it may be presented at that moment, as far as the token itself tells.
  package func isValid(at time: Timestamp) -> Bool {
    !isRevoked && expires.map { time < $0 } ?? true
  }
}

/// Who may do what: operators, roles, grants, tokens.
package struct Team: Hashable, Sendable {
  /// Operator `n` stands at `n - 1`; so do roles, grants and tokens.
  package internal(set) var operators: [Operator] = []
  package internal(set) var roles: [Role] = []
  package internal(set) var grants: [Grant] = []
  package internal(set) var tokens: [Token] = []
  /// The `seq` of the last event that changed what somebody may do or how they are known.
  package internal(set) var changed: Int64 = 0
  var uids: [UInt32: OperatorID] = [:]
  var subjects: [String: OperatorID] = [:]
  var digests: [TokenDigest: TokenID] = [:]

  /// Whether the ledger has a team at all: the first event of each sees to that.
  package var isFounded: Bool { !roles.isEmpty }

  package subscript(id: OperatorID) -> Operator? { operators.at(id.rawValue) }
  package subscript(id: RoleID) -> Role? { roles.at(id.rawValue) }
  package subscript(id: GrantID) -> Grant? { grants.at(id.rawValue) }
  package subscript(id: TokenID) -> Token? { tokens.at(id.rawValue) }

  /// The operator who is a user of this machine, archived or not.
  package func holder(ofUID uid: UInt32) -> OperatorID? { uids[uid] }
  package func holder(ofSubject subject: String) -> OperatorID? { subjects[subject] }
  package func token(_ digest: TokenDigest) -> Token? { digests[digest].flatMap { self[$0] } }

  package func `operator`(named name: String) -> Operator? {
    let key = NameKey(name)
    return operators.first { NameKey($0.name) == key }
  }

  /// The role of that name that has not been removed.
  package func role(named name: String) -> Role? {
    let key = NameKey(name)
    return roles.first { !$0.isRemoved && NameKey($0.name) == key }
  }
}

extension Array {
  fileprivate func at(_ number: Int32) -> Element? {
    let index = Int(number) - 1
    return indices.contains(index) ? self[index] : nil
  }
}
