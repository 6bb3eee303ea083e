/// Which tags an act is about, for what a category may limit.
package enum Reach: Hashable, Sendable {
  /// Held for at least some tags: what is asked before it is known which.
  case some
  /// Held whatever the tag.
  case all
  case tag(TagID)
  /// A category as written; nil for tags without one.
  case category(String?)
}

extension State {
  /// Throws `permissionMissing` where the actor may not do that at that moment.
  package func authorise(
    _ actor: Actor, _ permission: Permission, for reach: Reach = .some, at time: Timestamp
  ) throws(Problem) {
    try authorise(powers(of: actor, at: time), permission, for: reach, at: time)
  }

  package func authorise(
    _ powers: Powers, _ permission: Permission, for reach: Reach, at time: Timestamp
  ) throws(Problem) {
    if powers.everywhere.contains(permission) { return }
    let (key, category): (NameKey?, () -> String?)
    switch reach {
    case .some:
      if powers.reach(permission) { return }
      throw missing(permission, .anywhere, at: time)
    case .all:
      throw missing(permission, .everywhere, at: time)
    case .tag(let id):
      let name = (try? current(id))?.name
      (key, category) = (name?.categoryKey, { name?.category })
    case .category(let name):
      (key, category) = (name.map(NameKey.init), { name })
    }
    guard powers.cover(permission, category: key) else {
      throw missing(permission, category().map { .category($0) } ?? .uncategorised, at: time)
    }
  }

  private func missing(
    _ permission: Permission, _ scope: MissingPermission.Scope, at time: Timestamp
  ) -> Problem {
    .permissionMissing(
      MissingPermission(permission, scope, givers: team.givers(of: permission, at: time)))
  }
}

/// A permission that was needed, where, and who can give it.
package struct MissingPermission: Hashable, Sendable {
  package let permission: Permission
  package let scope: Scope
  /// The names of operators who can grant it; root can always.
  package let givers: [String]

  package enum Scope: Hashable, Sendable {
    case anywhere
    case everywhere
    case category(String)
    case uncategorised
  }

  package init(_ permission: Permission, _ scope: Scope = .anywhere, givers: [String] = []) {
    self.permission = permission
    self.scope = scope
    self.givers = givers
  }
}

// MARK: - Commands

extension State {
  /// Throws where the powers are not enough to give a command at all.
  ///
  /// Asked before anything is decided, so that neither a refusal nor "nothing to do" tells somebody
  /// of what they may not touch.
  package func authorise(
    _ command: Command, with powers: Powers, at time: Timestamp
  ) throws(Problem) {
    func need(_ permission: Permission, _ reach: Reach = .some) throws(Problem) {
      try authorise(powers, permission, for: reach, at: time)
    }
    switch command {
    case .createTag(let draft):
      try need(.tagsCreate, .category(TagName(recorded: draft.name).category))
    case .adoptStarterSet: try need(.tagsCreate)
    case .reviseTag(let tag, let changes, _):
      if changes.name != nil { try need(.tagsRename, .tag(tag)) }
      if changes.name == nil || changes.touchesMoreThanName { try need(.tagsRevise, .tag(tag)) }
    case .recolorCategory(let category, _): try need(.tagsRevise, .category(category))
    case .mergeTag(let source, let target, _, _):
      try need(.tagsMerge, .tag(source))
      try need(.tagsMerge, .tag(target))
    case .archiveTag(let tag), .restoreTag(let tag): try need(.tagsArchive, .tag(tag))
    case .deleteTag(let tag, _): try need(.tagsDelete, .tag(tag))
    case .apply(let tag, _, _): try need(.tagsApply, .tag(tag))
    case .remove(let tag, _): try need(.tagsRemove, .tag(tag))
    case .registerCustomer, .reviseCustomer, .mergeCustomer: try need(.customersWrite)
    case .eraseCustomer: try need(.customersErase)
    case .takeRows: try need(.customersImport)
    // Whoever is one of the team; that they read for nobody else is asked of the events.
    case .acknowledge: break
    case .createWebhook, .reviseWebhook, .removeWebhook: try need(.serviceManage, .all)
    // What it would record is authorised event by event.
    case .undo: try need(.changesRead)
    case .team(let command): try authorise(command, with: powers, at: time)
    case .noteTagUses:
      guard powers == .everything else { throw missing(.serviceManage, .everywhere, at: time) }
    case .recordFacts: try need(.factsWrite)
    case .reviseAccount: try need(.serviceManage, .all)
    case .saveMapping, .removeMapping: try need(.customersImport)
    case .rule: try need(.rulesWrite, .all)
    case .segment(let command): try authorise(command, with: powers, at: time)
    }
  }

  private func authorise(
    _ command: TeamCommand, with powers: Powers, at time: Timestamp
  ) throws(Problem) {
    switch command {
    case .found, .noteUse:
      // The daemon's own, which holds everything; nobody else has a way to ask for them.
      guard powers == .everything else { throw missing(.serviceManage, .everywhere, at: time) }
    default:
      try authorise(powers, .teamManage, for: .all, at: time)
    }
  }
}

extension TagChanges {
  fileprivate var touchesMoreThanName: Bool {
    color != nil || criterion != nil || followUp != nil || set != nil || ends != nil
  }
}
