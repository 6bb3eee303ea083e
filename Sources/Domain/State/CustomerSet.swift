/// A set of customers as bits in chunks: a copy shares every chunk that neither side has changed since.
///
/// Ids are dense, so a bit per id is small, and counting or combining two sets is a pass over words.
package struct CustomerSet: Sendable {
  /// Customers per chunk.
  ///
  /// A write to a shared set copies one chunk, 2 KB, and a reference to each of the others. Of those
  /// there are 61 for a million customers; with chunks of 512 bytes they took most of the time.
  static let chunkBits = 16_384
  private static let chunkWords = chunkBits / 64

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
