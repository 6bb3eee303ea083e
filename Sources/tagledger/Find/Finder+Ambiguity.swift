import APITypes
import Client

/// What a person may name by its id or by its name.
protocol Named: Sendable {
  var id: Int32 { get }
  /// Into what it was merged, so that the id of the one means the other.
  var mergedInto: Int32? { get }
  /// Id and name, for a choice.
  var label: String { get }
}

extension Finder {
  enum Noun: String, Sendable {
    case tag
    case customer
    case rule
    case segment
  }

  /// The id in `#12`, which is one whatever anything is called, as in filters; nil for all else.
  static func marked(_ text: String) -> Int32? {
    guard text.hasPrefix("#"), let id = Int32(text.dropFirst()), id > 0 else { return nil }
    return id
  }

  /// Finds what a text means as an id or as a name; refuses to choose where it means one as an id and
  /// another by name.
  ///
  /// - Returns: nil where nothing is meant.
  func one<Found: Named>(
    _ noun: Noun, _ text: String, id: (Int32) async throws -> Found,
    name: (String) async throws -> Found?
  ) async throws -> Found? {
    if let marked = Self.marked(text) { return try await there { try await id(marked) } }
    guard let number = Int32(text), number > 0 else { return try await name(text) }
    let numbered = try await there { try await id(number) }
    let named = try await name(text)
    guard let numbered, let named, numbered.id != named.id, numbered.mergedInto != named.id else {
      return numbered ?? named
    }
    throw Failure.ambiguous(noun, text, [numbered.label, named.label], more: false)
  }

  /// Nil where the daemon knows nothing of that number.
  private func there<Found>(_ find: () async throws -> Found) async throws -> Found? {
    do {
      return try await find()
    } catch let error as ClientError where error.problem?.status == 404 {
      return nil
    }
  }

  /// Finds the id of a tag, of one that has been deleted too: the log still tells of it.
  func pastTag(_ text: String) async throws -> Int32 {
    do {
      return try await tag(text).id
    } catch Failure.tagUnknown(let text, let near) {
      if let id = Self.marked(text) ?? Int32(text), id > 0, try await isInLog(id) { return id }
      let deleted = try await deletedTags(named: text)
      guard let first = deleted.first else { throw Failure.tagUnknown(text, near: near) }
      guard deleted.count == 1 else {
        throw Failure.ambiguous(.tag, text, deleted.map(\.label), more: false)
      }
      return first.id
    }
  }

  private func isInLog(_ tag: Int32) async throws -> Bool {
    let page: Page<Change> = try await client.get(
      Paths.query(Paths.changes, ["tag": String(tag), "limit": "1"]))
    return !page.items.isEmpty
  }

  private func deletedTags(named text: String) async throws -> [Reference] {
    let wanted = text.lowercased()
    var found: [Reference] = []
    try await client.pages(
      of: Change.self,
      target: { limit, cursor in
        Paths.query(
          Paths.changes, ["type": "tag.deleted", "limit": String(limit), "cursor": cursor])
      },
      each: { page in
        found += page.items.compactMap(\.tag).filter { tag in
          tag.name?.lowercased() == wanted && !found.contains { $0.id == tag.id }
        }
        return true
      })
    return found
  }
}

extension TagDocument: Named {
  var label: String { "\(id)  \(name)" }
}

extension CustomerDocument: Named {
  var label: String { ["\(id)", name, phone].compactMap(\.self).joined(separator: "  ") }
}

extension RuleDocument: Named {
  var mergedInto: Int32? { nil }
  var label: String { "\(id)  \(name)" }
}

extension SegmentDocument: Named {
  var mergedInto: Int32? { nil }
  var label: String { "\(id)  \(name)" }
}

extension Reference: Named {
  var mergedInto: Int32? { nil }
  var label: String { ["\(id)", name].compactMap(\.self).joined(separator: "  ") }
}
