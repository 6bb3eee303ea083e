internal import Crypto
package import Domain
internal import Synchronization

extension Log {
  /// The current personal fields of one customer, opened. Cleared fields are left out; so are those
  /// whose key was lost with keys.db.
  package func personal(of customer: CustomerID) throws(Problem) -> PersonalFields {
    var newest: [PersonalField: SealedBox] = [:]
    for box in try boxes(of: customer, seq: nil) { newest[box.field] = box }
    let boxes = newest.values.filter { $0.bytes != nil }
    guard !boxes.isEmpty else { return [:] }
    return try open(boxes, of: customer, events: try events(seqs: Set(boxes.map(\.seq))))
  }

  /// The personal fields that one event has set, opened; an empty text for one that it cleared.
  package func personal(seq: Int64) throws(Problem) -> PersonalFields {
    guard let event = try events(seqs: CollectionOfOne(seq)).first, let customer = event.customer
    else { return [:] }
    let boxes = try boxes(of: customer, seq: seq)
    var fields = try open(boxes.filter { $0.bytes != nil }, of: customer, events: [event])
    for box in boxes where box.bytes == nil { fields[box.field] = "" }
    return fields
  }

  private func boxes(of customer: CustomerID, seq: Int64?) throws(Problem) -> [SealedBox] {
    try noting { () throws(Problem) in
      try readers.read { (reader) throws(Problem) in
        let statement = seq == nil ? reader.sealedOfCustomer : reader.sealedOfEvent
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
  }

  /// Opens boxes of one customer, each after comparing it with the digest in its event.
  private func open(
    _ boxes: [SealedBox], of customer: CustomerID, events: [RecordedEvent]
  ) throws(Problem) -> PersonalFields {
    guard !boxes.isEmpty else { return [:] }
    guard let key = try keys.keys(of: CollectionOfOne(customer), making: false)[customer] else {
      // Who has been erased has no ciphertext either.
      throw .storageFailed("the key of customer \(customer.rawValue) is missing from keys.db")
    }
    return try noting { () throws(Problem) in
      var fields: PersonalFields = [:]
      let known = events.map { (seq: $0.seq, type: $0.type, digests: $0.sealedDigests) }
      for box in boxes {
        guard let bytes = box.bytes, let event = known.first(where: { $0.seq == box.seq }),
          event.digests[box.field.rawValue] == .string(Seal.digest(bytes))
        else { throw .sealedDamaged(box) }
        let binding = Seal.Binding(
          origin: origin, type: event.type, field: box.field, customer: customer)
        // The ciphertext is what was recorded, so it is the key that is another: keys.db has been
        // lost and made anew, and with it this field (design.md, "On disk").
        guard let text = Seal.open(bytes, binding, key: key) else { continue }
        fields[box.field] = text
      }
      return fields
    }
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
  static func sealedDamaged(_ box: SealedBox) -> Self {
    .logDamaged(
      "the sealed \(box.field.rawValue) of customer \(box.customer.rawValue) in event \(box.seq) "
        + "is not what was recorded")
  }
}
