import HashTreeCollections

extension State {
  /// The tag of this number, or nil where none was ever given it.
  package func tag(_ id: TagID) -> CustomerTag? {
    let index = id.index
    return tags.indices.contains(index) ? tags[index] : nil
  }

  /// The listed tag that has this name or alias.
  package func tag(named key: NameKey) -> CustomerTag? {
    names[key].flatMap(tag)
  }

  /// The tag that a name in a file means: the one that has it, else the one that had it last.
  ///
  /// So a file taken again after a rename or a merge finds what it has made.
  package func tag(everNamed key: NameKey) -> CustomerTag? {
    tag(named: key) ?? formerNames[key].flatMap { try? current($0) }
  }

  /// The tag that a number means now: itself, or what it was merged into.
  ///
  /// Throws `tagNotFound` for a number never given and for a deleted tag.
  package func current(_ id: TagID) throws(Problem) -> CustomerTag {
    guard var found = tag(id) else { throw .tagNotFound("\(id.rawValue)") }
    while case .merged(let target) = found.status {
      found = tags[target.index]
    }
    guard found.status != .deleted else { throw .tagNotFound("\(id.rawValue)") }
    return found
  }

  /// The tags that were merged into this one, over however many steps.
  package func mergedAway(into id: TagID) -> [TagID] {
    tags.filter { tag in
      guard case .merged = tag.status else { return false }
      return (try? current(tag.id))?.id == id
    }.map(\.id)
  }

  package func members(of id: TagID) -> CustomerSet {
    let index = id.index
    return memberships.indices.contains(index) ? memberships[index].customers : CustomerSet()
  }

  /// Since when a customer has had a tag without a break, to the second; nil for who lacks it.
  package func tagged(_ id: TagID, _ customer: CustomerID) -> Timestamp? {
    memberships.indices.contains(id.index) ? memberships[id.index].since[customer] : nil
  }

  package func details(of membership: Membership) -> Details? {
    let index = membership.tag.index
    guard memberships.indices.contains(index) else { return nil }
    return memberships[index].details[membership.customer]
  }

  /// The listed tags of a category, in the order of their numbers.
  package func tags(inCategory category: String) -> [CustomerTag] {
    let key = NameKey(category)
    return tags.filter { $0.isListed && $0.name.categoryKey == key }
  }

  /// The listed tags of a set.
  package func tags(inSet key: NameKey) -> [CustomerTag] {
    return tags.filter { $0.setKey == key && $0.isListed }
  }

  /// The number that the last registered customer has.
  package var lastCustomer: Int32 {
    Int32(customers.count)
  }

  /// The customer that a number means now: itself, or whom it was merged into.
  package func current(_ id: CustomerID) throws(Problem) -> CustomerID {
    guard id.rawValue >= 1, id.rawValue <= customers.count else {
      throw .customerNotFound("\(id.rawValue)")
    }
    var found = id
    while true {
      let target = customers[found.index].mergedInto
      if target == 0 { return found }
      found = CustomerID(target)
    }
  }

  /// Whom a customer was directly merged into, or nil.
  package func merged(_ id: CustomerID) -> CustomerID? {
    guard id.rawValue >= 1, id.rawValue <= customers.count else { return nil }
    let target = customers[id.index].mergedInto
    return target == 0 ? nil : CustomerID(target)
  }

  /// Whether there is no person behind a number any more.
  package func isErased(_ id: CustomerID) -> Bool {
    erased.contains(id)
  }

  /// Throws `customerErased` where nothing can be told of the person any more.
  package func refuseErased(_ id: CustomerID) throws(Problem) {
    if erased.contains(id) { throw .customerErased(id) }
  }

  /// Everybody who was merged into a customer, over however many steps; in the order of their numbers.
  package func mergedAway(into customer: CustomerID) -> [CustomerID] {
    mergedAway.filter { (try? current($0)) == customer }
  }

  /// Everybody who was merged into somebody, in the order of their numbers.
  package var mergedAway: [CustomerID] {
    // Merging is rare, so that most columns are passed over at a glance.
    (0..<customers.count).filter { customers[$0].mergedInto != 0 }.map { CustomerID(Int32($0 + 1)) }
  }

  package func revision(of id: CustomerID) -> Int64 {
    Int64(customers[id.index].revision)
  }

  package func channel(of id: CustomerID) -> String? {
    channels[customers[id.index].channel]
  }

  /// The customer who is found by a phone, after merges.
  package func customer(phone key: LookupKey) -> CustomerID? {
    phones[key].flatMap { try? current($0) }
  }

  /// The customer who is found by a reference, after merges.
  package func customer(ref key: LookupKey) -> CustomerID? {
    refs[key].flatMap { try? current($0) }
  }

  /// The customer who is found by a reference, else by a phone.
  func customer(_ keys: Lookups) -> CustomerID? {
    keys.ref.flatMap { customer(ref: $0) } ?? keys.phone.flatMap { customer(phone: $0) }
  }

  /// The tags that a customer has, in the order of their numbers.
  package func tags(of customer: CustomerID) -> [TagID] {
    tags.indices.lazy.filter { self.memberships[$0].customers.contains(customer) }
      .map { TagID(Int32($0 + 1)) }
  }
}
