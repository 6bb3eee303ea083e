internal import Crypto
package import Domain
internal import Synchronization

extension Log {
  /// The current personal fields of one customer, opened. Cleared fields are left out; so are those
  /// whose key was lost with keys.db.
  package func personal(of customer: CustomerID) throws(Problem) -> PersonalFields {
    try personal(of: [customer], through: .max, keepingKeys: true)[0]
  }

  /// The personal fields that one event has set, opened; an empty text for one that it cleared.
  package func personal(seq: Int64) throws(Problem) -> PersonalFields {
    guard let event = try events(seqs: CollectionOfOne(seq)).first, let customer = event.customer
    else { return [:] }
    let boxes = try boxes(of: customer, seq: seq)
    var fields = try open(boxes.filter { $0.bytes != nil }, of: customer, events: [event])
    if boxes.isEmpty { return [:] }
    if try keys.isGone(customer) { return [:] }
    for box in boxes where box.bytes == nil { fields[box.field] = "" }
    return fields
  }

  private func boxes(of customer: CustomerID, seq: Int64?) throws(Problem) -> [SealedBox] {
    try noting { () throws(Problem) in
      try readers.read { (reader) throws(Problem) in try reader.boxes(of: customer, seq: seq) }
    }
  }

  /// Opens boxes of one customer, each after comparing it with the digest in its event.
  private func open(
    _ boxes: [SealedBox], of customer: CustomerID, events: [RecordedEvent]
  ) throws(Problem) -> PersonalFields {
    guard !boxes.isEmpty else { return [:] }
    guard let key = try keys.keys(of: CollectionOfOne(customer), making: false)[customer] else {
      return try nothing(of: customer)
    }
    return try noting { () throws(Problem) in
      var fields: PersonalFields = [:]
      let known = events.map { (seq: $0.seq, type: $0.type, digests: $0.sealedDigests) }
      for box in boxes {
        guard let event = known.first(where: { $0.seq == box.seq }) else {
          throw .sealedDamaged(box)
        }
        fields[box.field] = try open(box, event.type, event.digests, key: key)
      }
      return fields
    }
  }

  /// Nothing can be told of who is being erased; anybody else's key must be there.
  private func nothing(of customer: CustomerID) throws(Problem) -> PersonalFields {
    guard try keys.isGone(customer) else { throw .keyMissing(customer) }
    return [:]
  }

  /// The text of a box after comparing it with the digest in its event; nil where its key is lost.
  func open(
    _ box: SealedBox, _ type: EventType, _ digests: [String: JSON], key: SymmetricKey
  ) throws(Problem) -> String? {
    guard let bytes = box.bytes, digests[box.field.rawValue] == .string(Seal.digest(bytes)) else {
      throw .sealedDamaged(box)
    }
    let binding = Seal.Binding(
      origin: eras[box.seq].origin, type: type, field: box.field, customer: box.customer)
    // The ciphertext is what was recorded, so it is the key that is another: keys.db has been
    // lost and made anew, and with it this field (design.md, "On disk").
    return Seal.open(bytes, binding, key: key)
  }

  /// The personal fields of each of these customers as they were after the event `seq`, opened: keys
  /// are fetched together. Several such calls may go on at once.
  ///
  /// - Parameters:
  ///   - field: opens that one alone.
  ///   - keepingKeys: keeps the keys at hand, for few customers who will be looked at again.
  package func personal(
    of customers: [CustomerID], through seq: Int64, only field: PersonalField? = nil,
    keepingKeys: Bool = false
  ) throws(Problem) -> [PersonalFields] {
    // What is being recorded right now may be on the disk before the events count as there.
    let (size, rows) = snapshot
    let keys =
      keepingKeys
      ? try keys.keys(of: customers, making: false) : try keys.keys(ofMany: customers)
    return try noting { () throws(Problem) in
      try readers.read { (reader) throws(Problem) in
        try reader.together { () throws(Problem) in
          var writer = ByteWriter()
          var personal: [PersonalFields] = []
          personal.reserveCapacity(customers.count)
          for customer in customers {
            var newest: [PersonalField: SealedBox] = [:]
            for box in try reader.boxes(of: customer, seq: nil)
            where box.seq <= min(seq, size) && (field == nil || box.field == field) {
              newest[box.field] = box
            }
            personal.append(try open(newest, key: keys[customer], reader, rows, &writer))
          }
          return personal
        }
      }
    }
  }

  private func open(
    _ boxes: [PersonalField: SealedBox], key: SymmetricKey?, _ reader: Reader, _ rows: RowReader,
    _ writer: inout ByteWriter
  ) throws(Problem) -> PersonalFields {
    var fields: PersonalFields = [:]
    var known: (seq: Int64, type: EventType, digests: [String: JSON])?
    for box in boxes.values.sorted(by: { $0.seq < $1.seq }) where box.bytes != nil {
      guard let key else { return try nothing(of: box.customer) }
      if known?.seq != box.seq {
        let event = try rows.event(box.seq, reader, &writer)
        known = (event.seq, event.type, event.sealedDigests)
      }
      fields[box.field] = try open(box, known!.type, known!.digests, key: key)
    }
    return fields
  }

  /// The personal fields that each of these events has set, opened, as `personal(seq:)` would tell
  /// them one by one: the events have been read already, and keys are fetched together.
  package func personal(of events: [SealedEvent]) throws(Problem) -> [PersonalFields] {
    let keys = try keys.keys(ofMany: events.map(\.customer))
    return try noting { () throws(Problem) in
      try readers.read { (reader) throws(Problem) in
        var personal: [PersonalFields] = []
        personal.reserveCapacity(events.count)
        for event in events {
          let digests = event.data["sealed"]?.object ?? [:]
          var fields: PersonalFields = [:]
          for box in try reader.boxes(of: event.customer, seq: event.seq) {
            if box.bytes == nil {
              fields[box.field] = ""
            } else if let key = keys[event.customer] {
              fields[box.field] = try open(box, event.type, digests, key: key)
            } else {
              fields = try nothing(of: event.customer)
            }
          }
          personal.append(fields)
        }
        return personal
      }
    }
  }
}

/// An event that has sealed fields, as far as opening them needs it.
package struct SealedEvent: Sendable {
  let seq: Int64
  let type: EventType
  let customer: CustomerID
  let data: JSON

  package init(seq: Int64, type: EventType, customer: CustomerID, data: JSON) {
    self.seq = seq
    self.type = type
    self.customer = customer
    self.data = data
  }
}

extension Reader {
  /// The sealed fields of a customer, oldest first; those of one event where that is given.
  func boxes(of customer: CustomerID, seq: Int64?) throws(Problem) -> [SealedBox] {
    let statement = seq == nil ? sealedOfCustomer : sealedOfEvent
    defer { statement.reset() }
    statement.bind(Int64(customer.rawValue), at: 1)
    if let seq { statement.bind(seq, at: 2) }
    var boxes: [SealedBox] = []
    while try statement.step() {
      guard let field = statement.string(1).flatMap({ PersonalField(rawValue: $0) }) else {
        throw .logDamaged("a sealed field of customer \(customer.rawValue) has no known name")
      }
      boxes.append(
        SealedBox(
          customer: customer, seq: statement.int(0), field: field,
          bytes: statement.bytes(2).map { Array($0) }))
    }
    return boxes
  }
}

extension RecordedEvent {
  /// The digests of the sealed fields, by field; null for a cleared one.
  var sealedDigests: [String: JSON] {
    guard let data, let json = try? JSON(parsing: data) else { return [:] }
    return json["sealed"]?.object ?? [:]
  }
}

extension Problem {
  static func keyMissing(_ customer: CustomerID) -> Self {
    .storageFailed("the key of customer \(customer.rawValue) is missing from keys.db")
  }

  static func sealedDamaged(_ box: SealedBox) -> Self {
    .logDamaged(
      "the sealed \(box.field.rawValue) of customer \(box.customer.rawValue) in event \(box.seq) "
        + "is not what was recorded")
  }
}
