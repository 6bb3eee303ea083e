package import Domain

extension ViewsSlice {
  /// Takes a batch over, event by event.
  init(_ batch: ViewsBatch) throws(Problem) {
    self.init(first: batch.before.state.position + 1)
    reserveCapacity(batch.events.count)
    var numbers: [String: Int32] = [:]
    // Copying the state is cheap; evolving it is not, and rarely needed.
    let spreads = batch.events.contains { $0.type.spreads }
    var state = batch.before.state
    for event in batch.events {
      let name = event.actor.name
      let actor = numbers[name] ?? Int32(numbers.count + 1)
      if numbers.updateValue(actor, forKey: name) == nil { self.name(actor: actor, name) }
      let fields = batch.directory[event.seq]
      try append(event, actor: actor, fields: fields, before: state)
      if spreads { try state.evolve(event, fields: fields) }
    }
  }

  /// Adds any event.
  ///
  /// - Parameters:
  ///   - actor: a number whose name `name(actor:_:)` tells.
  ///   - fields: what its sealed fields say; nil where there are none, or they have been erased.
  ///   - state: the state right before the event.
  package mutating func append(
    _ event: RecordedEvent, actor: Int32, fields: DirectoryFields?, before state: State
  ) throws(Problem) {
    guard event.seq == first + Int64(count) else {
      throw .storageFailed("views: event \(event.seq) came where \(first + Int64(count)) was due")
    }
    append(
      type: event.type, actor: actor, tag: event.tag?.rawValue ?? 0,
      customer: event.customer?.rawValue ?? 0)
    if var reason = event.reason { reason.withUTF8 { add(reason: $0) } }
    if var data = event.data { data.withUTF8 { add(data: $0) } }
    guard event.type.spreads || event.type.isAboutCustomers else { return }
    try complete(
      count - 1, tag: event.tag, customer: event.customer, data: event.parsedData(),
      fields: fields, before: state)
  }

  /// Adds what an event concerns besides its own tag and customer, and what the directory learns.
  ///
  /// Its columns and texts have been added before; events to be completed come in their order.
  ///
  /// - Parameters:
  ///   - index: where the event stands in this slice.
  ///   - fields: what its sealed fields say; nil where there are none, or they have been erased.
  ///   - state: the state right before the event.
  package mutating func complete(
    _ index: Int, tag: TagID?, customer: CustomerID?, data: JSON, fields: DirectoryFields?,
    before state: State
  ) throws(Problem) {
    func add(_ facet: Facet, _ key: Int32) {
      self.add(Further(event: index, facet: facet, key: key))
    }
    func change(_ act: DirectoryChange.Act) {
      self.add(
        DirectoryChange(
          event: index, customer: customer!, act: act, fields: fields ?? DirectoryFields()))
    }
    switch EventType(rawValue: Int16(types[index])) {
    case .tagMerged:
      add(.tag, try data.id("into", of: first + Int64(index)))
      for customer in state.members(of: tag!) { add(.customer, customer.rawValue) }
    case .tagDeleted:
      for customer in state.members(of: tag!) { add(.customer, customer.rawValue) }
    case .tagUnmerged:
      add(.tag, try data.id("from", of: first + Int64(index)))
    case .customerUnmerged:
      add(.customer, try data.id("from", of: first + Int64(index)))
      change(.unmerged(from: CustomerID(try data.id("from", of: first + Int64(index)))))
    case .customerMerged:
      let target = try data.id("into", of: first + Int64(index))
      add(.customer, target)
      for tag in state.tags(of: customer!) { add(.tag, tag.rawValue) }
      change(.merged(into: CustomerID(target)))
    case .customerRegistered:
      change(.registered(channel: data["channel"]?.string))
    case .customerErased:
      change(.erased)
    case .customerRevised:
      change(.revised(channel: data["channel"].map { $0["to"]?.string }))
    default:
      break
    }
  }
}

extension EventType {
  /// Whether it may concern more than the tag and the customer in its columns.
  package var spreads: Bool {
    switch self {
    case .tagMerged, .tagUnmerged, .tagDeleted, .customerMerged, .customerUnmerged: true
    default: false
    }
  }

  /// Whether the customer directory changes with it.
  package var isAboutCustomers: Bool {
    switch self {
    case .customerRegistered, .customerRevised, .customerMerged, .customerUnmerged,
      .customerErased:
      true
    default: false
    }
  }
}

extension JSON {
  fileprivate func id(_ key: String, of seq: Int64) throws(Problem) -> Int32 {
    guard let value = self[key]?.int, let id = Int32(exactly: value) else {
      throw .logDamaged("data of event \(seq): no \(key)")
    }
    return id
  }
}

extension State {
  /// Applies an event as it stands in the log.
  mutating func evolve(_ event: RecordedEvent, fields: DirectoryFields?) throws(Problem) {
    let data = event.data == nil ? nil : try event.parsedData()
    evolve(
      event.type, tag: event.tag, customer: event.customer, at: event.at,
      occurred: event.occurred, data: data, lookups: fields?.lookups)
  }
}
