import Dispatch
import Domain
import Synchronization

/// Filters over a state in memory: customers with eight tags and five orders each, of 12 categories.
///
/// Each is held against the least that could be done: the same words of the same bit sets, or a pass over
/// plain arrays with exactly the columns that the question needs.
struct Filtering {
  let customers: Int
  let rounds: Int
  private let state: State
  private let plain: Plain
  private let end = Timestamp(microseconds: Filtering.end)

  private static let end: Int64 = 1_790_000_000_000_000
  private static let day: Int64 = 86_400_000_000
  private static let categories = (0..<12).map { "Categoria \($0)" }

  /// The same in flat arrays.
  private struct Plain {
    var tags: [[UInt64]]
    /// Where the orders of each customer end.
    var ends: [Int32] = []
    var placed: [Int64] = []
    var amounts: [Int64] = []
    var category: [Int32] = []
  }

  init(customers: Int, rounds: Int) {
    self.customers = customers
    self.rounds = rounds
    var state = State()
    var plain = Plain(
      tags: Array(
        repeating: Array(repeating: 0, count: customers / 64 + 1), count: DataSet.tags))
    let at = Timestamp(microseconds: Self.end - 800 * Self.day)
    for tag in 1...DataSet.tags {
      state.evolve(
        Event(
          .tagCreated, tag: TagID(Int32(tag)),
          data: .object(["name": .string("Bench-\(tag)"), "color": .int(Int64(tag % 20))])),
        at: at)
    }
    for number in 1...customers {
      let customer = CustomerID(Int32(number))
      let channel = JSON.string("Canal \(number % 4)")
      state.evolve(
        Event(.customerRegistered, customer: customer, data: .object(["channel": channel])),
        at: at)
    }
    for number in 1...customers {
      for tag in Self.tags(of: number) {
        plain.tags[tag - 1][number / 64] |= 1 << UInt64(number % 64)
        state.evolve(
          Event(
            .tagApplied, tag: TagID(Int32(tag)), customer: CustomerID(Int32(number))), at: at)
      }
    }
    var chance = Chance(state: 42)
    for number in 1...customers {
      Self.order(number, &chance, &state, &plain)
      plain.ends.append(Int32(plain.placed.count))
    }
    self.state = state
    self.plain = plain
  }

  private static func tags(of number: Int) -> Set<Int> {
    Set((0..<8).map { (number &* 2_654_435_761 % 1_000_003 + $0 * 5) % DataSet.tags + 1 })
  }

  /// From no order to ten, in the order of their times.
  private static func order(
    _ number: Int, _ chance: inout Chance, _ state: inout State, _ plain: inout Plain
  ) {
    let times = (0..<Int(chance.next() % 11)).map { _ in
      end - Int64(chance.next() % UInt64(700 * 86_400)) * 1_000_000
    }
    for (index, time) in times.sorted().enumerated() {
      let amount = Int64(chance.next() % 100_000)
      let category = Int(chance.next() % 12)
      let line: JSON = .object([
        "category": .string(categories[category]), "quantity": .int(1), "amount": .int(amount),
      ])
      state.evolve(
        Event(
          .orderPlaced, customer: CustomerID(Int32(number)),
          data: .object([
            "order": .string("\(number)-\(index)"), "amount": .int(amount),
            "lines": .array([line]),
          ]), occurred: Timestamp(microseconds: time)), at: Timestamp(microseconds: time))
      plain.placed.append(time)
      plain.amounts.append(amount)
      plain.category.append(Int32(category))
    }
  }

  /// On all cores, as the daemon does it.
  private var ground: FilterGround {
    FilterGround(state, at: end) { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) }
  }

  func measure(_ table: inout Table) throws {
    let sizes =
      "\(Text.count(Double(customers))) customers, \(Text.count(Double(plain.placed.count))) orders"
    try measureTags(&table)
    let ground = ground
    let mixed = try Filter(
      """
      tag:"Bench-1" and not tag:"Bench-2" and spent(last 365d) > 500 and days_since_order <= 120 \
      and share_of_orders(category: "Categoria 3", last 365d) >= 20%
      """, in: state)
    let all = try Filter(
      """
      spent(last 365d) > 500 and days_since_order <= 120 \
      and share_of_orders(category: "Categoria 3", last 365d) >= 20%
      """, in: state)
    for (filter, name, tags) in [(all, "", false), (mixed, " and two tags", true)] {
      var found = 0
      let times = (0..<rounds).map { _ in
        duration { found = filter.count(on: ground) }
      }
      var bound = 0
      let scans = (0..<rounds).map { _ in duration { bound = scan(tags: tags) } }
      guard found == bound else { throw Failure("\(found) found, and \(bound) by the scan") }
      let ratio = times.median / scans.median
      table.add(
        "spend, recency and category share over windows\(name): \(sizes), \(found) match",
        Text.time(times.median), bound: Text.time(scans.median), ratio: ratio,
        reach: "at most 3 times, under 50 ms", met: ratio <= 3 && times.median < 0.05)
    }
    measurePage(all, &table)
  }

  private func measureTags(_ table: inout Table) throws {
    let filter = try Filter(#"tag:"Bench-1" and tag:"Bench-6" and not tag:"Bench-2""#, in: state)
    var found = 0
    let times = (0..<rounds * 20).map { _ in
      duration { found = filter.count(in: state, at: end) }
    }
    var bound = 0
    let scans = (0..<rounds * 20).map { _ in duration { bound = algebra() } }
    guard found == bound else { throw Failure("\(found) found, and \(bound) by the algebra") }
    let ratio = times.median / scans.median
    table.add(
      "count of A and B and not C over tags: \(found) match", Text.time(times.median),
      bound: Text.time(scans.median), ratio: ratio, reach: "at most 3 times, under 1 ms",
      met: ratio <= 3 && times.median < 0.001)
  }

  private func measurePage(_ filter: Filter, _ table: inout Table) {
    let ground = ground
    let order = FilterOrder(FilterFigure(.spent), isDescending: true)
    var extra: [Double] = []
    for _ in 0..<rounds {
      let found = filter.customers(on: ground)
      extra.append(duration { _ = order.page(of: found, after: nil, limit: 51, on: ground) })
    }
    table.add(
      "first page of it, sorted by spend, beyond the filter", Text.time(extra.median),
      reach: "under 20 ms", met: extra.median < 0.02)
    let everyone = state.live
    let whole = (0..<rounds).map { _ in
      duration { _ = order.page(of: everyone, after: nil, limit: 51, on: ground) }
    }
    table.add(
      "first page of everyone, sorted by spend", Text.time(whole.median), reach: "–", met: true)
  }

  // MARK: The bounds

  private func algebra() -> Int {
    var count = 0
    let (a, b, c) = (plain.tags[0], plain.tags[5], plain.tags[1])
    for word in a.indices { count += (a[word] & b[word] & ~c[word]).nonzeroBitCount }
    return count
  }

  /// On all cores, each with a share of the customers.
  private func scan(tags: Bool) -> Int {
    let shares = 64
    let sum = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: shares) { share in
      let part = customers * share / shares..<customers * (share + 1) / shares
      let found = scan(part, tags: tags)
      sum.withLock { $0 += found }
    }
    return sum.withLock { $0 }
  }

  private func scan(_ part: Range<Int>, tags: Bool) -> Int {
    let (year, recent) = (Self.end - 365 * Self.day, Self.end - 120 * Self.day)
    var count = 0
    for index in part {
      if tags {
        let (word, bit) = ((index + 1) / 64, UInt64((index + 1) % 64))
        guard plain.tags[0][word] >> bit & 1 == 1, plain.tags[1][word] >> bit & 1 == 0 else {
          continue
        }
      }
      let rows = (index == 0 ? 0 : Int(plain.ends[index - 1]))..<Int(plain.ends[index])
      guard let last = rows.last, plain.placed[last] >= recent else { continue }
      var (sum, all, some): (Int64, Int, Int) = (0, 0, 0)
      for row in rows where plain.placed[row] >= year {
        sum += plain.amounts[row]
        all += 1
        if plain.category[row] == 3 { some += 1 }
      }
      if sum > 50_000 && all > 0 && some * 100 >= 20 * all { count += 1 }
    }
    return count
  }
}

/// Numbers that are the same in every run (SplitMix64).
private struct Chance {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
