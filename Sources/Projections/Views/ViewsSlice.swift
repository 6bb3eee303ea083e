package import Domain

/// A stretch of the log in columns, as the views take it in: small enough to hand from the thread
/// that reads the log to the one that writes the views.
package struct ViewsSlice: Sendable {
  /// The seq of its first event; the others follow without gaps.
  package let first: Int64
  /// One number per event; 0 stands for none.
  private(set) var types: [Int32] = []
  private(set) var actors: [Int32] = []
  private(set) var tags: [Int32] = []
  private(set) var customers: [Int32] = []
  /// The names of the numbers in `actors`, which count for this slice only.
  private(set) var actorNames: [Int32: String] = [:]
  private(set) var texts: [Text] = []
  /// The bytes of `texts`, one after the other.
  private(set) var bytes: [UInt8] = []
  private(set) var further: [Further] = []
  private(set) var directory: [DirectoryChange] = []

  /// A reason, or the canonical JSON of an event's data.
  struct Text: Sendable {
    let event: Int
    let isJSON: Bool
    let end: Int
  }

  /// Something an event concerns besides its own tag and customer.
  struct Further: Sendable {
    let event: Int
    let facet: Facet
    let key: Int32
  }

  /// What one event does to the customer directory.
  struct DirectoryChange: Sendable {
    let event: Int
    let customer: CustomerID
    let act: Act
    let fields: DirectoryFields

    enum Act: Sendable {
      case registered(channel: String?)
      /// The outer nil stands for a channel that stays.
      case revised(channel: String??)
      case merged(into: CustomerID)
      case erased
      case unmerged(from: CustomerID)
    }
  }

  package init(first: Int64) {
    self.first = first
  }

  package var count: Int { types.count }
  package var last: Int64 { first + Int64(types.count) - 1 }

  package mutating func reserveCapacity(_ events: Int) {
    types.reserveCapacity(events)
    actors.reserveCapacity(events)
    tags.reserveCapacity(events)
    customers.reserveCapacity(events)
  }

  /// Tells the name of an actor's number, at the latest with the first event that has it.
  package mutating func name(actor: Int32, _ name: String) {
    actorNames[actor] = name
  }

  package func knows(actor: Int32) -> Bool {
    actorNames[actor] != nil
  }

  /// Adds the next event by its columns; `complete` tells the rest of merges, deletions and customer
  /// events.
  package mutating func append(type: EventType, actor: Int32, tag: Int32, customer: Int32) {
    types.append(Int32(type.rawValue))
    actors.append(actor)
    tags.append(tag)
    customers.append(customer)
  }

  /// Adds the reason of the event just added.
  package mutating func add(reason: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: reason)
    texts.append(Text(event: count - 1, isJSON: false, end: bytes.count))
  }

  /// Adds the canonical JSON of the event just added.
  package mutating func add(data: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: data)
    texts.append(Text(event: count - 1, isJSON: true, end: bytes.count))
  }

  mutating func add(_ change: DirectoryChange) {
    directory.append(change)
  }

  mutating func add(_ more: Further) {
    further.append(more)
  }
}
