package import Domain
import NIOCore

/// Reads the members of a JSON object by name and type; whatever was not asked for is refused.
///
/// Codable would let floats, duplicate keys and misspelt names pass: a misspelt `custmers` must not
/// become a command about nobody.
package struct Fields {
  private let members: [String: JSON]
  /// Where the object stands, as a prefix of its members' paths.
  private let path: String

  package init(_ members: [String: JSON], path: String = "") {
    self.members = members
    self.path = path
  }

  package init(parsing bytes: some Collection<UInt8>) throws(Rejection) {
    let value: JSON
    do {
      value = try JSON(parsing: Array(bytes))
    } catch {
      throw .jsonUnreadable(error)
    }
    try self.init(value)
  }

  init(parsing buffer: ByteBuffer) throws(Rejection) {
    let read: Result<JSON, JSON.ParseError> = buffer.withUnsafeReadableBytes { bytes in
      Result { () throws(JSON.ParseError) in
        try JSON(parsing: bytes.assumingMemoryBound(to: UInt8.self))
      }
    }
    switch read {
    case .success(let value): try self.init(value)
    case .failure(let error): throw .jsonUnreadable(error)
    }
  }

  init(object value: JSON) throws(Rejection) { try self.init(value) }

  private init(_ value: JSON) throws(Rejection) {
    guard case .object(let members) = value else {
      throw .fieldUnreadable(path: "", expected: .object)
    }
    self.init(members)
  }

  /// Refuses members of any other name, naming the first of them.
  package func only(_ names: Set<String>) throws(Rejection) {
    for name in members.keys where !names.contains(name) {
      let strangers = members.keys.filter { !names.contains($0) }
      throw .fieldUnknown(path: path + strangers.min()!, known: names.sorted())
    }
  }

  package func has(_ name: String) -> Bool {
    members[name] != nil
  }

  /// Nil when it is absent; empty when it is there to clear the field, as `""` or `null`.
  package func text(_ name: String) throws(Rejection) -> String? {
    switch members[name] {
    case nil: return nil
    case .null: return ""
    case .string(let value): return value
    default: throw .fieldUnreadable(path: path + name, expected: .text)
    }
  }

  package func requiredText(_ name: String) throws(Rejection) -> String {
    switch members[name] {
    case nil: throw .fieldMissing(path: path + name)
    case .string(let value): return value
    default: throw .fieldUnreadable(path: path + name, expected: .text)
    }
  }

  /// Nil when it is absent: what can be changed, and not be cleared.
  package func changedText(_ name: String) throws(Rejection) -> String? {
    has(name) ? try requiredText(name) : nil
  }

  /// Nil when it is absent or empty: where there is nothing to clear, the two mean the same.
  package func filledText(_ name: String) throws(Rejection) -> String? {
    let value = try text(name)
    return value?.isEmpty == true ? nil : value
  }

  package func flag(_ name: String) throws(Rejection) -> Bool {
    switch members[name] {
    case nil: return false
    case .bool(let value): return value
    default: throw .fieldUnreadable(path: path + name, expected: .flag)
    }
  }

  package func integer(_ name: String) throws(Rejection) -> Int64? {
    switch members[name] {
    case nil: return nil
    case .int(let value): return value
    default: throw .fieldUnreadable(path: path + name, expected: .integer)
    }
  }

  /// A number as tags and customers have it.
  package func id(_ name: String) throws(Rejection) -> Int32 {
    guard let value = members[name] else { throw .fieldMissing(path: path + name) }
    return try Self.id(value, path: path + name)
  }

  package func ids(_ name: String) throws(Rejection) -> [Int32] {
    guard let value = members[name] else { throw .fieldMissing(path: path + name) }
    guard case .array(let elements) = value else {
      throw .fieldUnreadable(path: path + name, expected: .ids)
    }
    var ids: [Int32] = []
    ids.reserveCapacity(elements.count)
    for element in elements {
      guard case .int(let value) = element, value > 0, let id = Int32(exactly: value) else {
        throw .fieldUnreadable(path: "\(path)\(name)[\(ids.count)]", expected: .id)
      }
      ids.append(id)
    }
    return ids
  }

  /// Numbers of events; nil where there is no such member.
  package func seqs(_ name: String) throws(Rejection) -> [Int64]? {
    guard let value = members[name] else { return nil }
    guard case .array(let elements) = value else {
      throw .fieldUnreadable(path: path + name, expected: .ids)
    }
    let seqs = elements.compactMap(\.int)
    guard seqs.count == elements.count else {
      throw .fieldUnreadable(path: path + name, expected: .ids)
    }
    return seqs
  }

  private static func id(_ value: JSON, path: String) throws(Rejection) -> Int32 {
    guard case .int(let value) = value, value > 0, let id = Int32(exactly: value) else {
      throw .fieldUnreadable(path: path, expected: .id)
    }
    return id
  }

  /// Nil when it is absent; empty when it is there to clear the field.
  package func texts(_ name: String) throws(Rejection) -> [String]? {
    switch members[name] {
    case nil: return nil
    case .null: return []
    case .array(let elements):
      var texts: [String] = []
      for element in elements {
        guard case .string(let text) = element else {
          throw .fieldUnreadable(path: "\(path)\(name)[\(texts.count)]", expected: .text)
        }
        texts.append(text)
      }
      return texts
    default: throw .fieldUnreadable(path: path + name, expected: .texts)
    }
  }

  /// The object that a member is; nil where it is absent or null.
  package func object(_ name: String) throws(Rejection) -> Fields? {
    switch members[name] {
    case nil, .null: return nil
    case .object(let object): return Fields(object, path: "\(path)\(name).")
    default: throw .fieldUnreadable(path: path + name, expected: .object)
    }
  }

  /// The objects of a list; nil where it is absent.
  package func objects(_ name: String) throws(Rejection) -> [Fields]? {
    guard let value = members[name] else { return nil }
    guard case .array(let elements) = value else {
      throw .fieldUnreadable(path: path + name, expected: .object)
    }
    var objects: [Fields] = []
    for (index, element) in elements.enumerated() {
      guard case .object(let object) = element else {
        throw .fieldUnreadable(path: "\(path)\(name)[\(index)]", expected: .object)
      }
      objects.append(Fields(object, path: "\(path)\(name)[\(index)]."))
    }
    return objects
  }

  /// An object whose members are all texts; nil when it is absent.
  package func dictionary(_ name: String) throws(Rejection) -> [String: String]? {
    switch members[name] {
    case nil: return nil
    case .object(let members):
      var texts: [String: String] = [:]
      for (key, value) in members {
        guard case .string(let text) = value else {
          throw .fieldUnreadable(path: "\(path)\(name).\(key)", expected: .text)
        }
        texts[key] = text
      }
      return texts
    default: throw .fieldUnreadable(path: path + name, expected: .dictionary)
    }
  }
}
