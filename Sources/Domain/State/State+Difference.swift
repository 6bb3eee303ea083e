import HashTreeCollections

extension State {
  /// Tells the first thing in which two states differ, in words; nil where they are the same.
  package func firstDifference(to other: State) -> String? {
    if position != other.position {
      return "position: \(position) here, \(other.position) there"
    }
    if uses != other.uses { return "how often tags have been used" }
    return tagDifference(to: other) ?? membershipDifference(to: other)
      ?? customerDifference(to: other) ?? webhookDifference(to: other)
      ?? teamDifference(to: other) ?? noticeDifference(to: other)
      ?? factDifference(to: other)
      ?? ruleDifference(to: other)
      ?? segmentDifference(to: other)
  }

  private func noticeDifference(to other: State) -> String? {
    guard notices != other.notices else { return nil }
    let pair = zip(notices.all, other.notices.all).first { $0 != $1 }
    return pair.map { "notice \($0) here, \($1) there" }
      ?? "\(notices.all.count) notices here, \(other.notices.all.count) there"
  }

  private func webhookDifference(to other: State) -> String? {
    webhooks == other.webhooks && lastWebhook == other.lastWebhook
      ? nil : "webhooks: \(webhooks) here, \(other.webhooks) there"
  }

  private func teamDifference(to other: State) -> String? {
    guard team != other.team else { return nil }
    func first<Part: Equatable>(_ ours: [Part], _ theirs: [Part]) -> String? {
      if ours.count != theirs.count { return "\(ours.count) here, \(theirs.count) there" }
      return zip(ours, theirs).first { $0 != $1 }.map { "\($0) here, \($1) there" }
    }
    let found =
      first(team.operators, other.team.operators) ?? first(team.roles, other.team.roles)
      ?? first(team.grants, other.team.grants) ?? first(team.tokens, other.team.tokens)
    return "the team: " + (found ?? "how operators are known")
  }

  private func tagDifference(to other: State) -> String? {
    if tags.count != other.tags.count {
      return "number of tags: \(tags.count) here, \(other.tags.count) there"
    }
    for (ours, theirs) in zip(tags, other.tags) where ours != theirs {
      return "tag \(ours.id.rawValue): \(ours) here, \(theirs) there"
    }
    return nameDifference("name", names, other.names)
      ?? nameDifference("former name", formerNames, other.formerNames)
  }

  private func nameDifference(
    _ kind: String, _ ours: TreeDictionary<NameKey, TagID>, _ theirs: TreeDictionary<NameKey, TagID>
  ) -> String? {
    guard ours != theirs else { return nil }
    let key = Set(ours.keys).union(theirs.keys).sorted().first { ours[$0] != theirs[$0] }
    return key.map {
      "\(kind) \"\($0.text)\": \(String(describing: ours[$0])) here, "
        + "\(String(describing: theirs[$0])) there"
    }
  }

  private func membershipDifference(to other: State) -> String? {
    for (index, (ours, theirs)) in zip(memberships, other.memberships).enumerated()
    where ours != theirs {
      var changed = ours.customers.subtracting(theirs.customers)
      changed.formUnion(theirs.customers.subtracting(ours.customers))
      if let customer = changed.first(where: { _ in true }) {
        let here = ours.customers.contains(customer)
        return "tag \(index + 1), customer \(customer.rawValue): "
          + (here ? "has it here, not there" : "has it there, not here")
      }
      let isDetail = ours.details != theirs.details
      return "tag \(index + 1): \(isDetail ? "details" : "imported history") differ"
    }
    if membershipCount != other.membershipCount {
      return "number of memberships: \(membershipCount) here, \(other.membershipCount) there"
    }
    return nil
  }

  private func customerDifference(to other: State) -> String? {
    if customers.count != other.customers.count || customerCount != other.customerCount {
      return "number of customers: \(customerCount) here, \(other.customerCount) there"
    }
    if customers != other.customers {
      for index in 0..<customers.count where customers[index] != other.customers[index] {
        return "customer \(index + 1): \(customers[index]) here, \(other.customers[index]) there"
      }
    }
    if erased != other.erased { return "who has been erased differs" }
    if phones != other.phones { return "the keys by which phones are found differ" }
    if refs != other.refs { return "the keys by which references are found differ" }
    if channels != other.channels { return "the names of the source channels differ" }
    return nil
  }
}
