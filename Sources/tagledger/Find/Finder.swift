import APITypes
import Client

/// Finds what the operator means, since names may stand where ids may.
struct Finder {
  let client: Client
  /// The last event that counts, where names are meant as they were.
  var asOf: String?

  /// Finds a tag by id, name or alias, archived ones too.
  func tag(_ text: String) async throws -> TagDocument {
    let found = try await one(
      .tag, text, id: { try await client.get(Paths.query(Paths.tag($0), ["as_of": asOf])) },
      name: { text in
        let target = Paths.query(
          Paths.tags, ["name": text, "archived": "all", "limit": "1", "as_of": asOf])
        let page: Page<TagDocument> = try await client.get(target)
        return page.items.first
      })
    if let found { return found }
    throw Failure.tagUnknown(text, near: try await near(text))
  }

  /// Names that may have been meant: those that contain the text, or differ by a few letters.
  private func near(_ text: String) async throws -> [String] {
    let tags = try await client.tags()
    let wanted = text.lowercased()
    let ranked = tags.compactMap { tag -> (distance: Int, name: String)? in
      let name = tag.name.lowercased()
      if name.contains(wanted) { return (0, tag.name) }
      let distance = EditDistance.between(wanted, name)
      return distance <= max(2, wanted.count / 3) ? (distance, tag.name) : nil
    }
    return ranked.sorted { $0.distance < $1.distance }.prefix(5).map(\.name)
  }

  /// Finds a customer by id, phone or a name that is only theirs.
  func customer(_ text: String) async throws -> CustomerDocument {
    let found = try await one(
      .customer, text,
      id: { try await client.get(Paths.query(Paths.customer($0), ["as_of": asOf])) },
      name: { text in
        if Self.looksLikePhone(text) { return try await customer(phone: text) }
        // A number is part of many names; as a name it is meant whole.
        return Int32(text) == nil
          ? try await customer(named: text) : try await customer(called: text)
      })
    if let found { return found }
    guard Int32(text) != nil, !Self.looksLikePhone(text) else {
      throw Failure.customerUnknown(text)
    }
    return try await customer(named: text)
  }

  private func customer(phone: String) async throws -> CustomerDocument? {
    let target = Paths.query(Paths.customers, ["phone": phone, "limit": "1", "as_of": asOf])
    let page: Page<CustomerDocument> = try await client.get(target)
    return page.items.first
  }

  private static let candidates = 10

  private func customer(named text: String) async throws -> CustomerDocument {
    let limit = String(Self.candidates + 1)
    let page: Page<CustomerDocument> = try await client.get(
      Paths.query(Paths.customers, ["q": text, "limit": limit, "as_of": asOf]))
    let exact = page.items.filter { $0.name?.lowercased() == text.lowercased() }
    if exact.count == 1 { return exact[0] }
    if page.items.count == 1 { return page.items[0] }
    guard !page.items.isEmpty else { throw Failure.customerUnknown(text) }
    let told = page.items.prefix(Self.candidates).map(\.label)
    throw Failure.ambiguous(.customer, text, told, more: page.items.count > Self.candidates)
  }

  /// Nil where none of the first that have the text in their name has it for the whole name.
  private func customer(called text: String) async throws -> CustomerDocument? {
    let page: Page<CustomerDocument> = try await client.get(
      Paths.query(Paths.customers, ["q": text, "as_of": asOf]))
    return page.items.first { $0.name == text }
  }

  /// Finds the ids of customers; a short number is taken as an id without asking.
  func customers(_ texts: [String]) async throws -> [Int32] {
    var ids: [Int32] = []
    for text in texts {
      if text.utf8.count <= 7, let id = Int32(text), id > 0 {
        ids.append(id)
      } else {
        ids.append(try await customer(text).id)
      }
    }
    return ids
  }

  /// Digits, with the signs that people put between them, and enough of them.
  static func looksLikePhone(_ text: String) -> Bool {
    let digits = text.filter { $0.isASCII && $0.isNumber }.count
    let signs: Set<Character> = ["+", "-", " ", "(", ")", ".", "/", "\u{A0}"]
    return digits >= 8
      && text.allSatisfy { ($0.isASCII && $0.isNumber) || signs.contains($0) }
  }
}

extension Client {
  /// All tags, archived ones too.
  func tags() async throws -> [TagDocument] {
    var tags: [TagDocument] = []
    try await pages(
      of: TagDocument.self,
      target: { limit, cursor in
        Paths.query(
          Paths.tags, ["archived": "all", "limit": String(limit), "cursor": cursor])
      },
      each: { page in
        tags += page.items
        return true
      })
    return tags
  }
}
