/// Where the ledger tells a program of this machine what has happened.
package struct Webhook: Hashable, Sendable {
  package let id: WebhookID
  package internal(set) var url: String
  package internal(set) var filter: WebhookFilter
  package internal(set) var isPaused: Bool
  /// The `seq` of the event that created it: it is told of what came after.
  package let created: Int64
  package internal(set) var revision: Int64 = 1
}

/// Which events a webhook is told of: all conditions have to hold, and one that is empty always does.
package struct WebhookFilter: Hashable, Sendable {
  /// Types by their names, or nouns that stand for all of theirs, such as `tag`; sorted.
  package var types: [String]
  package var tags: [TagID]
  package var customers: [CustomerID]

  package init(types: [String] = [], tags: [TagID] = [], customers: [CustomerID] = []) {
    self.types = Set(types).sorted()
    self.tags = Set(tags).sorted()
    self.customers = Set(customers).sorted()
  }

  /// The types meant; nil where a name means none.
  package var eventTypes: Set<EventType>? {
    var found: Set<EventType> = []
    for name in types {
      let matching = EventType.matching(name)
      guard !matching.isEmpty else { return nil }
      found.formUnion(matching)
    }
    return found
  }
}

extension EventType {
  /// The type of that name, or all types of a noun; empty where there is none.
  package static func matching(_ name: String) -> [EventType] {
    if let type = EventType(name: name) { return [type] }
    return allCases.filter { $0.name.hasPrefix(name + ".") }
  }
}

package struct WebhookDraft: Hashable, Sendable {
  package var url: String
  package var filter: WebhookFilter
  package var isPaused: Bool

  package init(url: String, filter: WebhookFilter = WebhookFilter(), isPaused: Bool = false) {
    self.url = url
    self.filter = filter
    self.isPaused = isPaused
  }
}

/// What changes of a webhook: nil leaves it as it is.
package struct WebhookChanges: Hashable, Sendable {
  package var url: String?
  package var types: [String]?
  package var tags: [TagID]?
  package var customers: [CustomerID]?
  package var isPaused: Bool?

  package init(
    url: String? = nil, types: [String]? = nil, tags: [TagID]? = nil,
    customers: [CustomerID]? = nil, isPaused: Bool? = nil
  ) {
    self.url = url
    self.types = types
    self.tags = tags
    self.customers = customers
    self.isPaused = isPaused
  }
}
