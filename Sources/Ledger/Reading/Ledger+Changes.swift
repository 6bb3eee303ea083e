package import Domain
import EventLog
import Projections

/// Which changes somebody wants to see.
package struct ChangeFilter: Hashable, Sendable {
  package var actor: String?
  package var tag: TagID?
  package var customer: CustomerID?
  package var types: Set<EventType> = []
  /// At least one of these, where there are any.
  package var anyTag: Set<TagID> = []
  package var anyCustomer: Set<CustomerID> = []
  /// At that time or later.
  package var since: Timestamp?
  /// Before that time.
  package var until: Timestamp?
  package var command: CommandID?
  /// Up to that event, as if nothing had happened since.
  package var through: Int64?
  /// All must stand in the reason or the texts of a change, or in its tag's name.
  package var words: [String] = []
  package var order: ReadingOrder = .newest
  package var limit = 50
  /// The `seq` of the last change of the page before.
  package var cursor: Int64?

  package init() {}

  /// Whether it leaves every event, in the order of the log.
  var isEmpty: Bool {
    var empty = ChangeFilter()
    (empty.order, empty.limit, empty.cursor) = (.oldest, limit, cursor)
    return self == empty
  }
}

/// A page of the change log.
package struct Changes: Sendable {
  package let events: [RecordedEvent]
  /// The cursor of the next page; nil on the last.
  package let next: Int64?
  /// How far the change log had read when the page was made.
  package let position: Int64
}

extension Ledger {
  /// A page of the change log, of all that has been acknowledged when it is asked for.
  package func changes(_ filter: ChangeFilter, by caller: Caller) async throws(Problem) -> Changes {
    _ = try state(for: caller, .changesRead)
    return try await found(filter)
  }

  /// A page of facts, for whoever may look at customers.
  package func facts(_ filter: ChangeFilter, by caller: Caller) async throws(Problem) -> Changes {
    _ = try state(for: caller, .customersRead)
    return try await found(filter)
  }

  /// A page of events, for whoever has been found to be allowed to see them.
  func found(_ filter: ChangeFilter) async throws(Problem) -> Changes {
    await waitForViews()
    // The log goes on growing: the page tells of what there was now, and says how far that is, so
    // that who asks for what follows it misses nothing.
    let end = min(log.size, filter.through ?? .max)
    guard let seqs = try seqs(filter, through: end) else {
      return Changes(events: [], next: nil, position: end)
    }
    let state = state
    let words = filter.words.map { word in
      let key = NameKey(word).text
      return ChangeQuery.Word(
        word,
        tags: state.tags.filter { tag in
          tag.names.contains { NameKey($0.text).text.contains(key) }
        }.map(\.id))
    }
    var query = ChangeQuery(
      actor: filter.actor, tag: filter.tag, customer: filter.customer, types: filter.types,
      seqs: seqs, words: words, order: filter.order, limit: filter.limit, cursor: filter.cursor)
    query.anyTag = filter.anyTag
    query.anyCustomer = filter.anyCustomer
    let page = try await views.reader.changes(query)
    return Changes(
      events: try log.events(seqs: page.seqs), next: page.next,
      position: min(page.position, end))
  }

  /// The numbers that a time range and a command leave; nil where that is none.
  private func seqs(
    _ filter: ChangeFilter, through end: Int64
  ) throws(Problem) -> ClosedRange<Int64>? {
    var first: Int64 = 1
    var last = end
    if let since = filter.since { first = try log.seq(atOrAfter: since) }
    if let until = filter.until { last = min(last, try log.seq(atOrAfter: until) - 1) }
    if let command = filter.command {
      guard let range = try seqs(of: command) else { return nil }
      first = max(first, range.lowerBound)
      last = min(last, range.upperBound)
    }
    return first <= last ? first...last : nil
  }

  /// The events of a command: they lie together, and the ids of commands rise with the log.
  package func seqs(of command: CommandID) throws(Problem) -> ClosedRange<Int64>? {
    let first = try firstSeq { $0.command >= command }
    let last = try firstSeq { $0.command > command } - 1
    return first <= last ? first...last : nil
  }

  /// The first event for which a condition holds that, once true, stays so.
  private func firstSeq(
    where isPast: (RecordedEvent) -> Bool
  ) throws(Problem) -> Int64 {
    var low: Int64 = 1
    var high = log.size + 1
    while low < high {
      let middle = (low + high) / 2
      let event = try log.events(seqs: CollectionOfOne(middle))[0]
      if isPast(event) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
