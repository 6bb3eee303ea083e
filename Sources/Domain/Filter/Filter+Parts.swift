/// One part of a filter, and how many pass it.
package struct FilterPartCount: Hashable, Sendable {
  /// How deep it lies; the whole filter has 0.
  package let depth: Int
  /// In the canonical form, with the tags' present names.
  package let text: String
  /// Of all customers, by this part alone; nil where it asks for what is sealed, which is opened only for
  /// those whom the rest leaves.
  package let count: Int?
  /// Of all customers, by this part and all those before it: where people fall out. Only of the parts
  /// that a filter as a whole joins with `and`, up to one that asks for what is sealed.
  package let left: Int?
}

extension Filter {
  /// How many pass each part by itself: the whole first, and each before its own parts.
  package func parts(on ground: FilterGround) -> [FilterPartCount] {
    let printer = FilterPrinter(naming: ground.state)
    var parts: [FilterPartCount] = []
    func add(_ part: FilterPart, _ depth: Int, after found: CustomerSet?) -> CustomerSet? {
      let filter = Filter(part)
      let own = filter.asksPersonal ? nil : filter.customers(on: ground)
      let left = own.flatMap { own in found.map { $0.intersection(own) } }
      parts.append(
        FilterPartCount(
          depth: depth, text: printer.text(part), count: own?.count, left: left?.count))
      var before = depth == 0 && part.joins ? ground.state.live : nil
      for child in part.children { before = add(child, depth + 1, after: before) }
      return left
    }
    _ = add(root, 0, after: nil)
    return parts
  }
}

extension FilterPart {
  /// Whether it asks for each of its parts.
  fileprivate var joins: Bool {
    switch self {
    case .all, .group(.all, _): true
    default: false
    }
  }
}
