/// A state of tags and memberships alone, added up from a selection of the log's events.
extension State {
  /// Passes over events that are of no concern.
  package mutating func skip(to seq: Int64) {
    position = seq
  }

  /// Whether an event can follow, as far as a state without customers can tell.
  package func fitsPartly(
    _ type: EventType, tag: TagID?, customer: CustomerID?, data: JSON?
  ) -> Bool {
    switch type {
    case .tagApplied, .tagRemoved, .tagDetailed, .historyReopened:
      customer != nil && customer!.index >= 0 && tag != nil && tags.indices.contains(tag!.index)
    case .customerMerged:
      customer != nil && data?["into"]?.int.flatMap(Int32.init(exactly:)) != nil
    case .customerRegistered, .customerRevised, .customerUnmerged, .customerErased: true
    case _ where type.isOfFacts: true
    default: fits(type, tag: tag, customer: customer, data: data)
    }
  }

  /// Applies the event `seq`, whatever lies between it and the last one; what it does to customers
  /// themselves is left out.
  package mutating func evolvePartly(
    seq: Int64, _ type: EventType, tag: TagID?, customer: CustomerID?, at: Timestamp,
    occurred: Timestamp?, data: JSON?
  ) {
    position = seq - 1
    switch type {
    case .customerMerged:
      let target = CustomerID(Int32(data!["into"]!.int!))
      for index in memberships.indices {
        if memberships[index].merge(customer!, into: target, at: at) { membershipCount -= 1 }
      }
      position = seq
    case .customerRegistered, .customerRevised, .customerUnmerged, .customerErased:
      position = seq
    case _ where type.isOfFacts:
      position = seq
    default:
      evolve(
        type, tag: tag, customer: customer, at: at, occurred: occurred, data: data, lookups: nil)
    }
  }
}
