extension State {
  /// Says who a caller is, in this state and at that moment.
  ///
  /// - Throws: `callerUnknown` for who is nobody in the team; `credentialRefused` for a token that
  ///   does not hold, or not here.
  package func identify(_ caller: Caller, at time: Timestamp) throws(Problem) -> Actor {
    switch caller {
    case .system:
      return .system
    case .rule(let id, let version):
      return .rule(id, version: version)
    case .local(let uid):
      // Nobody's uid is everybody's, so it is never that of one of the team.
      if uid != Caller.nobodyUID, let id = team.holder(ofUID: uid), let holder = team[id],
        !holder.isArchived
      {
        return Actor(id, via: .local, credential: Int64(uid))
      }
      if uid == 0 { return .local(uid: 0) }
      throw .callerUnknown(ask: team.managers(at: time))
    case .token(let digest, let uid):
      let token = try holdingToken(digest, uid: uid, at: time)
      return Actor(token.holder, via: .token, credential: Int64(token.id.rawValue))
    case .asserted(let subject, let proxy):
      guard let id = team.holder(ofSubject: subject), let holder = team[id], !holder.isArchived
      else { throw .callerUnknown(ask: team.managers(at: time)) }
      return Actor(id, via: .proxy, credential: Int64(proxy))
    }
  }

  private func holdingToken(
    _ digest: TokenDigest, uid: UInt32, at time: Timestamp
  ) throws(Problem) -> Token {
    guard let token = team.token(digest) else { throw .credentialRefused(.unknown) }
    guard !token.isRevoked else { throw .credentialRefused(.revoked) }
    guard token.isValid(at: time) else { throw .credentialRefused(.expired) }
    guard team[token.holder]?.isArchived == false else { throw .credentialRefused(.archived) }
    if let bound = token.uid, bound != uid { throw .credentialRefused(.otherUser) }
    // Who is somebody in the team acts as themselves; a token found lying about makes them nobody else.
    if uid != 0, let other = team.holder(ofUID: uid), other != token.holder {
      throw .credentialRefused(.otherOperator)
    }
    return token
  }

  /// What an actor may do at that moment.
  package func powers(of actor: Actor, at time: Timestamp) -> Powers {
    switch actor.via {
    case .system, .rule: return .everything
    case .local where actor.name == Self.rootName: return .everything
    case .local, .token, .proxy:
      guard let id = actor.operator else { return .none }
      return team.powers(of: id, at: time)
    }
  }

  private static let rootName = Actor.local(uid: 0).name
}

extension Actor {
  fileprivate init(_ id: OperatorID, via: Via, credential: Int64) {
    self.init(name: "operator:\(id.rawValue)", via: via, credential: credential)
  }

  /// The operator whose number stands in the name.
  package var `operator`: OperatorID? {
    guard name.hasPrefix("operator:"),
      let number = Int32(name[name.utf8.index(name.startIndex, offsetBy: 9)...])
    else { return nil }
    return OperatorID(number)
  }
}
