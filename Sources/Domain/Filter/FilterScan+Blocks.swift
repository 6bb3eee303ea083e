/// The pass over all customers, in blocks of 32 as their facts stand: each part answers for a block with
/// a mask, and is asked only of those whom the parts before it have left.
extension FilterScan {
  /// Those of the candidates who match.
  func customers(among candidates: CustomerSet, on ground: FilterGround) -> CustomerSet {
    if isSets { return combined(with: candidates) }
    let blocks = (ground.state.customers.count + FactBlock.size - 1) / FactBlock.size
    guard blocks > 0, !candidates.isEmpty else { return CustomerSet() }
    var masks = candidates.masks(blocks)
    let sets = FlatSets(self, blocks)
    let table = ground.state.facts.table
    let columns = columns
    masks.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let masks = buffer
      let perShare = 512
      ground.spread((blocks + perShare - 1) / perShare) { share in
        // Each has a copy of its own: counting references to one that all share would take longer than
        // the work.
        let pass = FilterPass(self, sets, ground)
        let part = share * perShare..<min((share + 1) * perShare, blocks)
        table.eachBlock(in: part, fetching: columns, of: UnsafeBufferPointer(masks)) {
          index, block in
          if masks[index] != 0 { masks[index] = pass.mask(masks[index], index, block) }
        }
      }
    }
    return CustomerSet(masks: masks)
  }
}

/// The sets of a scan as flat masks, in the order in which they stand in it.
private final class FlatSets: Sendable {
  nonisolated(unsafe) private(set) var masks: [UnsafeMutableBufferPointer<UInt32>] = []

  init(_ scan: FilterScan, _ blocks: Int) {
    add(scan, blocks)
  }

  private func add(_ scan: FilterScan, _ blocks: Int) {
    switch scan {
    case .all(let parts), .any(let parts): for part in parts { add(part, blocks) }
    case .not(let part): add(part, blocks)
    case .leaf: break
    case .set(let set):
      let flat = UnsafeMutableBufferPointer<UInt32>.allocate(capacity: blocks)
      _ = flat.initialize(from: set.masks(blocks))
      masks.append(flat)
    }
  }

  deinit {
    for flat in masks { flat.deallocate() }
  }
}

/// A scan on its way over some blocks, by one thread.
private struct FilterPass {
  /// Those of the customers of a block, among these, who match.
  typealias Mask = (_ among: UInt32, _ index: Int, _ block: UnsafePointer<FactBlock>) -> UInt32

  let mask: Mask
  private let sets: FlatSets

  init(_ scan: FilterScan, _ sets: FlatSets, _ ground: FilterGround) {
    var left = sets.masks[...]
    mask = Self.mask(of: scan, &left, ground.state)
    self.sets = sets
  }

  // What a part is gets asked once, when it is made into a function, and not for each block.

  private static func mask(
    of scan: FilterScan, _ sets: inout ArraySlice<UnsafeMutableBufferPointer<UInt32>>,
    _ state: State
  ) -> Mask {
    switch scan {
    case .all(let parts):
      let masks = parts.map { mask(of: $0, &sets, state) }
      return { among, index, block in
        var left = among
        for mask in masks where left != 0 { left = mask(left, index, block) }
        return left
      }
    case .any(let parts):
      let masks = parts.map { mask(of: $0, &sets, state) }
      return { among, index, block in
        var found: UInt32 = 0
        for mask in masks where found != among { found |= mask(among & ~found, index, block) }
        return found
      }
    case .not(let part):
      let mask = mask(of: part, &sets, state)
      return { among, index, block in among & ~mask(among, index, block) }
    case .set:
      let bits = UnsafePointer(sets.removeFirst().baseAddress!)
      return { among, index, _ in bits[index] & among }
    case .leaf(let leaf): return mask(of: leaf, state)
    }
  }

  private static func mask(of leaf: FilterLeaf, _ state: State) -> Mask {
    switch leaf {
    case .never: { _, _, _ in 0 }
    case .within(let kernel, let bounds, let isInside):
      { among, _, block in
        kernel.mask(among, block) { bounds.contains($0.numerator) == isInside }
      }
    case .compare(let kernel, let comparison, let limit):
      { [limit = limit.narrow] among, _, block in
        kernel.mask(among, block) { $0.holds(comparison, limit) }
      }
    case .figures(let kernel, let comparison, let other, let percent):
      { among, _, block in
        among.slots { slot in
          guard let left = kernel.value(block, slot)?.exact,
            let right = other.value(block, slot)?.exact
          else { return false }
          return comparison.holds(left, percent.map { $0.percent(of: right) } ?? right)
        }
      }
    case .missing(let kernel, let isMissing):
      { among, _, block in
        let present = kernel.mask(among, block) { _ in true }
        return isMissing ? among & ~present : present
      }
    case .paid(let kernel, let since, let unshipped):
      { among, _, block in
        among.slots { kernel.isPaid(since: since, unshipped: unshipped, block, $0) }
      }
    case .shipped(let kernel):
      { among, _, block in among.slots { kernel.isAllShipped(block, $0) } }
    case .broadcast(let kernel, let broadcast, let answered):
      { among, _, block in
        among.slots { kernel.has(broadcast: broadcast, answered: answered, block, $0) }
      }
    case .channel(let passes):
      { [customers = state.customers] among, index, _ in
        let first = index * FactBlock.size
        return among.slots { passes[Int(customers[first + $0].channel)] }
      }
    case .draw(let share, let seed):
      { among, index, _ in among.slots { share.takes(customer(index, $0).draw(seed: seed)) } }
    case .group(let test, let group):
      { among, index, _ in among.slots { test.holds(group(customer(index, $0))) } }
    }
  }

  private static func customer(_ index: Int, _ slot: Int) -> CustomerID {
    CustomerID(Int32(index * FactBlock.size + slot + 1))
  }
}

extension UInt32 {
  /// Those of the slots that are in this mask of whom `holds` is true.
  @inline(__always)
  func slots(_ holds: (Int) -> Bool) -> UInt32 {
    var found: UInt32 = 0
    var left = self
    while left != 0 {
      let slot = left.trailingZeroBitCount
      left &= left - 1
      if holds(slot) { found |= 1 << UInt32(slot) }
    }
    return found
  }
}
