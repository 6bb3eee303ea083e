extension State {
  /// Applies a tag to each customer who lacks it, and takes away the others of its set (N9).
  func apply(
    _ id: TagID, to customers: [CustomerID], details: Details?, limits: Limits
  ) throws(Problem) -> Decision {
    let tag = try applicable(id)
    try Self.check(details)
    let targets = try distinct(customers, limits: limits)
    if !erased.isEmpty { for customer in targets { try refuseErased(customer) } }
    var decision = Decision()
    decision.events.reserveCapacity(targets.count)
    let applier = Applier(tag, in: self)
    for customer in targets {
      applier.apply(to: customer, in: self, details: details, source: nil, into: &decision)
    }
    return decision
  }

  /// Removes a tag from each customer who has it; that is possible for an archived tag too.
  func remove(
    _ id: TagID, from customers: [CustomerID], limits: Limits
  ) throws(Problem) -> Decision {
    let tag = try listed(id)
    let targets = try distinct(customers, limits: limits)
    let having = members(of: tag.id)
    var decision = Decision()
    for customer in targets {
      if having.contains(customer) {
        decision.events.append(Event(.tagRemoved, tag: tag.id, customer: customer))
      } else {
        decision.unchanged += 1
      }
    }
    return decision
  }

  /// The customers that the numbers mean now, each once, in the order given.
  private func distinct(
    _ customers: [CustomerID], limits: Limits
  ) throws(Problem) -> [CustomerID] {
    guard customers.count <= limits.bulk else {
      throw .bulkTooLarge(count: customers.count, limit: limits.bulk)
    }
    if customers.count == 1 { return [try current(customers[0])] }
    var seen = CustomerSet()
    var result: [CustomerID] = []
    result.reserveCapacity(customers.count)
    for customer in customers {
      let found = try current(customer)
      if seen.insert(found) { result.append(found) }
    }
    return result
  }

  static func check(_ details: Details?) throws(Problem) {
    guard let details, !details.isEmpty else { return }
    for (key, value) in details {
      try check(key, "details", limit: 50)
      try check(value, "details.\(key)", limit: 500)
    }
    guard details.count <= 20 else {
      throw .textTooLong(field: "details", length: details.count, limit: 20)
    }
    let bytes = details.json.canonical.utf8.count
    guard bytes <= detailsBytes else {
      throw .textTooLong(field: "details", length: bytes, limit: detailsBytes)
    }
  }

  /// A change names those before and those after, and must fit into one event.
  private static let detailsBytes = 16_384
}

/// What applying one tag needs to know, found out once for many customers.
struct Applier {
  let tag: CustomerTag
  private let members: CustomerSet
  private let rivals: [Rival]

  init(_ tag: CustomerTag, in state: State) {
    self.tag = tag
    members = state.members(of: tag.id)
    rivals = state.rivals(of: tag)
  }

  /// - Parameter occurred: when it happened, where imported history tells; then it happened to the
  ///   tags that leave, too.
  func apply(
    to customer: CustomerID, in state: State, details: Details?, source: JSON?,
    occurred: Timestamp? = nil, into decision: inout Decision
  ) {
    guard !members.contains(customer) else {
      detail(customer, in: state, details, into: &decision)
      return
    }
    var data: [String: JSON] = [:]
    if let details, !details.isEmpty { data["details"] = details.json }
    if let source { data["source"] = source }
    let cause = decision.events.count
    decision.events.append(
      Event(
        .tagApplied, tag: tag.id, customer: customer, data: data.isEmpty ? nil : .object(data),
        occurred: occurred))
    for rival in rivals where rival.members.contains(customer) {
      decision.events.append(
        rival.displaced(from: customer, by: tag, occurred: occurred, cause: cause))
    }
  }

  private func detail(
    _ customer: CustomerID, in state: State, _ details: Details?, into decision: inout Decision
  ) {
    let membership = Membership(tag: tag.id, customer: customer)
    guard let details, details != state.details(of: membership) ?? [:] else {
      decision.unchanged += 1
      return
    }
    let change: JSON = .object([
      "from": state.details(of: membership)?.json ?? .null,
      "to": details.isEmpty ? .null : details.json,
    ])
    decision.events.append(
      Event(
        .tagDetailed, tag: tag.id, customer: customer, data: .object(["details": change])))
  }
}

/// Another tag of the same set (N9), with those who have it.
struct Rival {
  let tag: CustomerTag
  let members: CustomerSet

  /// The event by which it leaves a customer when `other` comes.
  func displaced(
    from customer: CustomerID, by other: CustomerTag, occurred: Timestamp? = nil, cause: Int?
  ) -> Event {
    Event(
      .tagRemoved, tag: tag.id, customer: customer,
      data: .object(["set": .string(other.set ?? "")]), occurred: occurred, cause: cause)
  }
}

extension State {
  /// The other tags of a tag's set that anyone has.
  func rivals(of tag: CustomerTag) -> [Rival] {
    guard let set = tag.setKey else { return [] }
    return tags(inSet: set).filter { $0.id != tag.id }
      .map { Rival(tag: $0, members: members(of: $0.id)) }
      .filter { !$0.members.isEmpty }
  }
}
