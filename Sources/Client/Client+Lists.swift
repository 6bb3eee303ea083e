package import APITypes

extension Client {
  /// Hands the pages of a list to `body` one after the other, until `limit` items have been seen,
  /// `body` returns false or the list ends.
  ///
  /// - Parameter target: builds the path of one page from its size and its cursor.
  package func pages<Item: Codable & Sendable>(
    of type: Item.Type = Item.self, limit: Int? = nil,
    target: (_ limit: Int, _ cursor: String?) -> String,
    each body: (Page<Item>) throws -> Bool
  ) async throws {
    var cursor: String?
    var left = limit ?? .max
    while left > 0 {
      let size = min(left, Self.pageSize)
      let page: Page<Item> = try await get(target(size, cursor))
      left -= page.items.count
      guard try body(page), let next = page.next else { return }
      cursor = next
    }
  }

  /// As many as the daemon gives at once.
  static var pageSize: Int { 500 }
}
