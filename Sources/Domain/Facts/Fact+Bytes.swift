extension Fact {
  /// Reads what an event tells from its canonical data, without a tree of values in between: a replay
  /// reads millions of them.
  ///
  /// Nil for whatever is not written as `data` writes it; `init(_:_:)` knows better then.
  package init?(_ type: EventType, canonical bytes: UnsafeBufferPointer<UInt8>) {
    guard type.isOfFacts else { return nil }
    var scanner = FactScanner(bytes: bytes)
    guard scanner.scan() else { return nil }
    let found = scanner.found
    switch type {
    case .orderPlaced:
      guard let order = found.order, let amount = found.amount else { return nil }
      self = .orderPlaced(order: order, amount: amount, lines: found.lines)
    case .orderPaid:
      guard let order = found.order else { return nil }
      self = .orderPaid(order: order)
    case .orderShipped:
      guard let order = found.order else { return nil }
      self = .orderShipped(order: order, tracking: nil, estimate: nil)
    case .orderCompleted:
      guard let order = found.order else { return nil }
      self = .orderCompleted(order: order)
    case .orderCancelled:
      guard let order = found.order else { return nil }
      self = .orderCancelled(order: order)
    case .orderReturned:
      guard let id = found.id, let amount = found.amount else { return nil }
      self = .orderReturned(id: id, order: found.order, amount: amount)
    case .messageReceived:
      guard let id = found.id else { return nil }
      self = .messageReceived(id: id)
    case .messageSent:
      guard let id = found.id else { return nil }
      self = .messageSent(id: id)
    case .enquiryMade:
      guard let id = found.id else { return nil }
      self = .enquiryMade(id: id, category: found.category, product: found.product)
    default:
      return nil
    }
  }
}

/// Walks over an object as RFC 8785 writes it, and gives up at the first thing it does not expect.
private struct FactScanner {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  private(set) var found = Found()

  struct Found {
    var id: String?
    var order: String?
    var category: String?
    var product: String?
    var amount: Int64?
    var quantity: Int64?
    var lines: [FactLine] = []
  }

  init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  mutating func scan() -> Bool {
    var found = Found()
    guard object(&found), position == bytes.count else { return false }
    self.found = found
    return true
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func object(_ found: inout Found) -> Bool {
    guard take(UInt8(ascii: "{")) else { return false }
    repeat {
      guard let key = quoted(), take(UInt8(ascii: ":")), member(key, &found) else { return false }
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}"))
  }

  private mutating func member(_ key: Range<Int>, _ found: inout Found) -> Bool {
    switch bytes[key.lowerBound] {
    case UInt8(ascii: "a"): return number(&found.amount)
    case UInt8(ascii: "q"): return number(&found.quantity)
    case UInt8(ascii: "i"): return text(&found.id)
    case UInt8(ascii: "c") where key.count == 8: return text(&found.category)
    case UInt8(ascii: "p"): return text(&found.product)
    case UInt8(ascii: "o") where key.count == 5: return text(&found.order)
    case UInt8(ascii: "l"): return lines(&found.lines)
    case UInt8(ascii: "s"):
      // The file that it comes from.
      return take(UInt8(ascii: "{")) && quoted() != nil && take(UInt8(ascii: ":"))
        && quoted() != nil && take(UInt8(ascii: "}"))
    case UInt8(ascii: "e"), UInt8(ascii: "t"):
      // An estimate and a tracking number are not kept in the state.
      return quoted() != nil
    default: return false
    }
  }

  private mutating func lines(_ lines: inout [FactLine]) -> Bool {
    guard take(UInt8(ascii: "[")) else { return false }
    repeat {
      var line = Found()
      guard object(&line), let amount = line.amount,
        let quantity = line.quantity.flatMap(Int32.init(exactly:))
      else { return false }
      lines.append(
        FactLine(
          category: line.category, product: line.product, quantity: quantity, amount: amount))
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "]"))
  }

  /// The bytes between two quotes; nil where there is an escape among them, or nothing.
  private mutating func quoted() -> Range<Int>? {
    guard take(UInt8(ascii: "\"")) else { return nil }
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
      if bytes[position] == UInt8(ascii: "\\") || bytes[position] < 0x20 { return nil }
      position += 1
    }
    let range = start..<position
    return take(UInt8(ascii: "\"")) && !range.isEmpty ? range : nil
  }

  private mutating func text(_ value: inout String?) -> Bool {
    guard let range = quoted() else { return false }
    value = String(utf8: UnsafeBufferPointer(rebasing: bytes[range]))
    return value != nil
  }

  private mutating func number(_ value: inout Int64?) -> Bool {
    let isNegative = take(UInt8(ascii: "-"))
    let start = position
    var result: Int64 = 0
    while position < bytes.count, case let digit = bytes[position] &- 0x30, digit < 10 {
      result = result * 10 + Int64(digit)
      position += 1
      if position - start > 16 { return false }
    }
    value = isNegative ? -result : result
    return position > start
  }
}

extension State {
  /// Whether a fact that was read from the log can follow this state.
  package func fits(_ fact: Fact, customer: CustomerID?) -> Bool {
    guard let customer else { return false }
    return customer.index >= 0 && customer.index < customers.count
  }

  /// Applies a fact; the same as `evolve` with its data.
  package mutating func evolve(_ fact: Fact, of customer: CustomerID?, at time: Timestamp) {
    position += 1
    take(fact, of: customer, at: time)
  }
}
