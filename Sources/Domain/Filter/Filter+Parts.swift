/// One part of a filter, and how many pass it.
package struct FilterPartCount: Hashable, Sendable {
  /// How deep it lies; the whole filter has 0.
  package let depth: Int
  /// In the canonical form, with the tags' present names.
  package let text: String
  /// Of all customers, by this part alone; nil where it asks for what is sealed, which is opened only for
  /// those whom the rest leaves.
  package let count: Int?
}

extension Filter {
  /// How many pass each part by itself: the whole first, and each before its own parts.
  package func parts(on ground: FilterGround) -> [FilterPartCount] {
    let printer = FilterPrinter(naming: ground.state)
    var parts: [FilterPartCount] = []
    func add(_ part: FilterPart, _ depth: Int) {
      let filter = Filter(part)
      parts.append(
        FilterPartCount(
          depth: depth, text: printer.text(part),
          count: filter.asksPersonal ? nil : filter.customers(on: ground).count))
      for child in part.children { add(child, depth + 1) }
    }
    add(root, 0)
    return parts
  }
}
