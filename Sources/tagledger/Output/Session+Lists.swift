import APITypes
import Client

extension Session {
  /// Fetches and prints a list page by page.
  ///
  /// - Parameters:
  ///   - limit: nil for all.
  ///   - none: thrown when there is nothing, where that is a failure.
  func list<Item: Codable & Sendable>(
    _ columns: [Column<Item>], limit: Int?, none: Failure? = nil,
    target: (_ limit: Int, _ cursor: String?) -> String
  ) async throws {
    var listing = Listing(self, columns: columns)
    var hasMore = false
    try await client.pages(
      of: Item.self, limit: limit, target: target,
      each: { page in
        listing.add(page)
        hasMore = page.next != nil
        return true
      })
    if listing.count == 0, let none { throw none }
    listing.finish()
    if hasMore, let limit, format == .text, !quiet, terminal.outIsTerminal {
      remark(words.more(limit))
    }
  }

  /// Prints one thing: for people as `text` has it, for programs as a list of one would be.
  func show<Item: Encodable & Sendable>(
    _ item: Item, _ columns: [Column<Item>], text: () -> String
  ) {
    switch format {
    case .text where !quiet: terminal.out(text())
    case .json where !quiet: print(JSONText.pretty(item))
    default:
      var listing = Listing(self, columns: columns)
      listing.add([item])
    }
  }
}
