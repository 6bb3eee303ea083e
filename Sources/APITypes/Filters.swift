/// Body of `POST /v1/filters`.
package struct FilterDraft: Codable, Hashable, Sendable {
  package var filter: String
  /// Whether it is told how many pass each part.
  package var parts: Bool?
  /// The number of an event, a time or a day; now where it is absent.
  package var asOf: String?

  package init(filter: String, parts: Bool? = nil, asOf: String? = nil) {
    self.filter = filter
    self.parts = parts
    self.asOf = asOf
  }

  package enum CodingKeys: String, CodingKey {
    case filter, parts
    case asOf = "as_of"
  }
}

/// A filter as it was understood, and how many match it.
package struct FilterReport: Codable, Hashable, Sendable {
  /// In the canonical form, with the tags' present names.
  package var filter: String
  /// With the tags' numbers, as segments and rules keep it.
  package var stored: String
  package var count: Int
  /// The whole first, and each part before its own parts.
  package var parts: [FilterPartReport]?

  package init(filter: String, stored: String, count: Int, parts: [FilterPartReport]? = nil) {
    self.filter = filter
    self.stored = stored
    self.count = count
    self.parts = parts
  }
}

/// One part of a filter, and how many customers pass it by itself.
package struct FilterPartReport: Codable, Hashable, Sendable {
  package var depth: Int
  package var filter: String
  /// Absent where it asks for personal fields, which are opened only for whom the rest leaves.
  package var count: Int?
  /// How many pass it and all parts before it; of the parts that the whole joins with `and`.
  package var left: Int?

  package init(depth: Int, filter: String, count: Int?, left: Int? = nil) {
    self.depth = depth
    self.filter = filter
    self.count = count
    self.left = left
  }
}
