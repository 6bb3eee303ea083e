extension State {
  /// Applies a run of applications and removals that say no more than these columns do, up to the
  /// first that does not fit.
  ///
  /// This is where nearly all events of a replay pass; it is the same as `fits` and `evolve` for each.
  package mutating func evolve(
    types: UnsafeBufferPointer<EventType>, tags: UnsafeBufferPointer<Int32>,
    customers: UnsafeBufferPointer<Int32>, times: UnsafeBufferPointer<Int64>
  ) {
    let tagRange = 0..<self.tags.count
    let customerRange = 0..<self.customers.count
    let watches = rules.watchesTags
    for index in types.indices {
      let tag = TagID(tags[index]).index
      let customer = CustomerID(customers[index])
      guard tagRange.contains(tag), customerRange.contains(customer.index) else { return }
      let occasion = Occasion.hand(Timestamp(microseconds: times[index]))
      if types[index] == .tagApplied {
        let isNew = memberships[tag].insert(customer, details: nil, on: occasion)
        if isNew { membershipCount += 1 }
      } else {
        if memberships[tag].remove(customer, on: occasion) { membershipCount -= 1 }
      }
      if watches {
        noteHand(TagID(tags[index]), customer, isApplied: types[index] == .tagApplied, nil)
      }
      position += 1
    }
  }
}
