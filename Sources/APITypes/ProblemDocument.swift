/// What the server answers instead of a result (RFC 9457, `application/problem+json`).
package struct ProblemDocument: Error, Hashable, Sendable {
  /// Where the problem is explained; `about:blank` names nothing beyond the status.
  package var type: String
  package var title: String
  package var status: Int
  package var detail: String?
  /// What a program matches on; never reworded once released.
  package var code: String
  /// What helps to go on: the other tag's id, the limit, the line; beside the members above.
  package var extras: [String: JSONValue]

  package init(
    type: String = "about:blank", title: String, status: Int, detail: String? = nil, code: String,
    extras: [String: JSONValue] = [:]
  ) {
    self.type = type
    self.title = title
    self.status = status
    self.detail = detail
    self.code = code
    self.extras = extras
  }
}

extension ProblemDocument: Codable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) {
      stringValue = name
    }

    init?(stringValue: String) {
      self.stringValue = stringValue
    }

    init?(intValue: Int) {
      nil
    }
  }

  private static let members: Set = ["type", "title", "status", "detail", "code"]

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    type = try container.decodeIfPresent(String.self, forKey: Key("type")) ?? "about:blank"
    title = try container.decode(String.self, forKey: Key("title"))
    status = try container.decode(Int.self, forKey: Key("status"))
    detail = try container.decodeIfPresent(String.self, forKey: Key("detail"))
    code = try container.decode(String.self, forKey: Key("code"))
    extras = [:]
    for key in container.allKeys where !Self.members.contains(key.stringValue) {
      extras[key.stringValue] = try container.decode(JSONValue.self, forKey: key)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(type, forKey: Key("type"))
    try container.encode(title, forKey: Key("title"))
    try container.encode(status, forKey: Key("status"))
    try container.encodeIfPresent(detail, forKey: Key("detail"))
    try container.encode(code, forKey: Key("code"))
    for (name, value) in extras {
      try container.encode(value, forKey: Key(name))
    }
  }
}
