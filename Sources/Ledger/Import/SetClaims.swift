import Domain

/// Which tag of a set a memberships file gives each customer; a customer holds one at a time (N9).
///
/// A file that gives two would take the first away again, each time it is imported.
struct SetClaims {
  private var claims: [Int: (tag: TagID, line: Int)] = [:]

  /// Throws `rowRepeated` with the line that has given the customer another tag of the same set.
  mutating func claim(_ row: ImportRow, line: Int, in state: State) throws(Problem) {
    guard case .membership(let who, let name, _) = row, let tag = state.tag(named: NameKey(name)),
      let set = tag.setKey
    else { return }
    var hasher = Hasher()
    hasher.combine(state.customer(of: who).map(RowCustomer.id) ?? who)
    hasher.combine(set)
    let key = hasher.finalize()
    if let before = claims[key], before.tag != tag.id { throw .rowRepeated(line: before.line) }
    claims[key] = (tag.id, claims[key]?.line ?? line)
  }
}
