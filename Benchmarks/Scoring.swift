import Domain

/// All RFM scores of a large shop, against sorting three columns of as many values.
struct Scoring {
  let customers: Int
  let rounds: Int

  /// Orders a customer has on average.
  private static let orders = 5
  private static let end: Int64 = 1_800_000_000_000_000
  private static let year: Int64 = 365 * 86_400_000_000

  func measure(_ table: inout Table) {
    note("taking in \(customers * Self.orders) orders of \(customers) customers")
    let state = shop()
    let now = Timestamp(microseconds: Self.end)
    var times: (scores: [Double], sorts: [Double]) = ([], [])
    for _ in 0..<max(5, rounds) {
      var scored: RFMTable?
      times.scores.append(duration { scored = state.rfmTable(at: now) })
      guard let scored else { return }
      let columns = [scored.recency, scored.frequency, scored.monetary]
      var shuffled = columns
      var chance = Random()
      for index in shuffled.indices { shuffled[index].shuffle(using: &chance) }
      times.sorts.append(
        duration {
          for index in shuffled.indices { shuffled[index].sort() }
        })
      precondition(shuffled[0].count == scored.customers.count)
    }
    let ratio = times.scores.median / times.sorts.median
    table.add(
      "all RFM scores: \(Text.count(Double(customers))) customers, "
        + "\(Text.count(Double(customers * Self.orders))) orders",
      Text.time(times.scores.median),
      bound: Text.time(times.sorts.median) + " (a sort of 3 columns)", ratio: ratio,
      reach: "at most 3", met: ratio <= 3)
  }

  /// A shop without persons: numbers and orders, spread over four years.
  private func shop() -> State {
    var state = State()
    var chance = Random()
    for number in 1...customers {
      state.evolve(
        Event(.customerRegistered, customer: CustomerID(Int32(number))),
        at: Timestamp(microseconds: Self.end - 4 * Self.year))
    }
    for number in 0..<customers * Self.orders {
      let draw = chance.next()
      // The product of two even draws: few customers order much.
      let spread = Double(draw >> 40) / Double(1 << 24) * Double(draw & 0xffff) / 65_536
      let customer = CustomerID(Int32(spread * Double(customers)) + 1)
      let placed = Self.end - Int64(chance.next() % UInt64(4 * Self.year))
      let amount = Int64(chance.next() % 100_000)
      state.evolve(
        Event(
          .orderPlaced, customer: customer,
          data: ["order": .string("\(number)"), "amount": .int(amount)]),
        at: Timestamp(microseconds: placed))
    }
    return state
  }
}

/// Numbers that are the same in every run (SplitMix64, S. Vigna).
private struct Random: RandomNumberGenerator {
  private var state: UInt64 = 42

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
