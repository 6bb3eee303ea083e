import Domain

/// Entries of one facet that wait to be written: collected in the order of the log, written in the
/// order of their keys.
struct PostingRun {
  let facet: Facet
  /// What the run's offsets count from.
  private var base: Int64 = 0
  /// The key in the high half, the offset in the low one.
  private var entries: [UInt64] = []
  private var largest: UInt32 = 0
  /// How far the last seq seen is from `base`.
  private var spread: Int64 = 0
  /// Keys above this have no chunk yet.
  private var known: Int64
  /// Entries of other keys are passed over.
  private let keys: ClosedRange<UInt32>

  /// - Parameters:
  ///   - known: the last key that may have a chunk already; nil where any may.
  ///   - keys: the keys to take.
  init(_ facet: Facet, known: Int64?, keys: ClosedRange<UInt32> = 0...UInt32.max) {
    self.facet = facet
    self.known = known ?? .max
    self.keys = keys
  }

  /// Whether to write now: there are more entries than `limit`, or so many for each key that waiting
  /// for more spares nothing, or they lie so far apart that 32 bits do not tell them from one another.
  func isDue(limit: Int) -> Bool {
    guard !entries.isEmpty else { return false }
    return entries.count > limit || entries.count / 4 / Chunk.capacity > Int(largest)
      || spread > Int64(UInt32.max) / 2
  }

  /// Adds an entry; seqs come in ascending order.
  mutating func add(_ key: Int32, _ seq: Int64) {
    let key = UInt32(bitPattern: key)
    guard keys.contains(key) else { return }
    if entries.isEmpty { base = seq }
    spread = seq - base
    largest = max(largest, key)
    entries.append(UInt64(key) << 32 | UInt64(UInt32(truncatingIfNeeded: seq &- base)))
  }

  /// Adds an entry for each event from `first` on whose key is not 0, and those that are `further`.
  ///
  /// One call for a whole column, since a loop around `add` costs as much as the rest of the work.
  mutating func add(_ keys: [Int32], from first: Int64, further: [ViewsSlice.Further]) {
    guard further.isEmpty else {
      addMixed(keys, from: first, further: further)
      return
    }
    if entries.isEmpty { base = first }
    spread = first + Int64(keys.count) - base
    var largest = self.largest
    var offset = UInt32(truncatingIfNeeded: first &- base)
    let lowest = max(1, self.keys.lowerBound)
    let width = self.keys.upperBound - lowest
    for key in keys {
      let key = UInt32(bitPattern: key)
      // One comparison for both ends.
      if key &- lowest <= width {
        largest = max(largest, key)
        entries.append(UInt64(key) << 32 | UInt64(offset))
      }
      offset &+= 1
    }
    self.largest = largest
  }

  private mutating func addMixed(
    _ keys: [Int32], from first: Int64, further: [ViewsSlice.Further]
  ) {
    var rest = further[...]
    for event in keys.indices {
      let seq = first + Int64(event)
      if keys[event] != 0 { add(keys[event], seq) }
      while let next = rest.first, next.event == event {
        add(next.key, seq)
        rest.removeFirst()
      }
    }
  }

  /// Writes all entries, and empties the run.
  mutating func flush(into writer: inout PostingWriter) throws(Problem) {
    guard !entries.isEmpty else { return }
    // Counting costs a slot per possible key; worth it where there are about as many entries.
    if Int(largest) <= entries.count * 4 {
      try writeCounted(into: &writer)
    } else {
      try writeSorted(into: &writer)
    }
    if known != .max { known = max(known, Int64(largest)) }
    entries.removeAll(keepingCapacity: true)
    largest = 0
    spread = 0
  }

  private func writeCounted(into writer: inout PostingWriter) throws(Problem) {
    var ends = [UInt32](repeating: 0, count: Int(largest) + 2)
    for entry in entries { ends[Int(entry >> 32) + 1] += 1 }
    for key in 1..<ends.count { ends[key] += ends[key - 1] }
    // Placing moves each key's start to its end, which is the next key's start.
    let offsets = [UInt32](unsafeUninitializedCapacity: entries.count) { offsets, count in
      for entry in entries {
        let key = Int(entry >> 32)
        offsets[Int(ends[key])] = UInt32(truncatingIfNeeded: entry)
        ends[key] += 1
      }
      count = entries.count
    }
    var start = 0
    for key in 0...Int(largest) where Int(ends[key]) > start {
      let end = Int(ends[key])
      try write(offsets, start..<end, key: key, into: &writer)
      start = end
    }
  }

  private func writeSorted(into writer: inout PostingWriter) throws(Problem) {
    let sorted = entries.sorted()
    let offsets = sorted.map { UInt32(truncatingIfNeeded: $0) }
    var start = 0
    while start < sorted.count {
      let key = sorted[start] >> 32
      var end = start + 1
      while end < sorted.count && sorted[end] >> 32 == key { end += 1 }
      try write(offsets, start..<end, key: Int(key), into: &writer)
      start = end
    }
  }

  private func write(
    _ offsets: [UInt32], _ range: Range<Int>, key: Int, into writer: inout PostingWriter
  ) throws(Problem) {
    try offsets.withUnsafeBufferPointer { (all) throws(Problem) in
      try writer.append(
        UnsafeBufferPointer(rebasing: all[range]), from: base, to: facet, key: Int64(key),
        isNew: Int64(key) > known)
    }
  }
}
