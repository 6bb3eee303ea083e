/// A set of customers as bits in chunks: a copy shares every chunk that neither side has changed since.
///
/// Ids are dense, so a bit per id is small, and counting or combining two sets is a pass over words.
package struct CustomerSet: Sendable {
  /// Customers per chunk.
  ///
  /// A write to a shared set copies one chunk, 2 KB, and a reference to each of the others. Of those
  /// there are 61 for a million customers; with chunks of 512 bytes they took most of the time.
  static let chunkBits = 16_384
  static let chunkWords = chunkBits / 64

  /// Each chunk is either empty, which means that no bit is set, or `chunkWords` long.
  private var chunks: [[UInt64]] = []
  package private(set) var count = 0

  package init() {}

  package init(_ customers: some Sequence<CustomerID>) {
    for customer in customers { insert(customer) }
  }

  package var isEmpty: Bool { count == 0 }

  package func contains(_ customer: CustomerID) -> Bool {
    guard customer.rawValue >= 0 else { return false }
    let (chunk, word, bit) = Self.place(of: customer)
    guard chunk < chunks.count, !chunks[chunk].isEmpty else { return false }
    return chunks[chunk][word] & bit != 0
  }

  /// Adds a customer; false where they were there already.
  @discardableResult
  package mutating func insert(_ customer: CustomerID) -> Bool {
    let (chunk, word, bit) = Self.place(of: customer)
    while chunks.count <= chunk { chunks.append([]) }
    if chunks[chunk].isEmpty {
      chunks[chunk] = Array(repeating: 0, count: Self.chunkWords)
    }
    guard chunks[chunk][word] & bit == 0 else { return false }
    chunks[chunk][word] |= bit
    count += 1
    return true
  }

  /// Takes a customer out; false where they were not there.
  @discardableResult
  package mutating func remove(_ customer: CustomerID) -> Bool {
    guard contains(customer) else { return false }
    let (chunk, word, bit) = Self.place(of: customer)
    chunks[chunk][word] &= ~bit
    count -= 1
    return true
  }

  package mutating func formUnion(_ other: Self) {
    combine(with: other) { $0 | $1 }
  }

  package mutating func formIntersection(_ other: Self) {
    combine(with: other) { $0 & $1 }
  }

  package mutating func subtract(_ other: Self) {
    combine(with: other) { $0 & ~$1 }
  }

  package func intersection(_ other: Self) -> Self {
    var result = self
    result.formIntersection(other)
    return result
  }

  package func subtracting(_ other: Self) -> Self {
    var result = self
    result.subtract(other)
    return result
  }

  /// Chunks that only one side has are kept, taken or dropped whole, and stay shared.
  private mutating func combine(with other: Self, _ operation: (UInt64, UInt64) -> UInt64) {
    let keepsOurs = operation(.max, 0) != 0
    let takesTheirs = operation(0, .max) != 0
    count = 0
    while takesTheirs && chunks.count < other.chunks.count { chunks.append([]) }
    for index in chunks.indices {
      let theirs = index < other.chunks.count ? other.chunks[index] : []
      if theirs.isEmpty {
        if !keepsOurs { chunks[index] = [] }
      } else if chunks[index].isEmpty {
        if takesTheirs { chunks[index] = theirs }
      } else {
        for word in 0..<Self.chunkWords {
          chunks[index][word] = operation(chunks[index][word], theirs[word])
        }
      }
      count += chunks[index].reduce(0) { $0 + $1.nonzeroBitCount }
    }
  }

  private static func place(of customer: CustomerID) -> (chunk: Int, word: Int, bit: UInt64) {
    let index = Int(customer.rawValue)
    return (index / chunkBits, index % chunkBits / 64, 1 << UInt64(index % 64))
  }
}

extension CustomerSet: Hashable {
  /// Equal when they hold the same customers, however they came to.
  package static func == (a: Self, b: Self) -> Bool {
    guard a.count == b.count else { return false }
    for index in 0..<Swift.max(a.chunks.count, b.chunks.count) {
      let ours = index < a.chunks.count ? a.chunks[index] : []
      let theirs = index < b.chunks.count ? b.chunks[index] : []
      if ours == theirs { continue }
      let other = ours.isEmpty ? theirs : ours
      guard ours.isEmpty || theirs.isEmpty, other.allSatisfy({ $0 == 0 }) else { return false }
    }
    return true
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for customer in self.prefix(8) { hasher.combine(customer) }
  }
}

extension CustomerSet: Sequence {
  /// Visits the customers in ascending order of their ids.
  package struct Iterator: IteratorProtocol {
    private let chunks: [[UInt64]]
    private var chunk: Int
    private var word: Int
    private var bits: UInt64 = 0

    fileprivate init(_ chunks: [[UInt64]], after customer: CustomerID?) {
      self.chunks = chunks
      chunk = 0
      word = -1
      guard let customer, customer.rawValue >= 0 else { return }
      let place = CustomerSet.place(of: customer)
      chunk = place.chunk
      word = place.word
      if chunk < chunks.count, !chunks[chunk].isEmpty {
        bits = chunks[chunk][word] & ~(place.bit | (place.bit &- 1))
      }
    }

    package mutating func next() -> CustomerID? {
      while bits == 0 {
        word += 1
        if word == CustomerSet.chunkWords {
          word = 0
          chunk += 1
        }
        while chunk < chunks.count && chunks[chunk].isEmpty {
          chunk += 1
          word = 0
        }
        guard chunk < chunks.count else { return nil }
        bits = chunks[chunk][word]
      }
      let bit = bits.trailingZeroBitCount
      bits &= bits - 1
      return CustomerID(Int32(chunk * CustomerSet.chunkBits + word * 64 + bit))
    }
  }

  package func makeIterator() -> Iterator {
    Iterator(chunks, after: nil)
  }

  package var underestimatedCount: Int { count }

  /// The next customers in ascending order behind `customer`; all from the start when it is nil.
  package func after(_ customer: CustomerID?, limit: Int) -> [CustomerID] {
    var iterator = Iterator(chunks, after: customer)
    var page: [CustomerID] = []
    while page.count < limit, let next = iterator.next() { page.append(next) }
    return page
  }
}

// MARK: - By the word

extension CustomerSet {
  var chunkCount: Int { chunks.count }

  /// The words of a chunk; none where no bit of it is set.
  func words(ofChunk index: Int) -> [UInt64] {
    index < chunks.count ? chunks[index] : []
  }

  /// A set of chunks that are each empty or whole.
  init(chunks: [[UInt64]], count: Int) {
    self.chunks = chunks
    self.count = count
  }

  /// A set from masks of 32 customers each, of whom the first of all is customer 1.
  init(masks: [UInt32]) {
    let lastID = masks.count * 32
    for chunk in 0...lastID / Self.chunkBits {
      var words = [UInt64](repeating: 0, count: Self.chunkWords)
      var any: UInt64 = 0
      for word in 0..<Self.chunkWords {
        // Bit n stands for customer n, so that everything is one bit further up than in the masks.
        let first = (chunk * Self.chunkWords + word) * 2
        guard first <= masks.count else { break }
        var bits: UInt64 = 0
        if first > 0 { bits = UInt64(masks[first - 1] >> 31) }
        if first < masks.count { bits |= UInt64(masks[first]) << 1 }
        if first + 1 < masks.count { bits |= UInt64(masks[first + 1]) << 33 }
        words[word] = bits
        any |= bits
        count += bits.nonzeroBitCount
      }
      chunks.append(any == 0 ? [] : words)
    }
  }

  /// The customers in masks of 32, of whom the first of all is customer 1; those behind the last mask
  /// are left out.
  func masks(_ count: Int) -> [UInt32] {
    var masks = [UInt32](repeating: 0, count: count)
    for chunk in chunks.indices where !chunks[chunk].isEmpty {
      let words = chunks[chunk]
      for word in 0..<Self.chunkWords where words[word] != 0 {
        let (bits, first) = (words[word], (chunk * Self.chunkWords + word) * 2)
        if first > 0 && first <= count { masks[first - 1] |= UInt32(bits & 1) << 31 }
        if first < count { masks[first] |= UInt32(truncatingIfNeeded: bits >> 1) & 0x7FFF_FFFF }
        if first < count { masks[first] |= UInt32(truncatingIfNeeded: bits >> 32 & 1) << 31 }
        if first + 1 < count { masks[first + 1] |= UInt32(truncatingIfNeeded: bits >> 33) }
      }
    }
    return masks
  }

  /// The 32 customers from `block * 32 + 1` on; bit 0 is the first of them.
  func mask(ofBlock block: Int) -> UInt32 {
    let id = block * 32 + 1
    let (chunk, word) = (id / Self.chunkBits, id % Self.chunkBits / 64)
    guard chunk < chunks.count else { return 0 }
    // Either bits 1…32 of a word, or its bits 33…63 and bit 0 of the next one.
    guard id % 64 != 1 else {
      return chunks[chunk].isEmpty ? 0 : UInt32(truncatingIfNeeded: chunks[chunk][word] >> 1)
    }
    let low = chunks[chunk].isEmpty ? 0 : chunks[chunk][word] >> 33
    let (next, first) =
      word + 1 < Self.chunkWords ? (chunk, word + 1) : (chunk + 1, 0)
    let high = next < chunks.count && !chunks[next].isEmpty ? chunks[next][first] & 1 : 0
    return UInt32(truncatingIfNeeded: low | high << 31)
  }
}
