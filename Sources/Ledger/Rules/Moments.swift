import Domain
import HeapModule

/// For each customer the next moment at which time alone may change what rules say of them.
///
/// Memory: 8 bytes for each customer, and 4 to 8 for each who waits. Whoever is put off leaves their
/// old entry behind; entries that are no longer true are passed over, and cleared away when there are
/// more of them than of the others.
struct Moments: Sendable {
  /// µs; the customers of one slot are only put in order when it comes.
  static let slotWidth: Int64 = 3_600_000_000

  /// Customer `n` stands at `n`; `.max` where nothing is waited for.
  private var due: [Int64] = []
  private var slots: [Int64: [Int32]] = [:]
  private var nextSlots = Heap<Int64>()
  /// The slots up to this one have been put in order.
  private var opened = Int64.min
  private var ordered = Heap<Entry>()
  /// How many customers wait for something.
  private(set) var count = 0
  private var entries = 0

  private struct Entry: Comparable {
    let moment: Int64
    let customer: Int32

    static func < (a: Self, b: Self) -> Bool {
      (a.moment, a.customer) < (b.moment, b.customer)
    }
  }

  /// What is waited for; nil for nothing.
  subscript(customer: CustomerID) -> Timestamp? {
    let index = Int(customer.rawValue)
    guard due.indices.contains(index), due[index] != .max else { return nil }
    return Timestamp(microseconds: due[index])
  }

  mutating func wait(for moment: Timestamp?, of customer: CustomerID) {
    let index = Int(customer.rawValue)
    while due.count <= index { due.append(.max) }
    let time = moment?.rawValue ?? .max
    guard due[index] != time else { return }
    if due[index] == .max { count += 1 }
    if time == .max { count -= 1 }
    due[index] = time
    if time != .max { enter(time, customer.rawValue) }
    if entries > 2 * count + 4096 { clear() }
  }

  /// The first customer whose moment has come by `now`, who stays until they wait for another.
  mutating func first(by now: Timestamp) -> (moment: Timestamp, customer: CustomerID)? {
    guard let (moment, customer) = next(), moment <= now else { return nil }
    return (moment, customer)
  }

  /// The next moment of all.
  mutating func next() -> (moment: Timestamp, customer: CustomerID)? {
    while true {
      while let entry = ordered.min {
        if due[Int(entry.customer)] == entry.moment {
          return (Timestamp(microseconds: entry.moment), CustomerID(entry.customer))
        }
        _ = ordered.popMin()
        entries -= 1
      }
      guard let slot = nextSlots.popMin() else { return nil }
      open(slot)
    }
  }

  // MARK: Slots

  private static func slot(of time: Int64) -> Int64 {
    // Rounded down, also before 1970.
    time >= 0 ? time / slotWidth : (time - slotWidth + 1) / slotWidth
  }

  private mutating func enter(_ time: Int64, _ customer: Int32) {
    entries += 1
    let slot = Self.slot(of: time)
    guard slot > opened else {
      ordered.insert(Entry(moment: time, customer: customer))
      return
    }
    if slots[slot] == nil { nextSlots.insert(slot) }
    slots[slot, default: []].append(customer)
  }

  private mutating func open(_ slot: Int64) {
    opened = max(opened, slot)
    for customer in slots.removeValue(forKey: slot) ?? [] {
      let time = due[Int(customer)]
      guard time != .max, Self.slot(of: time) == slot else {
        entries -= 1
        continue
      }
      ordered.insert(Entry(moment: time, customer: customer))
    }
  }

  private mutating func clear() {
    slots = [:]
    nextSlots = Heap()
    ordered = Heap()
    entries = 0
    for (index, time) in due.enumerated() where time != .max { enter(time, Int32(index)) }
  }
}
