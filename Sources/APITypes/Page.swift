/// One page of a list.
package struct Page<Item: Codable & Sendable>: Codable, Sendable {
  package var items: [Item]
  /// What to hand back as `cursor` for the page that follows; nil on the last one.
  package var next: String?
  /// The `seq` up to which the answer knows the log.
  package var position: Int64

  package init(items: [Item], next: String?, position: Int64) {
    self.items = items
    self.next = next
    self.position = position
  }
}

extension Page: Equatable where Item: Equatable {}

/// A tag or a customer as another resource mentions it.
package struct Reference: Codable, Hashable, Sendable {
  package var id: Int32
  /// Nil where there is none to show: a customer without a name, or one whose name was erased.
  package var name: String?

  package init(id: Int32, name: String?) {
    self.id = id
    self.name = name
  }
}
