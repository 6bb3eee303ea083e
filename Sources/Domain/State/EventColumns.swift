/// Events of the log as a replay reads them: columns for all, and their facts made ready. Nearly every event
/// says no more.
package struct EventColumns: Sendable {
  package private(set) var types: [EventType] = []
  /// 0 stands for none.
  package private(set) var tags: [Int32] = []
  /// 0 stands for none.
  package private(set) var customers: [Int32] = []
  /// When each was recorded, in µs since 1970.
  package private(set) var times: [Int64] = []
  /// What an event says besides, as far as it is told here.
  package private(set) var asides: [Aside] = []
  package var facts = ReadFacts()
  private var channels = Interned()

  /// What an event says besides its columns.
  package enum Aside: Hashable, Sendable {
    /// Nothing that changes anything, or something that is told elsewhere.
    case none
    /// That a rule acted.
    case rule
    /// On which channel a customer came, by its number here; 0 for none.
    case channel(Int32)
  }

  package init(capacity: Int) {
    types.reserveCapacity(capacity)
    tags.reserveCapacity(capacity)
    customers.reserveCapacity(capacity)
    times.reserveCapacity(capacity)
    asides.reserveCapacity(capacity)
  }

  package var count: Int { types.count }

  package mutating func append(
    _ type: EventType, tag: Int32, customer: Int32, at time: Int64
  ) {
    types.append(type)
    tags.append(tag)
    customers.append(customer)
    times.append(time)
    asides.append(.none)
  }

  /// Says of the last event that a rule acted.
  package mutating func noteRule() { asides[count - 1] = .rule }

  /// Says of the last event, a registration, on which channel the customer came.
  package mutating func note(channel: String?) {
    asides[count - 1] = .channel(channels.index(of: channel))
  }

  fileprivate func channel(_ index: Int) -> String? {
    guard case .channel(let number) = asides[index] else { return nil }
    return channels[number]
  }
}

extension State {
  /// Applies events that say no more than columns and facts do, up to the first that does not fit; who has
  /// the tags, and what the facts tell, is put in place with `take`.
  ///
  /// This is where nearly all events of a replay pass; with `take` it is the same as `fits` and `evolve`
  /// for each.
  package mutating func evolve(
    _ columns: EventColumns, _ range: Range<Int>, into gathered: inout GatheredEvents
  ) {
    let watches = rules.watchesTags
    for index in range {
      let type = columns.types[index]
      let customer = CustomerID(columns.customers[index])
      if type == .customerRegistered {
        guard customer.index == customers.count else { return }
        register(customer, channel: columns.channel(index))
      } else {
        guard customer.index >= 0, customer.index < customers.count else { return }
        if type.isOfMembership {
          let tag = TagID(columns.tags[index])
          guard tags.indices.contains(tag.index) else { return }
          let isApplied = type == .tagApplied
          gathered.add(
            TagTurn(
              customer: customer, isApplied: isApplied,
              at: Timestamp(microseconds: columns.times[index])),
            of: tag.index)
          if watches && columns.asides[index] != .rule {
            noteHand(tag, customer, isApplied: isApplied, nil)
          }
        }
      }
      position += 1
    }
  }
}
