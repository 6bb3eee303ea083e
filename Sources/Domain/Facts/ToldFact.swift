/// A fact as an event tells it, with where it comes from.
///
/// It writes itself: a file tells of hundreds of thousands, and a tree of values for each, built, sorted,
/// written and read again, would take longer than everything else that is done with them. One box, since
/// an event is handed on many times.
package final class ToldFact: Sendable {
  package let fact: Fact
  /// What was given in another currency: amount, currency and rate; only where there is an amount.
  let original: JSON?
  /// The file that it comes from.
  let file: String?

  init(_ fact: Fact, original: JSON? = nil, file: String? = nil) {
    self.fact = fact
    self.original = original
    self.file = file
  }

  /// The same as a value.
  var data: JSON {
    // What `write` writes is JSON, and its amounts have been checked.
    try! JSON(parsing: canonicalBytes)
  }

  /// As it stands in the log (RFC 8785).
  package var canonical: String { String(decoding: canonicalBytes, as: UTF8.self) }

  private var canonicalBytes: [UInt8] {
    var writer = ObjectWriter()
    writer.object(write)
    return writer.bytes
  }

  /// No canonical form is longer, whatever its texts hold.
  package var sizeBound: Int {
    // Names of members, numbers, and what else is between the texts.
    var texts = fact.id.utf8.count + (file?.utf8.count ?? 0)
    var bound = 256 + (original == nil ? 0 : 512)
    switch fact {
    case .orderPlaced(_, _, let lines):
      bound += lines.count * 128
      for line in lines {
        texts += (line.category?.utf8.count ?? 0) + (line.product?.utf8.count ?? 0)
      }
    case .orderShipped(_, let one, let other), .enquiryMade(_, let one, let other):
      texts += (one?.utf8.count ?? 0) + (other?.utf8.count ?? 0)
    case .orderReturned(_, let order, _): texts += order?.utf8.count ?? 0
    case .spendRecorded(_, let channel, _): texts += channel.utf8.count
    default: break
    }
    return bound + 6 * texts
  }
}

extension ToldFact: Hashable {
  package static func == (a: ToldFact, b: ToldFact) -> Bool {
    a === b || (a.fact == b.fact && a.original == b.original && a.file == b.file)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(fact) }
}

// MARK: - Writing

extension ToldFact {
  /// The members in the order of their names, which is that of the canonical form.
  private func write(to object: inout ObjectWriter) {
    var tracking: String?
    switch fact {
    case .orderPlaced(let order, let amount, let lines):
      object.write("amount", amount)
      if !lines.isEmpty { object.write("lines", lines) }
      object.write("order", order)
    case .orderPaid(let order), .orderCompleted(let order), .orderCancelled(let order):
      object.write("order", order)
    case .orderShipped(let order, let number, let estimate):
      object.write("estimate", estimate)
      object.write("order", order)
      tracking = number
    case .orderReturned(let id, let order, let amount):
      object.write("amount", amount)
      object.write("id", id)
      object.write("order", order)
    case .messageReceived(let id), .messageSent(let id), .complaintOpened(let id),
      .complaintResolved(let id), .urgencyRaised(let id), .urgencySettled(let id):
      object.write("id", id)
    case .broadcastReceived(let broadcast), .broadcastAnswered(let broadcast):
      object.write("broadcast", broadcast)
    case .enquiryMade(let id, let category, let product):
      object.write("category", category)
      object.write("id", id)
      object.write("product", product)
    case .spendRecorded(let id, let channel, let amount):
      object.write("amount", amount)
      object.write("channel", channel)
      object.write("id", id)
    }
    if let original { object.write("original", original) }
    if let file { object.write("source") { $0.write("import", file) } }
    object.write("tracking", tracking)
  }
}

/// Writes objects whose members come in the order of their names.
private struct ObjectWriter {
  private(set) var bytes: [UInt8] = []

  mutating func object(_ members: (inout Self) -> Void) {
    bytes.append(UInt8(ascii: "{"))
    members(&self)
    bytes.append(UInt8(ascii: "}"))
  }

  /// Leaves out what is nil.
  mutating func write(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    begin(name)
    JSON.write(value, to: &bytes)
  }

  mutating func write(_ name: StaticString, _ value: Int64) {
    begin(name)
    JSON.write(value, to: &bytes)
  }

  mutating func write(_ name: StaticString, _ value: JSON) {
    begin(name)
    value.write(to: &bytes)
  }

  mutating func write(_ name: StaticString, _ members: (inout Self) -> Void) {
    begin(name)
    object(members)
  }

  mutating func write(_ name: StaticString, _ lines: [FactLine]) {
    begin(name)
    for (index, line) in lines.enumerated() {
      bytes.append(index == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
      object { object in
        object.write("amount", line.amount)
        object.write("category", line.category)
        object.write("product", line.product)
        object.write("quantity", Int64(line.quantity))
      }
    }
    bytes.append(UInt8(ascii: "]"))
  }

  private mutating func begin(_ name: StaticString) {
    if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }
}
