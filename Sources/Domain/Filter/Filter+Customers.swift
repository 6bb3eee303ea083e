extension Filter {
  /// All who answer with yes at a moment.
  package func customers(in state: State, at now: Timestamp) -> CustomerSet {
    customers(on: FilterGround(state, at: now))
  }

  package func customers(on ground: FilterGround) -> CustomerSet {
    CustomerSet(ground.state.live.lazy.filter { FilterMatch(ground, $0).holds(root) })
  }
}
