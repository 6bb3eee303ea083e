import APITypes
import Client

/// Finds what the operator means, since names may stand where ids may.
struct Finder {
  let client: Client
  /// The last event that counts, where names are meant as they were.
  var asOf: String?

  /// Finds a tag by id, name or alias, archived ones too.
  func tag(_ text: String) async throws -> TagDocument {
    if let id = Int32(text), id > 0, let tag = try await tag(id: id) { return tag }
    let target = Paths.query(
      Paths.tags, ["name": text, "archived": "all", "limit": "1", "as_of": asOf])
    let page: Page<TagDocument> = try await client.get(target)
    if let tag = page.items.first { return tag }
    throw Failure.tagUnknown(text, near: try await near(text))
  }

  private func tag(id: Int32) async throws -> TagDocument? {
    do {
      return try await client.get(Paths.query(Paths.tag(id), ["as_of": asOf]))
    } catch  where error.problem?.status == 404 {
      // A tag may be named "2026".
      return nil
    }
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
    if let id = Int32(text), id > 0 {
      do {
        return try await client.get(Paths.query(Paths.customer(id), ["as_of": asOf]))
      } catch  where error.problem?.status == 404 {}
    }
    if Self.looksLikePhone(text) {
      let target = Paths.query(Paths.customers, ["phone": text, "limit": "1", "as_of": asOf])
      let page: Page<CustomerDocument> = try await client.get(target)
      guard let customer = page.items.first else { throw Failure.customerUnknown(text) }
      return customer
    }
    return try await customer(named: text)
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
    let told = page.items.prefix(Self.candidates).map { customer in
      ["\(customer.id)", customer.name, customer.phone].compactMap(\.self).joined(separator: "  ")
    }
    throw Failure.customerAmbiguous(text, told, more: page.items.count > Self.candidates)
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
