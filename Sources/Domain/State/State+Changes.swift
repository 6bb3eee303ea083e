/// What a tag has become between two moments.
package struct TagDifference: Sendable {
  /// Nil where it did not exist.
  package let before: CustomerTag?
  package let after: CustomerTag
  package let gained: CustomerSet
  package let lost: CustomerSet
}

/// What a customer has become between two moments.
package struct CustomerDifference: Hashable, Sendable {
  package let id: CustomerID
  package let isNew: Bool
  package let isRevised: Bool
  /// Into whom they were merged, before and after.
  package let merged: (before: CustomerID?, after: CustomerID?)
  package let gained: [TagID]
  package let lost: [TagID]

  package static func == (a: Self, b: Self) -> Bool {
    a.id == b.id && a.isNew == b.isNew && a.isRevised == b.isRevised && a.gained == b.gained
      && a.lost == b.lost && a.merged == b.merged
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(id)
  }
}

extension State {
  /// The tags that are not as they were in an earlier state, in the order of their numbers.
  package func tagDifferences(since earlier: State) -> [TagDifference] {
    tags.compactMap { tag in
      let before = earlier.tag(tag.id)
      let now = members(of: tag.id)
      let then = earlier.members(of: tag.id)
      guard before != tag || now != then else { return nil }
      return TagDifference(
        before: before, after: tag, gained: now.subtracting(then), lost: then.subtracting(now))
    }
  }

  /// The customers who are not as they were in an earlier state, in the order of their numbers.
  package func customerDifferences(
    since earlier: State, _ tags: [TagDifference], after customer: CustomerID?, limit: Int
  ) -> [CustomerDifference] {
    var changed: [CustomerDifference] = []
    var number = customer?.rawValue ?? 0
    while changed.count < limit, number < lastCustomer {
      number += 1
      let id = CustomerID(number)
      let isNew = number > earlier.lastCustomer
      let revisions = (
        isNew ? 1 : earlier.customers[id.index].revision, customers[id.index].revision
      )
      let merged = (before: isNew ? nil : earlier.merged(id), after: self.merged(id))
      let gained = tags.filter { $0.gained.contains(id) }.map(\.after.id)
      let lost = tags.filter { $0.lost.contains(id) }.map(\.after.id)
      guard isNew || revisions.0 != revisions.1 || !gained.isEmpty || !lost.isEmpty else {
        continue
      }
      changed.append(
        CustomerDifference(
          id: id, isNew: isNew, isRevised: revisions.0 != revisions.1, merged: merged,
          gained: gained, lost: lost))
    }
    return changed
  }
}
