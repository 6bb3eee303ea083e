import Dispatch

/// The pass over all customers, in blocks of 32 as their facts stand: each part answers for a block with
/// a mask, and is asked only of those whom the parts before it have left.
extension FilterScan {
  /// Those of the candidates who match.
  func customers(among candidates: CustomerSet, on ground: FilterGround) -> CustomerSet {
    if isSets { return combined(with: candidates) }
    let blocks = (ground.state.customers.count + FactBlock.size - 1) / FactBlock.size
    guard blocks > 0, !candidates.isEmpty else { return CustomerSet() }
    var masks = [UInt32](repeating: 0, count: blocks)
    let perShare = 256
    masks.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let masks = buffer
      let shares = (blocks + perShare - 1) / perShare
      Self.concurrently(shares) { share in
        for block in share * perShare..<min((share + 1) * perShare, blocks) {
          let among = candidates.mask(ofBlock: block)
          if among != 0 {
            masks[block] = FilterPass(ground: ground, index: block).mask(self, among)
          }
        }
      }
    }
    return CustomerSet(masks: masks)
  }

  /// On all cores, where there is enough to do.
  static func concurrently(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    DispatchQueue.concurrentPerform(iterations: count, execute: body)
  }
}

/// One block on the pass.
private struct FilterPass {
  let ground: FilterGround
  let index: Int
  let block: FactBlock

  init(ground: FilterGround, index: Int) {
    self.ground = ground
    self.index = index
    block = ground.state.facts.block(index) ?? FactBlock()
  }

  func mask(_ part: FilterScan, _ among: UInt32) -> UInt32 {
    switch part {
    case .all(let parts):
      var left = among
      for part in parts where left != 0 { left = mask(part, left) }
      return left
    case .any(let parts):
      var found: UInt32 = 0
      for part in parts where found != among { found |= mask(part, among & ~found) }
      return found
    case .not(let part): return among & ~mask(part, among)
    case .set(let set): return set.mask(ofBlock: index) & among
    case .leaf(let leaf): return mask(leaf, among)
    }
  }

  private func each(_ among: UInt32, _ holds: (Int) -> Bool) -> UInt32 {
    var found: UInt32 = 0
    var left = among
    while left != 0 {
      let slot = left.trailingZeroBitCount
      left &= left - 1
      if holds(slot) { found |= 1 << UInt32(slot) }
    }
    return found
  }

  private func mask(_ leaf: FilterLeaf, _ among: UInt32) -> UInt32 {
    switch leaf {
    case .never: return 0
    case .channel(let passes):
      return each(among) { passes[Int(ground.state.customers[first + $0].channel)] }
    case .draw(let share, let seed):
      return each(among) { share.takes(customer($0).draw(seed: seed)) }
    case .group(let test, let group):
      return each(among) { test.holds(group(customer($0))) }
    case .within(let kernel, let bounds, let isInside):
      return each(among) { slot in
        kernel.value(block, slot).map { bounds.contains($0.numerator) == isInside } ?? false
      }
    case .compare(let kernel, let comparison, let limit):
      return each(among) { slot in
        kernel.value(block, slot).map { comparison.holds($0.exact, limit) } ?? false
      }
    case .figures(let kernel, let comparison, let other, let percent):
      return each(among) { slot in
        guard let left = kernel.value(block, slot)?.exact,
          let right = other.value(block, slot)?.exact
        else { return false }
        return comparison.holds(left, percent.map { $0.percent(of: right) } ?? right)
      }
    case .missing(let kernel, let isMissing):
      return each(among) { (kernel.value(block, $0) == nil) == isMissing }
    case .paid(let kernel, let since, let unshipped):
      return each(among) { kernel.isPaid(since: since, unshipped: unshipped, block, $0) }
    case .shipped(let kernel): return each(among) { kernel.isAllShipped(block, $0) }
    case .broadcast(let kernel, let broadcast, let answered):
      return each(among) { kernel.has(broadcast: broadcast, answered: answered, block, $0) }
    }
  }

  /// Where the first customer of the block stands.
  private var first: Int { index * FactBlock.size }

  private func customer(_ slot: Int) -> CustomerID { CustomerID(Int32(first + slot + 1)) }
}
