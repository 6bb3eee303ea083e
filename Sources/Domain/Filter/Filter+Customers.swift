extension Filter {
  /// All who answer with yes at a moment.
  package func customers(
    in state: State, at now: Timestamp, spread: @escaping Spread = inOrder
  ) -> CustomerSet {
    customers(on: FilterGround(state, at: now, for: self, spread: spread))
  }

  /// All who answer with yes; where sealed fields are asked for, all who may.
  package func customers(on ground: FilterGround) -> CustomerSet {
    let (candidates, rest) = narrowed(on: ground)
    return rest.map { $0.customers(among: candidates, on: ground) } ?? candidates
  }

  /// How many answer with yes at a moment.
  package func count(in state: State, at now: Timestamp) -> Int {
    count(on: FilterGround(state, at: now, for: self))
  }

  package func count(on ground: FilterGround) -> Int {
    let scan = FilterScan(root, on: ground)
    return scan.isSets ? scan.count(among: ground.state.live) : customers(on: ground).count
  }

  /// Whom the tags leave, and what is still to be asked of them.
  private func narrowed(on ground: FilterGround) -> (CustomerSet, FilterScan?) {
    let scan = FilterScan(root, on: ground)
    let live = ground.state.live
    guard !scan.isSets else { return (scan.combined(with: live), nil) }
    guard case .all(let parts) = scan else { return (live, scan) }
    let sets = parts.filter(\.isSets)
    let candidates = sets.isEmpty ? live : FilterScan.all(sets).combined(with: live)
    return (candidates, .all(parts.filter { !$0.isSets }))
  }
}
