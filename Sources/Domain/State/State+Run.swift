extension State {
  /// Applies a run of applications and removals that say no more than these columns do, up to the
  /// first that does not fit; who has the tags is put in place with `take`.
  ///
  /// This is where nearly all events of a replay pass; with `take` it is the same as `fits` and `evolve`
  /// for each.
  ///
  /// - Parameter byRule: whether a rule did it, which is no exception from that rule.
  package mutating func evolve(
    types: UnsafeBufferPointer<EventType>, tags: UnsafeBufferPointer<Int32>,
    customers: UnsafeBufferPointer<Int32>, times: UnsafeBufferPointer<Int64>,
    byRule: UnsafeBufferPointer<Bool>, into gathered: inout GatheredEvents
  ) {
    let tagRange = 0..<self.tags.count
    let customerRange = 0..<self.customers.count
    let watches = rules.watchesTags
    for index in types.indices {
      let tag = TagID(tags[index]).index
      let customer = CustomerID(customers[index])
      guard tagRange.contains(tag), customerRange.contains(customer.index) else { return }
      let isApplied = types[index] == .tagApplied
      gathered.add(
        TagTurn(
          customer: customer, isApplied: isApplied, at: Timestamp(microseconds: times[index])),
        of: tag)
      if watches && !byRule[index] {
        noteHand(TagID(tags[index]), customer, isApplied: isApplied, nil)
      }
      position += 1
    }
  }

  /// Applies a fact of the log; what it adds to its customer is put in place with `take`, and then it is
  /// the same as `evolve` with its data.
  package mutating func evolve(
    _ fact: Fact, customer: CustomerID, at time: Timestamp, into gathered: inout GatheredEvents
  ) {
    position += 1
    facts.record(fact, of: customer, at: time, into: &gathered)
  }
}
