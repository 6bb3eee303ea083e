import HashTreeCollections

/// Which columns of a file hold what, kept under a name to be used again.
package struct ImportMapping: Hashable, Sendable {
  /// Unique, without regard to case, accents and spaces.
  package var name: String
  /// The kind of import it is for: `orders`, `customers`, `memberships`, `history`.
  package var kind: String
  /// The heading of each field.
  package var columns: [String: String]
  /// What else the import was told, by the name of the option: `currency`, `region`.
  package var options: [String: String]

  package init(
    name: String, kind: String, columns: [String: String], options: [String: String] = [:]
  ) {
    self.name = name
    self.kind = kind
    self.columns = columns
    self.options = options
  }

  init?(_ data: JSON) {
    guard let name = data["name"]?.string, let kind = data["kind"]?.string,
      let columns = data["columns"]?.object
    else { return nil }
    self.init(
      name: name, kind: kind, columns: columns.compactMapValues(\.string),
      options: data["options"]?.object?.compactMapValues(\.string) ?? [:])
  }

  var data: JSON {
    var members: [String: JSON] = [
      "name": .string(name), "kind": .string(kind),
      "columns": .object(columns.mapValues(JSON.string)),
    ]
    if !options.isEmpty { members["options"] = .object(options.mapValues(JSON.string)) }
    return .object(members)
  }
}

extension State {
  private static let mappingLimit = 100

  /// All saved mappings, by name.
  package var importMappings: [ImportMapping] {
    mappings.sorted { $0.key < $1.key }.map(\.value)
  }

  package func mapping(named name: String) throws(Problem) -> ImportMapping {
    guard let found = mappings[NameKey(name)] else { throw .mappingNotFound(name) }
    return found
  }

  func save(_ mapping: ImportMapping) throws(Problem) -> Decision {
    var mapping = mapping
    mapping.name = mapping.name.trimmed
    guard !NameKey(mapping.name).text.isEmpty else { throw .textEmpty(field: "name") }
    try Self.check(mapping.name, "name", limit: 50)
    for (field, text) in mapping.columns.merging(mapping.options, uniquingKeysWith: { $1 }) {
      try Self.check(text, field, limit: 100)
    }
    let known = mappings[NameKey(mapping.name)]
    guard known != mapping else { return Decision(events: [], unchanged: 1) }
    guard known != nil || mappings.count < Self.mappingLimit else {
      throw .bulkTooLarge(count: mappings.count + 1, limit: Self.mappingLimit)
    }
    return Decision(events: [Event(.mappingSaved, data: mapping.data)])
  }

  func removeMapping(_ name: String) throws(Problem) -> Decision {
    let mapping = try mapping(named: name)
    return Decision(events: [
      Event(.mappingRemoved, data: ["name": .string(mapping.name), "kind": .string(mapping.kind)])
    ])
  }
}
