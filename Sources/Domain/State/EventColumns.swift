/// Events of the log as a replay reads them: columns for all, what nearly every event says besides, and their
/// facts made ready.
package struct EventColumns: Sendable {
  package private(set) var types: [EventType] = []
  /// 0 stands for none.
  package private(set) var tags: [Int32] = []
  /// 0 stands for none.
  package private(set) var customers: [Int32] = []
  /// When each was recorded, in µs since 1970.
  package private(set) var times: [Int64] = []
  fileprivate var remarks: [Remark] = []
  package var facts = ReadFacts()
  private var channels = Interned()

  /// What an event says besides its columns, as far as anything depends on it.
  fileprivate enum Remark: Hashable, Sendable {
    case none
    /// That a rule acted.
    case rule
    /// On which channel a customer came, by its number here.
    case channel(Int32)
  }

  package init(capacity: Int) {
    types.reserveCapacity(capacity)
    tags.reserveCapacity(capacity)
    customers.reserveCapacity(capacity)
    times.reserveCapacity(capacity)
    remarks.reserveCapacity(capacity)
  }

  package var count: Int { types.count }

  package mutating func append(
    _ type: EventType, tag: Int32, customer: Int32, at time: Int64
  ) {
    types.append(type)
    tags.append(tag)
    customers.append(customer)
    times.append(time)
    remarks.append(.none)
  }

  /// Takes in what the canonical data of the last event says.
  ///
  /// - Parameter occurred: when it happened, where it says so.
  /// - Returns: false where it says more than can be told here, or is not written as usual; what it has
  ///   to say is then told by `State.evolve` with its data.
  package mutating func tell(
    _ data: UnsafeBufferPointer<UInt8>?, occurred: Timestamp?
  ) -> Bool {
    let last = count - 1
    switch types[last] {
    case .tagApplied, .tagRemoved:
      guard let remark = TagRemark(canonical: data), remark.isAll(isHistory: occurred != nil)
      else { return false }
      if remark == .rule { remarks[last] = .rule }
      return true
    case .customerRegistered:
      guard let remark = RegistrationRemark(canonical: data) else { return false }
      remarks[last] = .channel(channels.index(of: remark.channel))
      return true
    case let type where type.isOfFacts:
      guard let data, let fact = Fact(type, canonical: data) else { return false }
      return facts.add(
        fact, of: CustomerID(customers[last]),
        at: occurred ?? Timestamp(microseconds: times[last]), index: last)
    default: return false
    }
  }

  fileprivate func channel(_ index: Int) -> String? {
    guard case .channel(let number) = remarks[index] else { return nil }
    return channels[number]
  }
}

extension State {
  /// Applies events of which each has been told to the columns, up to the first that does not fit; who has
  /// the tags, and what the facts tell, is put in place with `take`.
  ///
  /// This is where nearly all events of a replay pass; with `take` it is the same as `fits` and `evolve`
  /// for each.
  package mutating func evolve(
    _ columns: EventColumns, _ range: Range<Int>, into gathered: inout GatheredTurns
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
        if type == .tagApplied || type == .tagRemoved {
          let tag = TagID(columns.tags[index])
          guard tags.indices.contains(tag.index) else { return }
          let isApplied = type == .tagApplied
          gathered.add(
            TagTurn(
              customer: customer, isApplied: isApplied,
              at: Timestamp(microseconds: columns.times[index])),
            of: tag.index)
          if watches && columns.remarks[index] != .rule {
            noteHand(tag, customer, isApplied: isApplied, nil)
          }
        } else {
          assert(type.isOfFacts)
        }
      }
      position += 1
    }
  }
}
