package import Domain
package import Foundation

/// A JSON Schema (draft 2020-12), as far as the schemas of this repository go.
///
/// A keyword that is not known is a failure, so that no schema says more than is checked.
package struct JSONSchema: Sendable {
  private let directory: URL
  private let root: JSON

  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// Reads a schema; its references are to files beside it.
  package init(_ file: URL) throws {
    directory = file.deletingLastPathComponent()
    root = try Self.read(file)
  }

  private static func read(_ file: URL) throws -> JSON {
    try JSON(parsing: Array(Data(contentsOf: file)))
  }

  /// Throws the first thing in which `value` is not as the schema says.
  package func validate(_ value: JSON) throws {
    try validate(value, root, in: root, at: "$")
  }

  private func fail(_ path: String, _ what: String) -> Failure {
    Failure(description: "\(path): \(what)")
  }

  private func validate(_ value: JSON, _ schema: JSON, in root: JSON, at path: String) throws {
    guard let keywords = schema.object else { throw fail(path, "a schema is not an object") }
    for (keyword, rule) in keywords.sorted(by: { $0.key < $1.key }) {
      switch keyword {
      case "$schema", "$id", "$defs", "title", "description": continue
      case "$ref":
        let (target, targetRoot) = try resolve(rule.string ?? "", in: root)
        try validate(value, target, in: targetRoot, at: path)
      case "oneOf":
        let count = (rule.array ?? []).count { option in
          (try? validate(value, option, in: root, at: path)) != nil
        }
        if count != 1 { throw fail(path, "fits \(count) of oneOf") }
      case "type", "const", "enum": try validateKind(value, keyword, rule, at: path)
      case "properties", "required", "additionalProperties", "minProperties", "dependentRequired":
        try validateObject(value, keyword, rule, keywords, in: root, at: path)
      case "items":
        for (index, item) in (value.array ?? []).enumerated() {
          try validate(item, rule, in: root, at: "\(path)[\(index)]")
        }
      case "pattern", "minLength", "maxLength", "minimum", "maximum":
        try validateLimit(value, keyword, rule, at: path)
      default: throw fail(path, "the keyword \(keyword) is not one that is checked here")
      }
    }
  }

  private func validateKind(
    _ value: JSON, _ keyword: String, _ rule: JSON, at path: String
  ) throws {
    let fits: Bool
    switch keyword {
    case "const": fits = value == rule
    case "enum": fits = rule.array?.contains(value) == true
    default:
      let names = rule.array ?? [rule]
      fits = names.contains { $0.string == value.typeName }
    }
    if !fits { throw fail(path, "\(value.canonical) is not \(keyword) \(rule.canonical)") }
  }

  private func validateObject(
    _ value: JSON, _ keyword: String, _ rule: JSON, _ keywords: [String: JSON], in root: JSON,
    at path: String
  ) throws {
    guard let members = value.object else { return }
    switch keyword {
    case "properties":
      for (name, schema) in rule.object ?? [:] {
        guard let member = members[name] else { continue }
        try validate(member, schema, in: root, at: "\(path).\(name)")
      }
    case "required":
      for name in rule.array ?? [] where members[name.string ?? ""] == nil {
        throw fail(path, "lacks \(name.canonical)")
      }
    case "additionalProperties":
      for (name, member) in members where keywords["properties"]?[name] == nil {
        if rule.bool == false { throw fail(path, "has \(name)") }
        if rule.object != nil { try validate(member, rule, in: root, at: "\(path).\(name)") }
      }
    case "minProperties":
      if Int64(members.count) < rule.int ?? 0 { throw fail(path, "has too few members") }
    default:
      for (name, needed) in rule.object ?? [:] where members[name] != nil {
        for other in needed.array ?? [] where members[other.string ?? ""] == nil {
          throw fail(path, "has \(name) but not \(other.canonical)")
        }
      }
    }
  }

  private func validateLimit(
    _ value: JSON, _ keyword: String, _ rule: JSON, at path: String
  ) throws {
    let fits: Bool
    switch (keyword, value) {
    case ("pattern", .string(let text)):
      fits = try Regex(rule.string ?? "").firstMatch(in: text) != nil
    case ("minLength", .string(let text)): fits = Int64(text.unicodeScalars.count) >= rule.int!
    case ("maxLength", .string(let text)): fits = Int64(text.unicodeScalars.count) <= rule.int!
    case ("minimum", .int(let number)): fits = number >= rule.int!
    case ("maximum", .int(let number)): fits = number <= rule.int!
    default: fits = true
    }
    if !fits { throw fail(path, "\(value.canonical) is not within \(keyword) \(rule.canonical)") }
  }

  /// `#/$defs/x` of this file, or `file.json#/$defs/x` of one beside it.
  private func resolve(_ reference: String, in root: JSON) throws -> (JSON, JSON) {
    let parts = reference.split(separator: "#", omittingEmptySubsequences: false)
    let file = parts[0].isEmpty ? root : try Self.read(directory.appending(path: String(parts[0])))
    var target = file
    for step in parts.count > 1 ? parts[1].split(separator: "/") : [] {
      guard let next = target[String(step)] else { throw fail(reference, "is not there") }
      target = next
    }
    return (target, file)
  }
}

extension JSON {
  fileprivate var typeName: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .int: "integer"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}

/// The schemas under schema/events/, by the `type` of the public form.
package struct EventSchemas: Sendable {
  private let schemas: [String: JSONSchema]

  package init() throws {
    let folder = Vectors.repository.appending(path: "schema/events/")
    var schemas: [String: JSONSchema] = [:]
    for type in EventType.allCases {
      let name = "\(type.name).v\(type.version)"
      schemas["tagledger.\(name)"] = try JSONSchema(folder.appending(path: "\(name).json"))
    }
    self.schemas = schemas
  }

  /// Checks a public form: its schema, its length, and that it is canonical JSON.
  package func validate(_ form: [UInt8]) throws {
    let json = try JSON(parsing: form)
    guard Array(json.canonical.utf8) == form, form.count <= 65_535 else {
      throw JSONSchema.Failure(description: "\(json.canonical) is not how it is written")
    }
    guard let schema = schemas[json["type"]?.string ?? ""] else {
      throw JSONSchema.Failure(description: "no schema for \(json["type"]?.canonical ?? "nothing")")
    }
    try schema.validate(json)
  }
}
