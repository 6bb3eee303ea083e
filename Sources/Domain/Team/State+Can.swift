/// Whether an operator may do something, and by which grant.
package struct PermissionVerdict: Hashable, Sendable {
  package let isAllowed: Bool
  /// The grant that decides it: of several, the one that reaches furthest.
  package let grant: Grant?
  /// Who could give it, where nothing allows it.
  package let givers: [String]
}

extension State {
  /// Tells whether an operator may do something at that moment, and by which grant.
  ///
  /// - Parameter reach: `.some` asks whether they may for at least some tags.
  package func can(
    _ id: OperatorID, _ permission: Permission, for reach: Reach, at time: Timestamp
  ) -> PermissionVerdict {
    let isPresent = team[id].map { !$0.isArchived } ?? false
    let found = isPresent ? team.grants(of: id, at: time) : []
    let deciding = found.filter { grant, role in
      let share = grant.share(of: role.permissions)
      if share.all.contains(permission) { return true }
      guard share.tags.contains(permission) else { return false }
      switch reach {
      case .some: return true
      case .all: return false
      case .tag(let tag):
        return (try? current(tag))?.name.categoryKey.map { grant.keys!.contains($0) } ?? false
      case .category(let category):
        return category.map { grant.keys!.contains(NameKey($0)) } ?? false
      }
    }.map(\.grant)
    let grant = deciding.first { $0.keys == nil && $0.until == nil } ?? deciding.first
    return PermissionVerdict(
      isAllowed: grant != nil, grant: grant,
      givers: grant == nil ? team.givers(of: permission, at: time) : [])
  }
}
