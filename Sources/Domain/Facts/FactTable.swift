/// The facts of all customers, in blocks that a copy shares until one of them is written to.
///
/// A spine of chunks of blocks: a first write after a copy copies the spine, one chunk of references
/// and one block.
struct FactTable: Hashable, Sendable {
  private static let chunkSize = 128

  /// Each chunk holds `chunkSize` boxes: an array of one block, or of none.
  private var chunks: [[[FactBlock]]] = []

  /// How many blocks there may be; ask `block` for each.
  var blockCount: Int { chunks.count * Self.chunkSize }

  /// The block of the customers from `index * FactBlock.size + 1` on, of whom the first has slot 0; nil
  /// where none of them has any facts.
  func block(_ index: Int) -> FactBlock? {
    withBlock(index) { $0.pointee }
  }

  /// Hands over one block where it stands; nil where none of its customers has any facts.
  @inline(__always)
  func withBlock<Value>(_ index: Int, _ body: (UnsafePointer<FactBlock>) -> Value) -> Value? {
    let chunk = index / Self.chunkSize
    guard chunk < chunks.count else { return nil }
    return chunks[chunk][index % Self.chunkSize].withUnsafeBufferPointer {
      $0.isEmpty ? nil : body($0.baseAddress!)
    }
  }

  /// Hands over the blocks of a range one by one, where they stand: nothing is copied or counted, which
  /// would take longer than to look at one. Hence the pointer, which holds as long as the body runs:
  /// passed as a value, each of its twenty columns is counted.
  ///
  /// - Parameters:
  ///   - columns: what is fetched into the cache ahead of the body.
  ///   - masks: which customers of each block are asked for; nil for all. It has to hold for as long as
  ///     this runs, and of the range nobody else may change it.
  func eachBlock(
    in range: Range<Int>, fetching columns: FactColumns = [],
    of masks: UnsafeBufferPointer<UInt32>? = nil,
    _ body: (Int, UnsafePointer<FactBlock>) -> Void
  ) {
    let ahead = FactAhead(columns, of: masks)
    var index = range.lowerBound
    while index < range.upperBound {
      let chunk = index / Self.chunkSize
      let end = min(range.upperBound, (chunk + 1) * Self.chunkSize)
      let boxes = chunk < chunks.count ? chunks[chunk] : []
      while index < end {
        let isEmpty = boxes.isEmpty || boxes[index % Self.chunkSize].isEmpty
        ahead.fetch(
          behind: index % Self.chunkSize, of: boxes, from: chunk * Self.chunkSize,
          to: range.upperBound)
        let box = isEmpty ? Self.noFacts : boxes[index % Self.chunkSize]
        box.withUnsafeBufferPointer { body(index, $0.baseAddress!) }
        index += 1
      }
    }
  }

  private static let noFacts = [FactBlock()]

  /// Where the facts of a customer stand.
  static func place(of customer: CustomerID) -> (block: Int, slot: Int) {
    (customer.index / FactBlock.size, customer.index % FactBlock.size)
  }

  subscript(_ customer: CustomerID) -> CustomerFacts {
    get {
      let (index, slot) = Self.place(of: customer)
      return block(index)?.facts(slot) ?? CustomerFacts()
    }
    set {
      change(customer) { $0.replace($1, with: newValue) }
    }
  }

  /// The chunk in which the facts of a customer stand.
  static func chunk(of customer: CustomerID) -> Int {
    customer.index / (FactBlock.size * chunkSize)
  }

  /// Changes the block of a customer in place.
  mutating func change(
    _ customer: CustomerID, _ body: (inout FactBlock, _ slot: Int) -> Void
  ) {
    let chunk = Self.chunk(of: customer)
    makeRoom(chunk + 1)
    Self.change(customer, in: &chunks[chunk], body)
  }

  /// Puts into their blocks what is due of the first shares, one for each chunk: no two threads come near
  /// the same block, and what is one customer's goes in order.
  mutating func take(
    _ read: inout ReadFacts, _ count: Int, _ numbers: FactNumbers, _ spread: Spread
  ) {
    makeRoom(count)
    chunks.withUnsafeMutableBufferPointer { chunks in
      read.withShares { shares in
        nonisolated(unsafe) let (chunks, shares) = (chunks, shares)
        spread(count) { chunk in
          shares[chunk].take(numbers) { customer, piece in
            Self.change(customer, in: &chunks[chunk]) { $0.take(piece, $1) }
          }
        }
      }
    }
  }

  private mutating func makeRoom(_ count: Int) {
    while chunks.count < count { chunks.append(Array(repeating: [], count: Self.chunkSize)) }
  }

  private static func change(
    _ customer: CustomerID, in chunk: inout [[FactBlock]],
    _ body: (inout FactBlock, _ slot: Int) -> Void
  ) {
    let (index, slot) = place(of: customer)
    let box = index % chunkSize
    if chunk[box].isEmpty { chunk[box] = [FactBlock()] }
    body(&chunk[box][0], slot)
  }
}

extension FactBlock {
  func facts(_ slot: Int) -> CustomerFacts {
    var facts = CustomerFacts()
    facts.orders = orders(slot).map(order)
    facts.credits = Array(credits[slot])
    facts.messages = Array(messages[slot])
    facts.broadcasts = Array(broadcasts[slot])
    facts.enquiries = Array(enquiries[slot])
    facts.complaints = Array(complaints[slot])
    facts.urgencies = Array(urgencies[slot])
    return facts
  }

  mutating func replace(_ slot: Int, with facts: CustomerFacts) {
    replaceOrders(slot, with: facts.orders)
    credits.replace(slot, with: facts.credits)
    messages.replace(slot, with: facts.messages)
    broadcasts.replace(slot, with: facts.broadcasts)
    enquiries.replace(slot, with: facts.enquiries)
    complaints.replace(slot, with: facts.complaints)
    urgencies.replace(slot, with: facts.urgencies)
  }

  mutating func take(_ piece: FactPiece, _ slot: Int) {
    switch piece {
    case .order(let order): take(order, slot)
    case .credit(let credit): credits.take(credit, slot)
    case .message(let message): messages.take(message, slot)
    case .broadcast(let broadcast): broadcasts.take(broadcast, slot)
    case .enquiry(let enquiry): enquiries.take(enquiry, slot)
    case .complaint(let complaint): complaints.take(complaint, slot)
    case .urgency(let urgency): urgencies.take(urgency, slot)
    }
  }
}
