/// Since when each customer has had a tag, to the second, in chunks: a copy shares what has not changed.
///
/// Four bytes for each customer near one who has the tag: what a pass over all of them reads fastest,
/// and what a write after a copy touches least of (a chunk of 4 KB and two short lists of references).
struct TenureTimes: Sendable {
  private static let chunkSize = 1024
  private static let groupSize = 32

  /// Seconds since 1970, 0 for none; a chunk is empty where nobody in it has the tag.
  private var groups: [[[UInt32]]] = []

  subscript(_ customer: CustomerID) -> Timestamp? {
    let place = Self.place(of: customer)
    guard place.group < groups.count, !groups[place.group][place.chunk].isEmpty else { return nil }
    let seconds = groups[place.group][place.chunk][place.index]
    return seconds == 0 ? nil : Timestamp(microseconds: Int64(seconds) * 1_000_000)
  }

  /// Times before 1970 count as its first second.
  mutating func set(_ customer: CustomerID, _ time: Timestamp) {
    let place = Self.place(of: customer)
    while groups.count <= place.group {
      groups.append(Array(repeating: [], count: Self.groupSize))
    }
    if groups[place.group][place.chunk].isEmpty {
      groups[place.group][place.chunk] = Array(repeating: 0, count: Self.chunkSize)
    }
    let seconds = UInt32(clamping: max(1, time.rawValue / 1_000_000))
    groups[place.group][place.chunk][place.index] = seconds
  }

  mutating func clear(_ customer: CustomerID) {
    let place = Self.place(of: customer)
    guard place.group < groups.count, !groups[place.group][place.chunk].isEmpty else { return }
    groups[place.group][place.chunk][place.index] = 0
  }

  private static func place(of customer: CustomerID) -> (group: Int, chunk: Int, index: Int) {
    let number = Int(customer.rawValue)
    let chunk = number / chunkSize
    return (chunk / groupSize, chunk % groupSize, number % chunkSize)
  }
}

extension TenureTimes: Hashable {
  /// Equal when they tell the same of everybody, however they came to.
  static func == (a: Self, b: Self) -> Bool {
    for index in 0..<max(a.groups.count, b.groups.count) * groupSize {
      let (ours, theirs) = (a.chunk(index), b.chunk(index))
      if ours == theirs { continue }
      let other = ours.isEmpty ? theirs : ours
      guard ours.isEmpty || theirs.isEmpty, other.allSatisfy({ $0 == 0 }) else { return false }
    }
    return true
  }

  private func chunk(_ index: Int) -> [UInt32] {
    let group = index / Self.groupSize
    return group < groups.count ? groups[group][index % Self.groupSize] : []
  }

  /// Those who have the tag tell two sets apart well enough.
  func hash(into hasher: inout Hasher) {}
}
