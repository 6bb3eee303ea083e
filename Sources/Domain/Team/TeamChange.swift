/// What an event says of the team: the one place where it is read from an event's data and written to it.
///
/// The names of the members are formats: they stand in the log.
package enum TeamChange: Hashable, Sendable {
  case founded(Founding)
  case operatorRegistered(OperatorID, name: String, kind: Operator.Kind, language: String)
  /// Nil for what stays; each pair is what was and what is.
  case operatorRevised(OperatorID, name: Change<String>?, language: Change<String>?)
  case operatorArchived(OperatorID)
  case operatorRestored(OperatorID)
  case identityAdded(Identity, OperatorID)
  case identityRemoved(Identity, OperatorID)
  case tokenIssued(TokenID, TokenDraft)
  case tokenRevoked(TokenID, OperatorID)
  case tokenUsed(TokenID, OperatorID)
  case roleDefined(RoleID, RoleDraft)
  case roleRevised(RoleID, name: Change<String>?, texts: Change<[String]>?)
  case roleRemoved(RoleID, name: String)
  case roleGranted(GrantID, GrantDraft)
  case grantRevoked(GrantID, OperatorID, RoleID)

  package struct Change<Value: Hashable & Sendable>: Hashable, Sendable {
    package let from: Value
    package let to: Value
  }

  package var type: EventType {
    switch self {
    case .founded: .teamFounded
    case .operatorRegistered: .operatorRegistered
    case .operatorRevised: .operatorRevised
    case .operatorArchived: .operatorArchived
    case .operatorRestored: .operatorRestored
    case .identityAdded: .identityAdded
    case .identityRemoved: .identityRemoved
    case .tokenIssued: .tokenIssued
    case .tokenRevoked: .tokenRevoked
    case .tokenUsed: .tokenUsed
    case .roleDefined: .roleDefined
    case .roleRevised: .roleRevised
    case .roleRemoved: .roleRemoved
    case .roleGranted: .roleGranted
    case .grantRevoked: .grantRevoked
    }
  }

  package func event(cause: Int? = nil) -> Event {
    Event(type, data: data, cause: cause)
  }
}

// MARK: - Writing

extension TeamChange {
  private var data: JSON {
    switch self {
    case .founded(let founding): founding.json
    case .operatorRegistered(let id, let name, let kind, let language):
      [
        "operator": id.json, "name": .string(name), "kind": .string(kind.rawValue),
        "language": .string(language),
      ]
    case .operatorRevised(let id, let name, let language):
      .object(
        [
          "operator": id.json, "name": name.map { $0.json { .string($0) } },
          "language": language.map { $0.json { .string($0) } },
        ].compactMapValues { $0 })
    case .operatorArchived(let id), .operatorRestored(let id): ["operator": id.json]
    case .identityAdded(let identity, let id), .identityRemoved(let identity, let id):
      .object(["operator": id.json].merging(identity.members) { $1 })
    case .tokenIssued(let id, let draft): .object(["token": id.json].merging(draft.members) { $1 })
    case .tokenRevoked(let id, let holder), .tokenUsed(let id, let holder):
      ["token": id.json, "operator": holder.json]
    case .roleDefined(let id, let draft): .object(["role": id.json].merging(draft.members) { $1 })
    case .roleRevised(let id, let name, let texts):
      .object(
        [
          "role": id.json, "name": name.map { $0.json { .string($0) } },
          "permissions": texts.map { $0.json { .array($0.map(JSON.string)) } },
        ].compactMapValues { $0 })
    case .roleRemoved(let id, let name): ["role": id.json, "name": .string(name)]
    case .roleGranted(let id, let draft): .object(["grant": id.json].merging(draft.members) { $1 })
    case .grantRevoked(let id, let holder, let role):
      ["grant": id.json, "operator": holder.json, "role": role.json]
    }
  }
}

// MARK: - Reading

extension TeamChange {
  /// Nil where the type is another, or the data is not what such an event has.
  package init?(_ type: EventType, _ data: JSON?) {
    guard let data else { return nil }
    let holder = OperatorID(json: data["operator"])
    let role = RoleID(json: data["role"])
    let name = data["name"]
    let change: TeamChange? =
      switch type {
      case .teamFounded: Founding(json: data).map { .founded($0) }
      case .operatorRegistered: Self.registered(holder, data)
      case .operatorRevised:
        holder.map {
          .operatorRevised(
            $0, name: Change(name, \.string), language: Change(data["language"], \.string))
        }
      case .operatorArchived: holder.map { .operatorArchived($0) }
      case .operatorRestored: holder.map { .operatorRestored($0) }
      case .identityAdded: Self.identity(holder, data) { .identityAdded($0, $1) }
      case .identityRemoved: Self.identity(holder, data) { .identityRemoved($0, $1) }
      case .tokenIssued: Self.issued(data)
      case .tokenRevoked: Self.token(holder, data) { .tokenRevoked($0, $1) }
      case .tokenUsed: Self.token(holder, data) { .tokenUsed($0, $1) }
      case .roleDefined:
        role.flatMap { id in RoleDraft(json: data).map { .roleDefined(id, $0) } }
      case .roleRevised:
        role.map {
          .roleRevised(
            $0, name: Change(name, \.string), texts: Change(data["permissions"], \.texts))
        }
      case .roleRemoved:
        role.flatMap { id in name?.string.map { .roleRemoved(id, name: $0) } }
      case .roleGranted:
        GrantID(json: data["grant"]).flatMap { id in
          GrantDraft(json: data).map { .roleGranted(id, $0) }
        }
      case .grantRevoked:
        Self.revoked(GrantID(json: data["grant"]), holder, role)
      default: nil
      }
    guard let change else { return nil }
    self = change
  }

  private static func registered(_ id: OperatorID?, _ data: JSON) -> Self? {
    guard let id, let name = data["name"]?.string, let language = data["language"]?.string,
      let kind = data["kind"]?.string.flatMap(Operator.Kind.init)
    else { return nil }
    return .operatorRegistered(id, name: name, kind: kind, language: language)
  }

  private static func identity(
    _ holder: OperatorID?, _ data: JSON, _ make: (Identity, OperatorID) -> Self
  ) -> Self? {
    guard let holder, let identity = Identity(json: data) else { return nil }
    return make(identity, holder)
  }

  private static func issued(_ data: JSON) -> Self? {
    guard let id = TokenID(json: data["token"]), let draft = TokenDraft(json: data) else {
      return nil
    }
    return .tokenIssued(id, draft)
  }

  private static func token(
    _ holder: OperatorID?, _ data: JSON, _ make: (TokenID, OperatorID) -> Self
  ) -> Self? {
    guard let holder, let id = TokenID(json: data["token"]) else { return nil }
    return make(id, holder)
  }

  private static func revoked(_ id: GrantID?, _ holder: OperatorID?, _ role: RoleID?) -> Self? {
    guard let id, let holder, let role else { return nil }
    return .grantRevoked(id, holder, role)
  }
}

extension TeamChange.Change {
  init?(_ from: Value, _ to: Value) {
    guard from != to else { return nil }
    self.init(from: from, to: to)
  }

  fileprivate init?(_ json: JSON?, _ read: (JSON) -> Value?) {
    guard let from = json?["from"].flatMap(read), let to = json?["to"].flatMap(read) else {
      return nil
    }
    self.init(from: from, to: to)
  }

  fileprivate func json(_ write: (Value) -> JSON) -> JSON {
    .object(["from": write(from), "to": write(to)])
  }
}

extension JSON {
  /// An array of nothing but texts.
  var texts: [String]? {
    guard let elements = array else { return nil }
    let texts = elements.compactMap(\.string)
    return texts.count == elements.count ? texts : nil
  }
}

extension RawRepresentable where RawValue == Int32 {
  var json: JSON { .int(Int64(rawValue)) }

  /// A number from 1 on.
  init?(json: JSON?) {
    guard let number = json?.int.flatMap(Int32.init(exactly:)), number > 0 else { return nil }
    self.init(rawValue: number)
  }
}
