extension State {
  func register(_ draft: CustomerDraft) throws(Problem) -> Event {
    let personal = try Self.checked(draft.personal).filter { !$0.value.isEmpty }
    guard personal[.name] != nil || personal[.phone] != nil || personal[.ref] != nil else {
      throw .customerNeedsName
    }
    if let key = draft.lookups.phone, let holder = customer(phone: key) {
      throw .phoneTaken(by: holder)
    }
    if let key = draft.lookups.ref, let holder = customer(ref: key) { throw .refTaken(by: holder) }
    let channel = draft.channel?.trimmed ?? ""
    try Self.check(channel, "channel", limit: 50)
    return Event(
      .customerRegistered, customer: CustomerID(Int32(customers.count + 1)),
      data: channel.isEmpty ? nil : .object(["channel": .string(channel)]), personal: personal,
      lookups: LookupChanges(
        phone: draft.lookups.phone.map { .set($0) } ?? .kept,
        ref: draft.lookups.ref.map { .set($0) } ?? .kept))
  }

  /// Every personal field in the draft counts as changed: who asks has left out what is the same.
  func revise(
    _ id: CustomerID, _ draft: CustomerDraft, revision: Int64?
  ) throws(Problem) -> Decision {
    let customer = try current(id)
    try refuseErased(customer)
    if let revision, revision != self.revision(of: customer) {
      throw .customerRevisionChanged(
        customer, expected: revision, actual: self.revision(of: customer))
    }
    try refuse(draft.lookups, ofOthersThan: customer)
    var data: [String: JSON] = [:]
    if let raw = draft.channel {
      let channel = raw.trimmed
      try Self.check(channel, "channel", limit: 50)
      let before = self.channel(of: customer)
      let after = channel.isEmpty ? nil : channel
      if after != before { data["channel"] = Self.change(before, after) }
    }
    let personal = try Self.checked(draft.personal)
    guard !data.isEmpty || !personal.isEmpty else { return Decision(events: [], unchanged: 1) }
    func change(_ field: PersonalField, _ key: LookupKey?) -> LookupChanges.Change {
      personal[field] == nil ? .kept : key.map { .set($0) } ?? .cleared
    }
    let event = Event(
      .customerRevised, customer: customer, data: data.isEmpty ? nil : .object(data),
      personal: personal.isEmpty ? nil : personal,
      lookups: LookupChanges(
        phone: change(.phone, draft.lookups.phone), ref: change(.ref, draft.lookups.ref)))
    return Decision(events: [event])
  }

  /// The target gets each tag that only the source has; where a set decides, the target's own stays.
  func merge(_ source: CustomerID, into target: CustomerID) throws(Problem) -> Decision {
    let from = try current(source)
    let to = try current(target)
    guard from != to else { throw .customerMergedIntoItself(from) }
    for customer in [from, to] { try refuseErased(customer) }
    let own = Set(tags(of: to))
    let setsHeld = Set(own.compactMap { tag($0)?.setKey })
    let theirs = tags(of: from)
    let moved = theirs.filter { id in
      guard !own.contains(id) else { return false }
      return tag(id)?.setKey.map { !setsHeld.contains($0) } ?? true
    }
    let data: JSON = .object([
      "into": .int(Int64(to.rawValue)), "moved": .int(Int64(moved.count)),
      "collapsed": .int(Int64(theirs.count - moved.count)),
    ])
    var events = [Event(.customerMerged, customer: from, data: data)]
    for tag in moved {
      var data: [String: JSON] = [
        "source": .object(["customer": .int(Int64(from.rawValue))])
      ]
      if let details = details(of: Membership(tag: tag, customer: from)) {
        data["details"] = details.json
      }
      events.append(Event(.tagApplied, tag: tag, customer: to, data: .object(data), cause: 0))
    }
    if let channel = channel(of: from), self.channel(of: to) == nil {
      let data: JSON = .object(["channel": Self.change(nil, channel)])
      events.append(Event(.customerRevised, customer: to, data: data, cause: 0))
    }
    return Decision(events: events)
  }

  /// Who was merged into a customer is the same person, and is erased with them.
  func erase(
    _ id: CustomerID, fields: [CustomerID: FieldCounts], reason: String?
  ) throws(Problem) -> Decision {
    let customer = try current(id)
    guard !isErased(customer) else { return Decision(events: [], unchanged: 1) }
    guard let reason, !reason.isEmpty else { throw .reasonMissing }
    let parts = [customer] + mergedAway(into: customer).filter { !isErased($0) }
    return Decision(
      events: parts.enumerated().map { index, part in
        let counts = (fields[part] ?? [:]).filter { $0.value > 0 }
        return Event(
          .customerErased, customer: part,
          data: .object([
            "fields": .object(
              Dictionary(
                uniqueKeysWithValues: counts.map { ($0.key.rawValue, .int(Int64($0.value))) }))
          ]),
          lookups: LookupChanges(phone: .cleared, ref: .cleared), cause: index == 0 ? nil : 0)
      })
  }

  private static func checked(_ fields: PersonalFields) throws(Problem) -> PersonalFields {
    var result: PersonalFields = [:]
    for (field, value) in fields {
      try check(value, field.rawValue, limit: field == .notes ? 4000 : 500)
      result[field] = value.trimmed
    }
    return result
  }
}

extension State {
  /// Refuses keys that are those of somebody else.
  package func refuse(
    _ keys: Lookups, ofOthersThan customer: CustomerID
  ) throws(Problem) {
    if let key = keys.phone, let holder = self.customer(phone: key), holder != customer {
      throw .phoneTaken(by: holder)
    }
    if let key = keys.ref, let holder = self.customer(ref: key), holder != customer {
      throw .refTaken(by: holder)
    }
  }
}
