/// What one actor may do at one moment.
package struct Powers: Hashable, Sendable {
  /// Whatever the tag.
  package internal(set) var everywhere: PermissionSet = []
  /// For tags of these categories besides.
  package internal(set) var within: [NameKey: PermissionSet] = [:]
  /// Held without limit of category or time, and so what may be handed out.
  package internal(set) var lasting: PermissionSet = []
  /// From when on it has to be asked again: a grant ends then.
  package internal(set) var ends: Timestamp?

  package static let none = Powers()
  package static let everything = Powers(everywhere: .everything, lasting: .everything)

  /// Whether a permission is held for at least one category.
  package func reach(_ permission: Permission) -> Bool {
    everywhere.contains(permission) || within.values.contains { $0.contains(permission) }
  }

  /// Whether a permission is held for tags of a category; nil for those without one.
  package func cover(_ permission: Permission, category: NameKey?) -> Bool {
    if everywhere.contains(permission) { return true }
    guard let category else { return false }
    return within[category]?.contains(permission) ?? false
  }

  /// Everything in it, wherever it holds.
  package var sum: PermissionSet {
    within.values.reduce(everywhere) { $0.union($1) }
  }
}

extension Grant {
  /// What a role gives through this grant, whatever the tag, and for tags of its categories.
  ///
  /// Limited to categories it gives nothing but changing tags of those, and looking: "may apply and
  /// remove `Status-*`, nothing else".
  package func share(of permissions: PermissionSet) -> (all: PermissionSet, tags: PermissionSet) {
    guard keys != nil else { return (permissions, []) }
    return (
      permissions.intersection(.reading), permissions.intersection(.ofCategories)
    )
  }
}

extension Team {
  /// The grants of an operator that give anything at that moment, with their roles.
  package func grants(of id: OperatorID, at time: Timestamp) -> [(grant: Grant, role: Role)] {
    grants.compactMap { grant in
      guard grant.holder == id, let role = role(of: grant, at: time) else { return nil }
      return (grant, role)
    }
  }

  /// The role that a grant gives at that moment; nil where it gives none.
  private func role(of grant: Grant, at time: Timestamp) -> Role? {
    guard grant.holds(at: time), let role = self[grant.role], !role.isRemoved else { return nil }
    return role
  }

  /// What an operator may do at that moment, unless they are archived.
  package func powers(of id: OperatorID, at time: Timestamp) -> Powers {
    guard let holder = self[id], !holder.isArchived else { return .none }
    return grantedPowers(of: id, at: time)
  }

  /// What an operator's grants come to, even while they are archived.
  func grantedPowers(of id: OperatorID, at time: Timestamp) -> Powers {
    var powers = Powers()
    for grant in grants where grant.holder == id {
      guard let role = role(of: grant, at: time) else { continue }
      let share = grant.share(of: role.permissions)
      powers.everywhere.formUnion(share.all)
      for key in grant.keys ?? [] { powers.within[key, default: []].formUnion(share.tags) }
      if let until = grant.until {
        powers.ends = powers.ends.map { min($0, until) } ?? until
      } else if grant.keys == nil {
        powers.lasting.formUnion(role.permissions)
      }
    }
    return powers
  }

  /// Whether somebody who is known is an owner without limit, as there always has to be.
  ///
  /// A token that ends by itself would leave the team without one, so that it does not count.
  package var hasOwner: Bool {
    grants.contains { grant in
      guard grant.role == .owner, grant.keys == nil, grant.until == nil, !grant.isRevoked,
        let holder = self[grant.holder], !holder.isArchived
      else { return false }
      return !holder.uids.isEmpty || !holder.subjects.isEmpty
        || tokens.contains { $0.holder == holder.id && $0.expires == nil && !$0.isRevoked }
    }
  }

  /// Who can hand out a permission: those who manage the team and hold it without limit.
  package func givers(of permission: Permission, at time: Timestamp) -> [String] {
    let needed = PermissionSet([permission, .teamManage])
    return names { powers(of: $0, at: time).lasting.isSuperset(of: needed) }
  }

  /// Whom somebody who is not in the team asks.
  package func managers(at time: Timestamp) -> [String] {
    names { powers(of: $0, at: time).lasting.contains(.teamManage) }
  }

  /// At most five, since a refusal is read by a person.
  private func names(where isOne: (OperatorID) -> Bool) -> [String] {
    Array(operators.filter { !$0.isArchived && isOne($0.id) }.map(\.name).prefix(5))
  }
}
