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
    var size = Self.pageSize
    while left > 0 {
      guard let page: Page<Item> = try await page(target(min(left, size), cursor)) else {
        guard size > 1 else { throw ClientError.answerUnreadable("limit") }
        size = max(1, size / 4)
        continue
      }
      left -= page.items.count
      guard try body(page), let next = page.next else { return }
      cursor = next
    }
  }

  /// Nil when the daemon is set to smaller pages.
  private func page<Item: Codable & Sendable>(
    _ target: String
  ) async throws(ClientError) -> Page<Item>? {
    do throws(ClientError) {
      let page: Page<Item> = try await get(target)
      return page
    } catch {
      if error.problem?.refusesLimit == true { return nil }
      throw error
    }
  }

  /// As many as the daemon gives at once, unless it is set to give less.
  private static var pageSize: Int { 500 }
}

extension ProblemDocument {
  fileprivate var refusesLimit: Bool {
    code == "request.parameter_unreadable" && extras["parameter"]?.string == "limit"
  }
}
