import APITypes
import Client

extension Session {
  /// Fetches and prints a list page by page.
  ///
  /// - Parameter limit: nil for all.
  func list<Item: Codable & Sendable>(
    _ columns: [Column<Item>], limit: Int?, id: @escaping @Sendable (Item) -> String,
    target: (_ limit: Int, _ cursor: String?) -> String
  ) async throws {
    var listing = Listing(self, columns: columns, id: id)
    var hasMore = false
    try await client.pages(of: Item.self, limit: limit, target: target) { page in
      // A CSV begins with its heading, even when the first page is the last and empty.
      if !page.items.isEmpty { listing.add(page.items) }
      hasMore = page.next != nil
      return true
    }
    listing.finish()
    if hasMore, let limit, format == .text, !quiet, terminal.outIsTerminal {
      remark(words.more(limit))
    }
  }

  /// Prints one thing: for people as `text` has it, for programs as a list of one would be.
  func show<Item: Encodable & Sendable>(
    _ item: Item, _ columns: [Column<Item>], id: @escaping @Sendable (Item) -> String,
    text: () -> String
  ) {
    if quiet { return print(id(item)) }
    switch format {
    case .text: terminal.out(text())
    case .json: print(JSONText.pretty(item))
    case .ndjson: print(JSONText.line(item))
    case .csv:
      var listing = Listing(self, columns: columns, id: id)
      listing.add([item])
    }
  }
}
