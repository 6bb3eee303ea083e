package import Domain
import EventLog
import Projections
import Proof

/// An event as everybody may see it.
package struct PublicEvent: Sendable {
  package let seq: Int64
  package let type: EventType
  /// The bytes that were hashed: a CloudEvent in canonical JSON.
  package let form: [UInt8]
  /// SHA-256(00 ‖ form), in hex.
  package let leaf: String
}

/// A page of events as everybody may see them.
package struct PublicEvents: Sendable {
  package let events: [PublicEvent]
  /// The cursor of the next page; nil on the last.
  package let next: Int64?
  /// How far the log was looked through at most.
  package let position: Int64
}

/// Customers found in the directory, by their numbers.
package struct CustomerListing: Sendable {
  package let customers: [CustomerID]
  /// Whether more are behind the last of them.
  package let hasMore: Bool
  package let position: Int64
}

/// What is asked of the ledger from outside, in types of the domain.
extension Ledger {
  /// Names the ledger in the public form of its events.
  package var origin: String { log.origin }

  /// The length of the log, and the Merkle root over it in hex.
  package var head: (size: Int64, root: String) {
    let head = log.head
    return (head.size, head.root.hex)
  }

  /// How far the views have read.
  package func viewsPosition() throws(Problem) -> Int64 {
    try views.reader.position()
  }

  package func event(_ seq: Int64, by caller: Caller) throws(Problem) -> PublicEvent {
    _ = try state(for: caller, .logRead)
    guard seq >= 1, seq <= log.size, let event = try log.events(seqs: [seq]).first else {
      throw .seqNotFound(seq)
    }
    return published(event)
  }

  package func events(
    after seq: Int64, limit: Int, by caller: Caller
  ) throws(Problem) -> [PublicEvent] {
    _ = try state(for: caller, .logRead)
    return try log.events(after: seq, limit: limit).map(published)
  }

  /// A page of the events that a filter leaves, found through the lists of the change log; all of them,
  /// read from the log alone, where it leaves every one.
  package func publicEvents(
    _ filter: ChangeFilter, by caller: Caller
  ) async throws(Problem) -> PublicEvents {
    _ = try state(for: caller, .logRead)
    guard filter.isEmpty else {
      let page = try await found(filter)
      return PublicEvents(
        events: page.events.map(published), next: page.next, position: page.position)
    }
    let position = log.size
    let events = try events(after: filter.cursor ?? 0, limit: filter.limit, by: caller)
    let last = events.last?.seq
    return PublicEvents(
      events: events, next: last.flatMap { $0 < position ? $0 : nil },
      position: max(position, last ?? 0))
  }

  func published(_ event: RecordedEvent) -> PublicEvent {
    PublicEvent(
      seq: event.seq, type: event.type, form: log.publicForm(event), leaf: log.leaf(event).hex)
  }

  /// The personal fields that one event has set; empty where the person has been erased.
  package func personal(seq: Int64, by caller: Caller) throws(Problem) -> PersonalFields {
    _ = try state(for: caller, .customersRead)
    return try log.personal(seq: seq)
  }

  /// The names of customers; who has none, or is not known, is left out.
  package func names(
    of customers: [CustomerID], by caller: Caller
  ) async throws(Problem) -> [CustomerID: String] {
    _ = try state(for: caller, .customersRead)
    guard !customers.isEmpty else { return [:] }
    await waitForViews()
    return try views.reader.names(of: customers)
  }

  /// When each customer was registered, or became one in the file they came from, and when they were
  /// erased.
  package func times(
    of customers: [CustomerID], by caller: Caller
  ) async throws(Problem) -> [CustomerID: (registered: Timestamp, erased: Timestamp?)] {
    _ = try state(for: caller, .customersRead)
    guard !customers.isEmpty else { return [:] }
    await waitForViews()
    let ends = try views.reader.ends(of: customers)
    let seqs = (ends.map(\.registered) + ends.compactMap(\.erased)).sorted()
    var events: [Int64: RecordedEvent] = [:]
    for event in try log.events(seqs: seqs) { events[event.seq] = event }
    var times: [CustomerID: (registered: Timestamp, erased: Timestamp?)] = [:]
    for (customer, registered, erased) in ends {
      guard let event = events[registered] else { continue }
      times[customer] = (event.occurred ?? event.at, erased.flatMap { events[$0]?.at })
    }
    return times
  }

  /// Customers in the order of their numbers, those merged into others left out.
  ///
  /// - Parameter name: each word of it stands somewhere in their names; nil for all.
  package func customers(
    named name: String?, after customer: CustomerID?, limit: Int, by caller: Caller
  ) async throws(Problem) -> CustomerListing {
    let page = try await customers(
      CustomerQuery(
        name: name, limit: limit,
        cursor: customer.map { CustomerCursor(nameKey: "", id: $0) }), by: caller)
    return CustomerListing(
      customers: page.customers.map(\.id), hasMore: page.next != nil, position: page.position)
  }
}
