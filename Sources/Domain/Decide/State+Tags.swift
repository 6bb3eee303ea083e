import HashTreeCollections

extension State {
  func create(_ draft: TagDraft, limits: Limits) throws(Problem) -> Event {
    let name = try TagName(draft.name, limit: limits.nameLength)
    try refuseTaken(name, except: nil)
    var data: [String: JSON] = ["name": .string(name.text), "color": draft.color.json]
    for (field, value) in try Self.texts(
      criterion: draft.criterion, followUp: draft.followUp, set: draft.set, ends: draft.ends)
    {
      if let value { data[field] = .string(value) }
    }
    return Event(.tagCreated, tag: TagID(Int32(tags.count + 1)), data: .object(data))
  }

  /// Creates the tags whose names are free; the others count as unchanged.
  func adopt(_ drafts: [TagDraft], limits: Limits) throws(Problem) -> Decision {
    var decision = Decision()
    var scratch = self
    for draft in drafts {
      let key = try TagName(draft.name, limit: limits.nameLength).key
      if scratch.names[key] != nil {
        decision.unchanged += 1
        continue
      }
      let event = try scratch.create(draft, limits: limits)
      scratch.evolve(event, at: Timestamp(microseconds: 0))
      decision.events.append(event)
    }
    return decision
  }

  /// One event for each kind of change; what is as asked already leaves none.
  func revise(
    _ id: TagID, _ changes: TagChanges, revision: Int64?, limits: Limits
  ) throws(Problem) -> Decision {
    let tag = try listed(id)
    try tag.refuseOther(revision)
    var events: [Event] = []
    if let raw = changes.name {
      let name = try TagName(raw, limit: limits.nameLength)
      if name.text != tag.name.text {
        try refuseTaken(name, except: tag.id)
        events.append(
          Event(.tagRenamed, tag: tag.id, data: Self.change(tag.name.text, name.text)))
      }
    }
    if let color = changes.color, color != tag.color {
      events.append(Self.recolored(tag, color))
    }
    let before = [
      "criterion": tag.criterion, "follow_up": tag.followUp, "set": tag.set, "ends": tag.ends,
    ]
    var revised: [String: JSON] = [:]
    for (field, value) in try Self.texts(
      criterion: changes.criterion, followUp: changes.followUp, set: changes.set,
      ends: changes.ends)
    where value != before[field]! {
      if field == "set", let value { try refuseConflict(tag, joining: NameKey(value)) }
      revised[field] = Self.change(before[field]!, value)
    }
    if !revised.isEmpty { events.append(Event(.tagRevised, tag: tag.id, data: .object(revised))) }
    return Decision(events: events, unchanged: events.isEmpty ? 1 : 0)
  }

  /// Those who go by a criterion have to be told why it is another (T2); a first one explains itself.
  func refuseUnexplained(_ events: [Event], reason: String?) throws(Problem) {
    let changesOne = events.contains { event in
      event.data?["criterion"].map { $0["from"]?.isNull == false } ?? false
    }
    guard !changesOne || reason?.isEmpty == false else { throw .reasonMissing }
  }

  func recolor(category: String, _ color: TagColor) throws(Problem) -> Decision {
    let found = tags(inCategory: category)
    guard !found.isEmpty else { throw .categoryEmpty(category) }
    let events = found.filter { $0.color != color }.map { Self.recolored($0, color) }
    return Decision(events: events, unchanged: found.count - events.count)
  }

  func archive(_ id: TagID) throws(Problem) -> Decision {
    let tag = try listed(id)
    guard tag.status == .active else { return Decision(events: [], unchanged: 1) }
    return Decision(events: [Event(.tagArchived, tag: tag.id)])
  }

  func restore(_ id: TagID) throws(Problem) -> Decision {
    let tag = try listed(id)
    guard tag.status == .archived else { return Decision(events: [], unchanged: 1) }
    return Decision(events: [Event(.tagRestored, tag: tag.id)])
  }

  func delete(_ id: TagID, customers: Int) throws(Problem) -> Decision {
    let tag = try listed(id)
    let actual = members(of: tag.id).count
    guard customers == actual else {
      throw .tagCustomersMiscounted(tag.id, given: customers, actual: actual)
    }
    let data: JSON = .object([
      "name": .string(tag.name.text), "customers": .int(Int64(actual)),
    ])
    return Decision(events: [Event(.tagDeleted, tag: tag.id, data: data)])
  }

  // MARK: Merging

  /// The event stays small: who had what before is in the log already.
  func merge(
    _ source: TagID, into target: TagID, name: MergedName, revisions: MergeRevisions
  ) throws(Problem) -> Decision {
    let from = try listed(source)
    let to = try current(target)
    guard from.id != to.id else {
      throw .tagMergedIntoItself(from.id, name: from.name.text)
    }
    try to.refuseArchived()
    try from.refuseOther(revisions.source)
    try to.refuseOther(revisions.target)
    let moved = members(of: from.id).subtracting(members(of: to.id))
    let data: JSON = .object([
      "into": .int(Int64(to.id.rawValue)), "moved": .int(Int64(moved.count)),
      "collapsed": .int(Int64(members(of: from.id).count - moved.count)),
      "name": .string(name.rawValue), "was": .string(from.name.text),
    ])
    var events = [Event(.tagMerged, tag: from.id, data: data)]
    for rival in rivals(of: to) where rival.tag.id != from.id {
      for customer in rival.members.intersection(moved) {
        events.append(rival.displaced(from: customer, by: to, cause: 0))
      }
    }
    return Decision(events: events)
  }

  // MARK: Parts

  /// The tag that a number means now, where it has not been deleted.
  func listed(_ id: TagID) throws(Problem) -> CustomerTag {
    try current(id)
  }

  /// The tag that a number means now, where it may be applied.
  func applicable(_ id: TagID) throws(Problem) -> CustomerTag {
    let tag = try current(id)
    try tag.refuseArchived()
    return tag
  }

  /// A tag may take back its own alias, and change the spelling of its own name.
  private func refuseTaken(_ name: TagName, except own: TagID?) throws(Problem) {
    guard let holder = tag(named: name.key), holder.id != own else { return }
    let isAlias = holder.name.key != name.key
    throw holder.status == .archived
      ? .tagNameArchived(name.text, by: holder.id, asAlias: isAlias)
      : .tagNameTaken(name.text, by: holder.id, asAlias: isAlias)
  }

  /// In a set a customer holds one tag at a time, so that must be true before a tag joins it.
  private func refuseConflict(_ tag: CustomerTag, joining set: NameKey) throws(Problem) {
    for other in tags(inSet: set) where other.id != tag.id {
      let both = members(of: other.id).intersection(members(of: tag.id)).count
      guard both == 0 else { throw .tagSetConflict(tag.id, with: other.id, customers: both) }
    }
  }

  private static func recolored(_ tag: CustomerTag, _ color: TagColor) -> Event {
    Event(
      .tagRecolored, tag: tag.id, data: .object(["from": tag.color.json, "to": color.json]))
  }

  static func change(_ from: String?, _ to: String?) -> JSON {
    .object(["from": from.map(JSON.string) ?? .null, "to": to.map(JSON.string) ?? .null])
  }

  /// The texts of a tag that are given, trimmed and checked; an empty one becomes nil.
  private static func texts(
    criterion: String?, followUp: String?, set: String?, ends: String?
  ) throws(Problem) -> [(field: String, value: String?)] {
    var texts: [(String, String?)] = []
    for (field, raw, limit) in [
      ("criterion", criterion, 1000), ("follow_up", followUp, 1000), ("set", set, 50),
      ("ends", ends, 10),
    ] {
      guard let raw else { continue }
      let text = raw.trimmed
      try check(text, field, limit: limit)
      if field == "ends", !text.isEmpty, !Timestamp.isDate(text) {
        throw .dateUnreadable(text)
      }
      texts.append((field, text.isEmpty ? nil : text))
    }
    return texts
  }
}

extension CustomerTag {
  func refuseArchived() throws(Problem) {
    guard status == .active else { throw .tagArchived(id) }
  }

  func refuseOther(_ revision: Int64?) throws(Problem) {
    guard let revision, revision != self.revision else { return }
    throw .tagRevisionChanged(id, expected: revision, actual: self.revision)
  }
}

extension String {
  /// Without white space at either end.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }) else { return "" }
    let last = lastIndex { !$0.isWhitespace }!
    return String(self[first...last])
  }
}
