import HashTreeCollections

/// What one source channel has brought in a range of time (F7). Amounts are in minor units, in 128 bits:
/// those of many customers may come to more than 64 hold.
package struct SourceFigures: Hashable, Sendable {
  /// As it was written first; nil for customers without a channel.
  package var channel: String?
  /// Who is of the channel, whenever they came; without those merged away or erased.
  package var customers = 0
  /// Those whose first order lies in the range.
  package var buyers = 0
  /// Of the buyers, those who have ordered again by the end of the range.
  package var repeated = 0
  /// Orders of the channel's customers that were placed in the range and count at its end.
  package var orders = 0
  /// What they are worth at its end, together.
  package var worth: Int128 = 0
  /// What came back in the range of no known order.
  package var credits: Int128 = 0
  /// What the buyers' first orders are worth together.
  package var firstWorth: Int128 = 0
  /// What was spent on the channel in the range.
  package var spend: Int128 = 0

  package var revenue: Int128 { worth - credits }
  /// Revenue divided by orders, rounded half to even.
  package var averageOrder: Int64? {
    orders == 0 ? nil : Decimals.quotient(revenue, Int64(orders))
  }
  package var firstOrder: Int64? {
    buyers == 0 ? nil : Decimals.quotient(firstWorth, Int64(buyers))
  }
  package var acquisitionCost: Int64? {
    buyers == 0 || spend == 0 ? nil : Decimals.quotient(spend, Int64(buyers))
  }
  /// Per cent, rounded half to even.
  package var repeatRate: Int? {
    buyers == 0 ? nil : Int(Decimals.quotient(Int128(repeated) * 100, Int64(buyers)))
  }
}

extension State {
  /// The channels by what they brought at or after `start` and before `end`, the most revenue first.
  ///
  /// Channels whose names read the same are one. Where `start` is not before `end`, they brought nothing.
  package func sources(from start: Timestamp?, until end: Timestamp) -> [SourceFigures] {
    let range = min(start?.rawValue ?? .min, end.rawValue)..<end.rawValue
    var places: [NameKey: Int] = [:]
    var all: [SourceFigures] = []
    func place(_ channel: String?) -> Int {
      let key = NameKey(channel ?? "")
      if let known = places[key] { return known }
      all.append(SourceFigures(channel: channel))
      places[key] = all.count - 1
      return all.count - 1
    }
    var ofIndex: [Int32: Int] = [:]
    for number in 0..<customers.count where customers[number].mergedInto == 0 {
      let customer = CustomerID(Int32(number + 1))
      guard !erased.contains(customer) else { continue }
      let index = customers[number].channel
      let place = ofIndex[index] ?? place(channels[index])
      ofIndex[index] = place
      all[place].customers += 1
      let (block, slot) = FactTable.place(of: customer)
      if let block = facts.block(block) { all[place].add(block, slot, range) }
    }
    for (key, spend) in facts.spends where range.contains(spend.at.rawValue) {
      all[places[key.channel] ?? place(facts.channelName(key.channel))].spend +=
        Int128(spend.amount)
    }
    return all.sorted { ($1.revenue, $0.channel ?? "~") < ($0.revenue, $1.channel ?? "~") }
  }
}

extension SourceFigures {
  /// Takes in one customer: what counts and what it is worth is looked at from the end of the range.
  fileprivate mutating func add(_ block: FactBlock, _ slot: Int, _ range: Range<Int64>) {
    let now = range.upperBound - 1
    var first: Int64?
    var count = 0
    for row in block.orders(slot) {
      let placed = block.placed[row]
      guard placed <= now, block.cancelled.isEmpty || block.cancelled[row] > now else { continue }
      let returned: Int128 = block.returns.isEmpty ? 0 : block.returned(row, by: now)
      let worth = Int128(block.amounts[row]) - returned
      count += 1
      if first == nil {
        first = placed
        if range.contains(placed) {
          buyers += 1
          firstWorth += worth
        }
      }
      guard range.contains(placed) else { continue }
      orders += 1
      self.worth += worth
    }
    if let first, range.contains(first), count > 1 { repeated += 1 }
    for credit in block.credits[slot] where range.contains(credit.at.rawValue) {
      credits += Int128(credit.amount)
    }
  }
}

extension FactBlock {
  /// What had come back of an order by a time.
  func returned(_ row: Int, by now: Int64) -> Int128 {
    returns.reduce(0) {
      $1.row == row && $1.fact.at.rawValue <= now ? $0 + Int128($1.fact.amount) : $0
    }
  }
}
