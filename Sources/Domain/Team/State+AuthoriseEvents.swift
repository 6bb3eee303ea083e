extension State {
  /// Throws where the powers are not enough for what a command would record.
  ///
  /// One command can reach further than it says: a set makes another tag leave, a rename moves a tag
  /// into another category, an import creates tags, and a grant hands something out.
  ///
  /// - Parameter isImport: rows of a file may register and revise customers with `customers:import`.
  package func authorise(
    _ events: [Event], by actor: Actor, with powers: Powers, isImport: Bool, at time: Timestamp
  ) throws(Problem) {
    if powers.lasting == .everything && actor.operator == nil { return }
    var check = EventCheck(actor: actor, powers: powers, time: time)
    check.isImport = isImport
    for event in events {
      if let later = check.later {
        try check.take(event, in: later)
      } else {
        try check.take(event, in: self)
      }
    }
  }
}

/// Goes through the events of one command; what was asked last is not asked again, since the events
/// of a bulk command differ in the customer alone.
private struct EventCheck {
  /// As it is when the next event is recorded; nil while that differs in nothing that is asked here.
  private(set) var later: State?
  let actor: Actor
  let powers: Powers
  let time: Timestamp
  var isImport = false
  private var last: (type: EventType, tag: TagID?)?
  private var allowed: Set<Pair> = []
  /// The categories of tags that come into being with these events.
  private var categories: [TagID: String?] = [:]

  private struct Pair: Hashable {
    let type: EventType
    let tag: TagID?
  }

  init(actor: Actor, powers: Powers, time: Timestamp) {
    self.actor = actor
    self.powers = powers
    self.time = time
  }

  mutating func take(_ event: Event, in state: State) throws(Problem) {
    switch event.type {
    case .tagCreated, .tagRenamed, .tagMerged, .tagUnmerged:
      try takeNaming(event, in: state)
    case .noticeAcknowledged:
      guard OperatorID(json: event.data?["operator"]) != actor.operator else { return }
      try need(.teamManage, nil, in: state)
    case .teamFounded, .operatorRegistered, .operatorRevised, .operatorArchived,
      .operatorRestored, .identityAdded, .identityRemoved, .tokenIssued, .tokenRevoked,
      .tokenUsed, .roleDefined, .roleRevised, .roleRemoved, .roleGranted, .grantRevoked,
      .commandRefused:
      try takeTeam(event, in: state)
    case .workTaken, .workDone, .workSkipped, .workReopened:
      try state.authoriseWork(event, by: actor, with: powers, at: time)
    default:
      if let last, last.type == event.type, last.tag == event.tag { return }
      last = (event.type, event.tag)
      guard allowed.insert(Pair(type: event.type, tag: event.tag)).inserted else { return }
      try need(Self.permission(event.type, isImport: isImport), event.tag, in: state)
    }
  }

  private static func permission(_ type: EventType, isImport: Bool) -> Permission {
    switch type {
    case .tagRecolored, .tagRevised: .tagsRevise
    case .tagArchived, .tagRestored: .tagsArchive
    case .tagDeleted: .tagsDelete
    case .tagApplied, .tagDetailed, .historyReopened: .tagsApply
    case .tagRemoved: .tagsRemove
    case .customerRegistered, .customerRevised: isImport ? .customersImport : .customersWrite
    case .customerMerged, .customerUnmerged: .customersWrite
    case .customerErased: .customersErase
    case _ where type.isOfFacts: .factsWrite
    case .mappingSaved, .mappingRemoved: .customersImport
    case .ruleCreated, .ruleRevised, .ruleEnabled, .ruleDisabled, .ruleRemoved, .ruleResumed:
      .rulesWrite
    case .segmentCreated, .segmentRevised, .segmentRemoved, .segmentRestored, .rfmConfigured:
      .segmentsWrite
    // What has no line of its own is for those who may do anything.
    default: .serviceManage
    }
  }

  private mutating func takeNaming(_ event: Event, in state: State) throws(Problem) {
    func category(_ member: String) -> String? {
      event.data?[member]?.string.flatMap { TagName(recorded: $0).category }
    }
    switch event.type {
    case .tagCreated:
      let category = category("name")
      categories[event.tag!] = .some(category)
      try state.authorise(powers, .tagsCreate, for: .category(category), at: time)
    case .tagRenamed:
      try need(.tagsRename, event.tag, in: state)
      try state.authorise(powers, .tagsRename, for: .category(category("to")), at: time)
    default:
      try need(.tagsMerge, event.tag, in: state)
      try need(.tagsMerge, event.data?.otherEnd.map { TagID($0) }, in: state)
    }
  }

  private func need(
    _ permission: Permission, _ tag: TagID?, in state: State
  ) throws(Problem) {
    guard let tag else { return try state.authorise(powers, permission, for: .all, at: time) }
    let reach = categories[tag].map { Reach.category($0) } ?? .tag(tag)
    try state.authorise(powers, permission, for: reach, at: time)
  }

  // MARK: The team

  private mutating func takeTeam(_ event: Event, in state: State) throws(Problem) {
    guard let change = TeamChange(event.type, event.data) else {
      return try state.authorise(powers, .serviceManage, for: .all, at: time)
    }
    try state.authorise(powers, .teamManage, for: .all, at: time)
    try refuseBeyondOwn(change, in: state)
    var later = state
    later.evolve(event, at: time)
    self.later = later
  }

  /// Nobody hands out what they do not hold themselves, without limit of category or time.
  private func refuseBeyondOwn(_ change: TeamChange, in state: State) throws(Problem) {
    let given: PermissionSet
    switch change {
    case .roleGranted(_, let draft):
      given = state.team[draft.role]?.permissions ?? []
    case .roleDefined(_, let draft):
      given = PermissionSet(texts: draft.texts)
    case .roleRevised(let id, _, let texts):
      // Only what is added: taking away hands nothing out.
      let before = state.team[id]?.permissions ?? []
      given = texts.map { PermissionSet(texts: $0.to).subtracting(before) } ?? []
    case .tokenIssued(_, let draft):
      try refuseOutlasting(draft.expires, in: state)
      given = sum(draft.holder, in: state)
    case .identityAdded(_, let id):
      try refuseOutlasting(nil, in: state)
      given = sum(id, in: state)
    case .operatorRestored(let id):
      given = sum(id, in: state)
    default:
      return
    }
    let beyond = given.subtracting(powers.lasting)
    guard beyond.isEmpty else { throw Problem.beyondOwn(beyond) }
  }

  /// What an operator holds or would hold; of oneself nothing is beyond one's own.
  private func sum(_ id: OperatorID, in state: State) -> PermissionSet {
    actor.operator == id ? [] : state.team.grantedPowers(of: id, at: time).sum
  }

  /// A token that ends must not leave behind a way in that does not.
  private func refuseOutlasting(_ expires: Timestamp?, in state: State) throws(Problem) {
    guard actor.via == .token, let number = actor.credential,
      let own = state.team[TokenID(Int32(number))]?.expires
    else { return }
    guard let expires, expires <= own else { throw .tokenOutlasts(own) }
  }
}

extension Problem {
  /// As the person who is refused would write them; a wildcard alone where that is all there is.
  static func beyondOwn(_ set: PermissionSet) -> Problem {
    let permissions = set.permissions.map(\.rawValue)
    let wildcards = PermissionSet.texts.filter { text in
      text.hasSuffix("*") && PermissionSet.covered(by: text).map(set.isSuperset) ?? false
    }
    return .teamBeyondOwn(
      permissions.isEmpty ? (wildcards.isEmpty ? ["*"] : wildcards) : permissions)
  }
}
