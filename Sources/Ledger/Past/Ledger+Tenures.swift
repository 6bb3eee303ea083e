package import Domain
import EventLog
import Projections

/// Since when and why customers have tags, told from the events about both; many customers at once.
extension Ledger {
  /// Since when and why each of these customers has, or had, each tag.
  ///
  /// - Parameter seq: as told by the events up to that one; nil for all.
  package func tenures(
    of customers: [CustomerID], through seq: Int64?, by caller: Caller
  ) async throws(Problem) -> [[Tenure]] {
    _ = try self.state(for: caller, .customersRead)
    await waitForViews()
    let lists = try await views.reader.seqs(of: customers).map { list in
      seq.map { seq in list.filter { $0 <= seq } } ?? list
    }
    return try tenures(of: customers, lists, events(lists))
  }

  /// Since when and why each of these customers has a tag; nil for who has not.
  ///
  /// - Parameters:
  ///   - state: the one in which they have it.
  ///   - seq: as told by the events up to that one; nil for all.
  package func tenures(
    of customers: [CustomerID], in tag: TagID, _ state: State, through seq: Int64?,
    by caller: Caller
  ) async throws(Problem) -> [Tenure?] {
    _ = try self.state(for: caller, .customersRead)
    await waitForViews()
    // It takes over what those had that were merged into it.
    let tags = Set(state.mergedAway(into: tag) + [tag])
    let lists = try await views.reader.seqs(
      of: customers, about: tags.sorted(), through: seq ?? .max)
    let events = try events(lists)
    // Where another had been merged into one of them for a while, its events tell too.
    for event in events.values where event.type == .tagMerged && !tags.contains(event.tag!) {
      let all = try await tenures(of: customers, through: seq, by: caller)
      return all.map { $0.last { $0.tag == tag && $0.until == nil } }
    }
    return try tenures(of: customers, lists, events).map { tenures in
      tenures.last { $0.tag == tag && $0.until == nil }
    }
  }

  /// Read together, since a merge or a bulk command stands in the lists of many.
  private func events(_ lists: [[Int64]]) throws(Problem) -> [Int64: RecordedEvent] {
    let all = Set(lists.joined()).sorted()
    return Dictionary(uniqueKeysWithValues: zip(all, try log.events(seqs: all)))
  }

  private func tenures(
    of customers: [CustomerID], _ lists: [[Int64]], _ events: [Int64: RecordedEvent]
  ) throws(Problem) -> [[Tenure]] {
    var tenures: [[Tenure]] = []
    for (customer, list) in zip(customers, lists) {
      tenures.append(try Tenure.tenures(of: customer, from: list.lazy.map { events[$0]! }))
    }
    return tenures
  }
}
