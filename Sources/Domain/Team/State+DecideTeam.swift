extension State {
  /// The events that follow from a command about the team, or the reason it is refused.
  ///
  /// Whether who asks may do it is another question, which `authorise` answers of the events.
  func decide(_ command: TeamCommand, at: Timestamp) throws(Problem) -> Decision {
    switch command {
    case .found(let founding):
      guard !team.isFounded else { return .changes([]) }
      return .changes([.founded(founding)])
    case .registerOperator(let draft): return try register(draft)
    case .reviseOperator(let id, let name, let language, let revision):
      return try revise(id, name: name, language: language, revision: revision)
    case .archiveOperator(let id):
      let holder = try self.operator(id)
      return .changes(holder.isArchived ? [] : [.operatorArchived(id)])
    case .restoreOperator(let id):
      let holder = try self.operator(id)
      return .changes(holder.isArchived ? [.operatorRestored(id)] : [])
    case .addIdentity(let identity, let id):
      return try add(identity, to: try presentOperator(id))
    case .removeIdentity(let identity, let id):
      let holder = try self.operator(id)
      return .changes(holder.isKnown(by: identity) ? [.identityRemoved(identity, id)] : [])
    case .issueToken(let draft): return try issue(draft, at: at)
    case .revokeToken(let id):
      guard let token = team[id] else { throw .tokenNotFound("\(id.rawValue)") }
      return .changes(token.isRevoked ? [] : [.tokenRevoked(id, token.holder)])
    case .noteUse(let id):
      guard let token = team[id] else { throw .tokenNotFound("\(id.rawValue)") }
      let isNews = token.used.map { $0.date < at.date } ?? true
      return .changes(isNews ? [.tokenUsed(id, token.holder)] : [])
    case .defineRole(let draft): return try define(draft)
    case .reviseRole(let id, let name, let texts, let revision):
      return try revise(id, name: name, texts: texts, revision: revision)
    case .removeRole(let id):
      let role = try changeableRole(id)
      return .changes([.roleRemoved(id, name: role.name)])
    case .grantRole(let draft): return try grant(draft, at: at)
    case .revokeGrant(let id):
      guard let grant = team[id] else { throw .grantNotFound("\(id.rawValue)") }
      return .changes(grant.isRevoked ? [] : [.grantRevoked(id, grant.holder, grant.role)])
    }
  }

  // MARK: Operators

  private func `operator`(_ id: OperatorID) throws(Problem) -> Operator {
    guard let found = team[id] else { throw .operatorNotFound("\(id.rawValue)") }
    return found
  }

  private func presentOperator(_ id: OperatorID) throws(Problem) -> Operator {
    let found = try self.operator(id)
    guard !found.isArchived else { throw .operatorArchived(id) }
    return found
  }

  private func register(_ draft: OperatorDraft) throws(Problem) -> Decision {
    let id = OperatorID(Int32(team.operators.count + 1))
    let name = try operatorName(draft.name, of: id)
    let first = TeamChange.operatorRegistered(
      id, name: name, kind: draft.kind, language: try Self.language(draft.language))
    var decision = Decision(events: [first.event()])
    var seen: Set<Identity> = []
    for identity in draft.identities {
      let identity = try free(identity)
      guard seen.insert(identity).inserted else { continue }
      decision.events.append(TeamChange.identityAdded(identity, id).event(cause: 0))
    }
    return decision
  }

  private func revise(
    _ id: OperatorID, name: String?, language: String?, revision: Int64?
  ) throws(Problem) -> Decision {
    let holder = try self.operator(id)
    if let revision, revision != holder.revision {
      throw .operatorRevisionChanged(id, expected: revision, actual: holder.revision)
    }
    var newName: TeamChange.Change<String>?
    if let name { newName = .init(holder.name, try operatorName(name, of: id)) }
    var newLanguage: TeamChange.Change<String>?
    if let language { newLanguage = .init(holder.language, try Self.language(language)) }
    guard newName != nil || newLanguage != nil else { return .changes([]) }
    return .changes([.operatorRevised(id, name: newName, language: newLanguage)])
  }

  /// Names stand for numbers on the command line, so that no two operators have the same.
  private func operatorName(_ raw: String, of id: OperatorID) throws(Problem) -> String {
    let name = try Self.name(raw)
    if let other = team.operator(named: name), other.id != id {
      throw .operatorNameTaken(name, by: other.id)
    }
    return name
  }

  private static func name(_ raw: String) throws(Problem) -> String {
    let name: TagName
    do throws(Problem) {
      name = try TagName(raw, limit: 60)
    } catch {
      // The rules of tags' names are theirs too, but what is wrong is with no tag.
      switch error {
      case .tagNameEmpty: throw .textEmpty(field: "name")
      case .tagNameTooLong(_, let length, let limit):
        throw .textTooLong(field: "name", length: length, limit: limit)
      default: throw error
      }
    }
    // Digits alone would be taken for a number.
    guard !name.text.allSatisfy(\.isNumber) else {
      throw .parameterUnreadable(name: "name", value: name.text, expected: .nameWithLetters)
    }
    return name.text
  }

  private static func language(_ text: String) throws(Problem) -> String {
    guard StarterSet(rawValue: text) != nil else {
      throw .parameterUnreadable(name: "language", value: text, expected: "en, fr, pt")
    }
    return text
  }

  // MARK: Identities and tokens

  private func add(_ identity: Identity, to holder: Operator) throws(Problem) -> Decision {
    if holder.isKnown(by: identity) { return .changes([]) }
    return .changes([.identityAdded(try free(identity), holder.id)])
  }

  /// An identity that nobody has, archived operators included.
  private func free(_ identity: Identity) throws(Problem) -> Identity {
    switch identity {
    case .uid(let uid):
      guard uid != Caller.nobodyUID, uid != .max else {
        throw .parameterUnreadable(
          name: "uid", value: "\(uid)", expected: .user)
      }
      if let other = team.holder(ofUID: uid) { throw .identityTaken("uid \(uid)", by: other) }
      return identity
    case .subject(let raw):
      let subject = raw.trimmed
      try Self.check(subject, "subject", limit: 200)
      guard !subject.isEmpty else { throw .textEmpty(field: "subject") }
      if let other = team.holder(ofSubject: subject) { throw .identityTaken(subject, by: other) }
      return .subject(subject)
    }
  }

  private func issue(_ draft: TokenDraft, at: Timestamp) throws(Problem) -> Decision {
    _ = try presentOperator(draft.holder)
    var draft = draft
    draft.name = try Self.name(draft.name)
    try Self.refusePast(draft.expires, "expires", at: at)
    if draft.uid == Caller.nobodyUID {
      throw .parameterUnreadable(
        name: "uid", value: "\(Caller.nobodyUID)",
        expected: .user)
    }
    let id = TokenID(Int32(team.tokens.count + 1))
    return .changes([.tokenIssued(id, draft)])
  }

  private static func refusePast(
    _ time: Timestamp?, _ field: String, at: Timestamp
  ) throws(Problem) {
    guard let time, time <= at else { return }
    throw .parameterUnreadable(name: field, value: time.text, expected: .timeToCome)
  }

  // MARK: Roles and grants

  func role(_ id: RoleID) throws(Problem) -> Role {
    guard let found = team[id], !found.isRemoved else { throw .roleNotFound("\(id.rawValue)") }
    return found
  }

  private func changeableRole(_ id: RoleID) throws(Problem) -> Role {
    let found = try role(id)
    guard id != .owner else { throw .roleFixed(id) }
    return found
  }

  private func define(_ draft: RoleDraft) throws(Problem) -> Decision {
    let id = RoleID(Int32(team.roles.count + 1))
    let name = try roleName(draft.name, of: id)
    return .changes([.roleDefined(id, RoleDraft(name: name, texts: try Self.texts(draft.texts)))])
  }

  private func revise(
    _ id: RoleID, name: String?, texts: [String]?, revision: Int64?
  ) throws(Problem) -> Decision {
    let role = try changeableRole(id)
    if let revision, revision != role.revision {
      throw .roleRevisionChanged(id, expected: revision, actual: role.revision)
    }
    var newName: TeamChange.Change<String>?
    if let name { newName = .init(role.name, try roleName(name, of: id)) }
    var newTexts: TeamChange.Change<[String]>?
    if let texts { newTexts = .init(role.texts, try Self.texts(texts)) }
    guard newName != nil || newTexts != nil else { return .changes([]) }
    return .changes([.roleRevised(id, name: newName, texts: newTexts)])
  }

  private func roleName(_ raw: String, of id: RoleID) throws(Problem) -> String {
    let name = try Self.name(raw)
    if let other = team.role(named: name), other.id != id {
      throw .roleNameTaken(name, by: other.id)
    }
    return name
  }

  /// What is not known today must not be handed out today, whatever it may mean tomorrow.
  private static func texts(_ texts: [String]) throws(Problem) -> [String] {
    for text in texts where PermissionSet.covered(by: text) == nil {
      throw .permissionUnknown(text)
    }
    guard !texts.isEmpty else { throw .textEmpty(field: "permissions") }
    return Set(texts).sorted()
  }

  private func grant(_ draft: GrantDraft, at: Timestamp) throws(Problem) -> Decision {
    _ = try presentOperator(draft.holder)
    _ = try role(draft.role)
    try Self.refusePast(draft.until, "until", at: at)
    var draft = draft
    if let raw = draft.categories { draft.categories = try Self.categories(raw) }
    let id = GrantID(Int32(team.grants.count + 1))
    let wanted = Grant(
      id: id, holder: draft.holder, role: draft.role, categories: draft.categories,
      until: draft.until)
    let isThere = team.grants.contains { grant in
      grant.holder == wanted.holder && grant.role == wanted.role && grant.keys == wanted.keys
        && grant.until == wanted.until && !grant.isRevoked
    }
    return .changes(isThere ? [] : [.roleGranted(id, draft)])
  }

  /// Categories as people write them, "Status" or "Status-*", each once.
  private static func categories(_ raw: [String]) throws(Problem) -> [String] {
    var keys: Set<NameKey> = []
    var categories: [String] = []
    for text in raw {
      let bare = text.trimmed
      let name = try TagName(bare.hasSuffix("-*") ? String(bare.dropLast(2)) : bare, limit: 50)
      guard !name.text.contains("-") else {
        throw .parameterUnreadable(name: "categories", value: text, expected: "Status, Status-*")
      }
      if keys.insert(name.key).inserted { categories.append(name.text) }
    }
    guard !categories.isEmpty, categories.count <= 100 else {
      throw .parameterUnreadable(
        name: "categories", value: "\(categories.count)", expected: "1…100")
    }
    return categories
  }
}

extension Decision {
  fileprivate static func changes(_ changes: [TeamChange]) -> Decision {
    Decision(events: changes.map { $0.event() }, unchanged: changes.isEmpty ? 1 : 0)
  }
}

extension Operator {
  func isKnown(by identity: Identity) -> Bool {
    switch identity {
    case .uid(let uid): uids.contains(uid)
    case .subject(let subject): subjects.contains(subject)
    }
  }
}
