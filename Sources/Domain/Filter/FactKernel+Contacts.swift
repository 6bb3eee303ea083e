/// Messages, broadcasts, enquiries and cases.
extension FactKernel {
  func countMessages(_ block: UnsafePointer<FactBlock>, _ slot: Int, incoming: Bool) -> Int64 {
    var count: Int64 = 0
    for index in block.pointee.messages.range(slot) {
      let message = block.pointee.messages.rows[index]
      if message.isIncoming == incoming && isIn(message.at.rawValue) { count += 1 }
    }
    return count
  }

  func lastMessage(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Int64? {
    var last: Int64?
    for index in block.pointee.messages.range(slot) {
      let message = block.pointee.messages.rows[index]
      if message.isIncoming && message.at.rawValue <= now {
        last = max(last ?? .min, message.at.rawValue)
      }
    }
    return last
  }

  /// The share of messages that were answered, or the mean time that it took.
  func replies(_ block: UnsafePointer<FactBlock>, _ slot: Int, time: Bool) -> Value? {
    var (sent, answered, waited): (Int64, Int64, Int64) = (0, 0, 0)
    var open: Int64?
    for index in block.pointee.messages.range(slot) {
      let message = block.pointee.messages.rows[index]
      let at = message.at.rawValue
      guard at <= now else { break }
      if message.isIncoming {
        if let begun = open {
          answered += 1
          waited &+= at - begun
        }
        open = nil
      } else {
        open = isIn(at) ? at : nil
        if open != nil { sent += 1 }
      }
    }
    if time { return answered == 0 ? nil : Value(numerator: waited, denominator: answered) }
    return sent == 0 ? nil : Value(numerator: answered, denominator: sent)
  }

  func broadcasts(_ block: UnsafePointer<FactBlock>, _ slot: Int, rate: Bool) -> Value? {
    var (received, answered): (Int64, Int64) = (0, 0)
    for index in block.pointee.broadcasts.range(slot) {
      let broadcast = block.pointee.broadcasts.rows[index]
      guard let time = broadcast.received, isIn(time.rawValue) else { continue }
      received += 1
      if let time = broadcast.answered, time.rawValue <= now { answered += 1 }
    }
    guard rate else { return Value(numerator: received) }
    return received == 0 ? nil : Value(numerator: answered, denominator: received)
  }

  /// Whether one broadcast was received, or answered.
  func has(
    broadcast: Int32, answered: Bool, _ block: UnsafePointer<FactBlock>, _ slot: Int
  ) -> Bool {
    for index in block.pointee.broadcasts.range(slot) {
      let row = block.pointee.broadcasts.rows[index]
      guard row.broadcast == broadcast, let time = answered ? row.answered : row.received else {
        continue
      }
      if time.rawValue <= now { return true }
    }
    return false
  }

  func countEnquiries(_ block: UnsafePointer<FactBlock>, _ slot: Int) -> Int64 {
    var count: Int64 = 0
    for index in block.pointee.enquiries.range(slot) {
      let enquiry = block.pointee.enquiries.rows[index]
      if isIn(enquiry.at.rawValue) && (category ?? enquiry.category) == enquiry.category
        && (product ?? enquiry.product) == enquiry.product
      {
        count += 1
      }
    }
    return count
  }

  func countOpened(_ cases: borrowing FactRows<CaseFacts>, _ slot: Int) -> Int64 {
    var count: Int64 = 0
    for index in cases.range(slot) {
      if let opened = cases.rows[index].opened, isIn(opened.rawValue) { count += 1 }
    }
    return count
  }

  func countOpen(_ cases: borrowing FactRows<CaseFacts>, _ slot: Int) -> Int64 {
    var count: Int64 = 0
    for index in cases.range(slot) where isOpen(cases.rows[index]) { count += 1 }
    return count
  }

  func oldestOpen(_ cases: borrowing FactRows<CaseFacts>, _ slot: Int) -> Int64? {
    var oldest: Int64?
    for index in cases.range(slot) where isOpen(cases.rows[index]) {
      oldest = min(oldest ?? .max, cases.rows[index].opened!.rawValue)
    }
    return oldest
  }

  private func isOpen(_ row: CaseFacts) -> Bool {
    guard let opened = row.opened, opened.rawValue <= now else { return false }
    return (row.resolved ?? .never).rawValue > now
  }
}
