extension Undoing {
  /// A tag that the command merged away or deleted is listed again; one that it took out of a merge
  /// goes back into it.
  mutating func bringBack(_ id: TagID) throws(Problem) {
    guard let was = before.tag(id), let left = after.tag(id), let present = now.tag(id),
      was.isListed != left.isListed
    else { return }
    guard touch(id, .existence) == nil, present.status.isGone == left.status.isGone else {
      return leave(.tag(id), .changed(touch(id, .existence)))
    }
    switch (was.status, left.status) {
    case (_, .merged(let target)):
      try unmerge(present, from: target)
    case (_, .deleted):
      try restore(present, aliases: was.aliases)
    case (.merged(let target), _):
      try merge(present, into: target)
    default:
      // What the command has created goes last, when nobody has it any more.
      return
    }
  }

  private mutating func unmerge(_ tag: CustomerTag, from target: TagID) throws(Problem) {
    if let holder = state.tag(named: tag.name.key),
      !holder.aliases.contains(where: { $0.key == tag.name.key })
    {
      return leave(.tag(tag.id), .nameTaken(by: holder.id))
    }
    // An alias that somebody has made a name of meanwhile stays one.
    let aliases = before.tag(tag.id)!.aliases.filter { alias in
      guard let holder = state.tag(named: alias.key) else { return false }
      return holder.aliases.contains { $0.key == alias.key }
    }
    let data: JSON = .object([
      "from": .int(Int64(target.rawValue)), "name": .string(tag.name.text),
      "aliases": .array(aliases.map { .string($0.text) }),
    ])
    try record(Event(.tagUnmerged, tag: tag.id, data: data))
  }

  private mutating func restore(_ tag: CustomerTag, aliases: [TagName]) throws(Problem) {
    if let holder = state.tag(named: tag.name.key) {
      return leave(.tag(tag.id), .nameTaken(by: holder.id))
    }
    let free = aliases.filter { state.tag(named: $0.key) == nil }
    var data: [String: JSON] = ["name": .string(tag.name.text)]
    if !free.isEmpty { data["aliases"] = .array(free.map { .string($0.text) }) }
    try record(Event(.tagRestored, tag: tag.id, data: .object(data)))
  }

  private mutating func merge(_ tag: CustomerTag, into id: TagID) throws(Problem) {
    guard let target = state.tag(id), target.isListed,
      now.members(of: tag.id) == after.members(of: tag.id), touch(tag.id, .name) == nil
    else { return leave(.tag(tag.id), .changed(touch(id, .existence) ?? touch(tag.id, .name))) }
    let isAlias = before.tag(id)?.aliases.contains { $0.key == tag.name.key } ?? false
    let moved = state.members(of: tag.id).subtracting(state.members(of: id))
    let collapsed = state.members(of: tag.id).count - moved.count
    let displaced = state.rivals(of: target).filter { $0.tag.id != tag.id }
    let data: JSON = .object([
      "into": .int(Int64(id.rawValue)), "moved": .int(Int64(moved.count)),
      "collapsed": .int(Int64(collapsed)),
      "name": .string((isAlias ? MergedName.alias : .released).rawValue),
      "was": .string(tag.name.text),
    ])
    try record(Event(.tagMerged, tag: tag.id, data: data))
    for rival in displaced {
      for customer in rival.members.intersection(moved) {
        try record(rival.displaced(from: customer, by: target, cause: nil))
      }
    }
  }

  /// A tag that the command created, or took out of a deletion, goes where nobody else uses it.
  mutating func delete(_ id: TagID) throws(Problem) {
    guard let left = after.tag(id), left.isListed, before.tag(id).map(\.status.isDeleted) ?? true
    else { return }
    // One that has been deleted since is as it is to be.
    guard let present = state.tag(id), !present.status.isDeleted else { return }
    let touches = Touched.Aspect.allCases.compactMap { touch(id, $0) }
    let last = touches.max { $0.seq < $1.seq }
    guard last == nil, present.isListed else { return leave(.tag(id), .changed(last)) }
    let count = state.members(of: id).count
    guard count == 0 else { return leave(.tag(id), .tagInUse(customers: count)) }
    try record(
      Event(
        .tagDeleted, tag: id,
        data: .object(["name": .string(present.name.text), "customers": .int(0)])))
  }

  // MARK: What a tag is like

  mutating func revise(_ id: TagID) throws(Problem) {
    guard let was = before.tag(id), let left = after.tag(id), let present = now.tag(id),
      state.tag(id)?.isListed == true
    else { return }
    if was.isListed && left.isListed { try rename(was, left, present) }
    if was.color != left.color {
      if present.color == left.color, touch(id, .color) == nil {
        try record(
          Event(
            .tagRecolored, tag: id,
            data: .object(["from": present.color.json, "to": was.color.json])))
      } else {
        leave(.tag(id), .changed(touch(id, .color)))
      }
    }
    try reviseTexts(was, left, present)
    try archive(was, left, present)
  }

  private mutating func rename(_ was: CustomerTag, _ left: CustomerTag, _ present: CustomerTag)
    throws(Problem)
  {
    guard was.name.text != left.name.text else { return }
    guard present.name.text == left.name.text, touch(was.id, .name) == nil else {
      return leave(.tag(was.id), .changed(touch(was.id, .name)))
    }
    if let holder = state.tag(named: was.name.key), holder.id != was.id {
      return leave(.tag(was.id), .nameTaken(by: holder.id))
    }
    var data = ["from": JSON.string(left.name.text), "to": .string(was.name.text)]
    // A tag that had taken its own alias for a name has it as an alias again.
    if was.aliases.contains(where: { $0.key == left.name.key }) { data["alias"] = .bool(true) }
    try record(Event(.tagRenamed, tag: was.id, data: .object(data)))
  }

  private mutating func reviseTexts(
    _ was: CustomerTag, _ left: CustomerTag, _ present: CustomerTag
  ) throws(Problem) {
    let fields: [(String, Touched.Aspect, KeyPath<CustomerTag, String?>)] = [
      ("criterion", .criterion, \.criterion), ("follow_up", .followUp, \.followUp),
      ("set", .set, \.set), ("ends", .ends, \.ends),
    ]
    var revised: [String: JSON] = [:]
    for (field, aspect, path) in fields where was[keyPath: path] != left[keyPath: path] {
      guard present[keyPath: path] == left[keyPath: path], touch(was.id, aspect) == nil else {
        leave(.tag(was.id), .changed(touch(was.id, aspect)))
        continue
      }
      if field == "set", let set = was.setKey, let rival = conflict(was.id, joining: set) {
        leave(.tag(was.id), .setHeld(rival))
        continue
      }
      revised[field] = State.change(present[keyPath: path], was[keyPath: path])
    }
    if !revised.isEmpty { try record(Event(.tagRevised, tag: was.id, data: .object(revised))) }
  }

  /// Another tag of a set that somebody has beside this one.
  private func conflict(_ id: TagID, joining set: NameKey) -> TagID? {
    let members = state.members(of: id)
    return state.tags(inSet: set).first {
      $0.id != id && !state.members(of: $0.id).intersection(members).isEmpty
    }?.id
  }

  private mutating func archive(_ was: CustomerTag, _ left: CustomerTag, _ present: CustomerTag)
    throws(Problem)
  {
    guard was.isListed, was.status != left.status else { return }
    if left.isListed, present.status != left.status || touch(was.id, .archived) != nil {
      return leave(.tag(was.id), .changed(touch(was.id, .archived)))
    }
    guard state.tag(was.id)?.status != was.status else { return }
    try record(Event(was.status == .archived ? .tagArchived : .tagRestored, tag: was.id))
  }
}

extension CustomerTag.Status {
  fileprivate var isDeleted: Bool { self == .deleted }

  /// What it has become, where archived and active count as one.
  fileprivate var isGone: Self? {
    switch self {
    case .active, .archived: nil
    case .deleted, .merged: self
    }
  }
}
