extension Undoing {
  /// Customers that the command merged are two again; two that it took apart are one again.
  mutating func part(_ id: CustomerID) throws(Problem) {
    guard id.rawValue <= before.lastCustomer else { return leave(.customer(id), .registered) }
    let (was, left) = (before.merged(id), after.merged(id))
    guard was != left else { return }
    guard !now.isErased(id) else { return leave(.customer(id), .erased) }
    guard undo.touched[.customer(id)] == nil, now.merged(id) == left else {
      return leave(.customer(id), .changed(undo.touched[.customer(id)]))
    }
    if let target = left {
      let data: JSON = .object(["from": .int(Int64(target.rawValue))])
      try record(Event(.customerUnmerged, customer: id, data: data))
    } else if let target = was {
      try merge(id, into: target)
    }
  }

  /// What the target gains has events of its own, as in any merge.
  private mutating func merge(_ id: CustomerID, into target: CustomerID) throws(Problem) {
    guard !now.isErased(target) else { return leave(.customer(id), .erased) }
    let tags = now.tags(of: id)
    guard tags == after.tags(of: id), now.merged(target) == nil else {
      return leave(.customer(id), .changed(undo.touched[.customer(target)]))
    }
    let moved = tags.count {
      before.members(of: $0).contains(target) && !now.members(of: $0).contains(target)
    }
    let data: JSON = .object([
      "into": .int(Int64(target.rawValue)), "moved": .int(Int64(moved)),
      "collapsed": .int(Int64(tags.count - moved)),
    ])
    try record(Event(.customerMerged, customer: id, data: data))
  }

  /// What the command changed of a customer becomes what it was.
  mutating func revise(_ id: CustomerID) throws(Problem) {
    guard id.rawValue <= before.lastCustomer else { return }
    guard !now.isErased(id) else {
      if undo.personal[id] != nil { leave(.customer(id), .erased) }
      return
    }
    var data: JSON?
    let (was, left, present) = (before.channel(of: id), after.channel(of: id), now.channel(of: id))
    if was != left {
      if present == left, undo.touched[.channel(id)] == nil {
        data = .object(["channel": State.change(present, was)])
      } else {
        leave(.customer(id), .changed(undo.touched[.channel(id)]))
      }
    }
    let draft = personal(id)
    guard data != nil || !draft.personal.isEmpty else { return }
    func change(_ field: PersonalField, _ key: LookupKey?) -> LookupChanges.Change {
      draft.personal[field] == nil ? .kept : key.map { .set($0) } ?? .cleared
    }
    try record(
      Event(
        .customerRevised, customer: id, data: data,
        personal: draft.personal.isEmpty ? nil : draft.personal,
        lookups: LookupChanges(
          phone: change(.phone, draft.lookups.phone), ref: change(.ref, draft.lookups.ref))))
  }

  /// The personal fields that can be set back.
  private mutating func personal(_ id: CustomerID) -> CustomerDraft {
    guard var draft = undo.personal[id] else {
      return CustomerDraft(personal: [:], lookups: Lookups())
    }
    for field in draft.personal.keys.sorted() {
      if let touch = undo.touched[.personal(id, field)] {
        draft.personal[field] = nil
        leave(.customer(id), .changed(touch))
      }
    }
    let holders: [(PersonalField, CustomerID?)] = [
      (.phone, draft.lookups.phone.flatMap { state.customer(phone: $0) }),
      (.ref, draft.lookups.ref.flatMap { state.customer(ref: $0) }),
    ]
    for (field, holder) in holders where draft.personal[field] != nil {
      guard let holder, holder != id, (try? state.current(id)) != holder else { continue }
      draft.personal[field] = nil
      leave(.customer(id), .keyTaken(by: holder))
    }
    return draft
  }
}
