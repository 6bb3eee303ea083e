extension Team {
  /// Whether a change can follow what the team is; one read from a damaged row may not.
  func fits(_ change: TeamChange) -> Bool {
    switch change {
    case .founded: !isFounded && operators.isEmpty
    case .operatorRegistered(let id, _, _, _): Int(id.rawValue) == operators.count + 1
    case .operatorRevised(let id, _, _), .operatorArchived(let id), .operatorRestored(let id),
      .identityAdded(_, let id), .identityRemoved(_, let id):
      self[id] != nil
    case .tokenIssued(let id, let draft):
      Int(id.rawValue) == tokens.count + 1 && self[draft.holder] != nil
    case .tokenRevoked(let id, _), .tokenUsed(let id, _): self[id] != nil
    case .roleDefined(let id, _): Int(id.rawValue) == roles.count + 1
    case .roleRevised(let id, _, _), .roleRemoved(let id, _): self[id] != nil
    case .roleGranted(let id, let draft):
      Int(id.rawValue) == grants.count + 1 && self[draft.holder] != nil && self[draft.role] != nil
    case .grantRevoked(let id, _, _): self[id] != nil
    }
  }

  /// Applies what has happened; never refuses.
  mutating func evolve(_ change: TeamChange, at time: Timestamp, seq: Int64) {
    if case .tokenUsed(let id, _) = change {
      tokens[id.index].used = time
      return
    }
    changed = seq
    switch change {
    case .founded(let founding):
      found(founding)
    case .operatorRegistered(let id, let name, let kind, let language):
      operators.append(Operator(id: id, name: name, language: language, kind: kind))
    case .operatorRevised(let id, let name, let language):
      operators[id.index].revision += 1
      if let name { operators[id.index].name = name.to }
      if let language { operators[id.index].language = language.to }
    case .operatorArchived(let id):
      operators[id.index].revision += 1
      operators[id.index].isArchived = true
    case .operatorRestored(let id):
      operators[id.index].revision += 1
      operators[id.index].isArchived = false
    case .identityAdded(let identity, let id):
      operators[id.index].revision += 1
      add(identity, to: id)
    case .identityRemoved(let identity, let id):
      operators[id.index].revision += 1
      remove(identity, from: id)
    case .tokenIssued(let id, let draft):
      tokens.append(
        Token(
          id: id, holder: draft.holder, digest: draft.digest, name: draft.name,
          expires: draft.expires, uid: draft.uid, issued: time))
      digests[draft.digest] = id
    case .tokenRevoked(let id, _):
      tokens[id.index].isRevoked = true
    case .tokenUsed:
      break
    case .roleDefined(let id, let draft):
      roles.append(Role(id: id, name: draft.name, texts: draft.texts))
    case .roleRevised(let id, let name, let texts):
      roles[id.index].revision += 1
      if let name { roles[id.index].name = name.to }
      if let texts { roles[id.index].texts = texts.to }
    case .roleRemoved(let id, _):
      roles[id.index].revision += 1
      roles[id.index].isRemoved = true
    case .roleGranted(let id, let draft):
      grants.append(
        Grant(
          id: id, holder: draft.holder, role: draft.role, categories: draft.categories,
          until: draft.until))
    case .grantRevoked(let id, _, _):
      grants[id.index].isRevoked = true
    }
  }

  private mutating func found(_ founding: Founding) {
    let owner = OperatorID(1)
    operators = [
      Operator(id: owner, name: founding.name, language: founding.language, kind: .person)
    ]
    if let uid = founding.uid { add(.uid(uid), to: owner) }
    for (index, draft) in founding.roles.enumerated() {
      roles.append(Role(id: RoleID(Int32(index + 1)), name: draft.name, texts: draft.texts))
    }
    grants = [Grant(id: GrantID(1), holder: owner, role: .owner, categories: nil, until: nil)]
  }

  private mutating func add(_ identity: Identity, to id: OperatorID) {
    switch identity {
    case .uid(let uid):
      operators[id.index].uids.append(uid)
      uids[uid] = id
    case .subject(let subject):
      operators[id.index].subjects.append(subject)
      subjects[subject] = id
    }
  }

  private mutating func remove(_ identity: Identity, from id: OperatorID) {
    switch identity {
    case .uid(let uid):
      operators[id.index].uids.removeAll { $0 == uid }
      if uids[uid] == id { uids[uid] = nil }
    case .subject(let subject):
      operators[id.index].subjects.removeAll { $0 == subject }
      if subjects[subject] == id { subjects[subject] = nil }
    }
  }
}

extension RawRepresentable where RawValue == Int32 {
  fileprivate var index: Int { Int(rawValue) - 1 }
}
