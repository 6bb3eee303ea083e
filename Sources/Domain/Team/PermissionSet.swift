/// Permissions as bits, compiled from the texts of a role.
///
/// A wildcard has a bit of its own besides those of what it covers now, so that who holds every single
/// permission of today still cannot hand out the wildcard, which covers those of tomorrow too.
package struct PermissionSet: OptionSet, Hashable, Sendable {
  package let rawValue: UInt64

  package init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  package static let everything = PermissionSet(rawValue: .max)
  /// Those that a grant may limit to categories.
  package static let ofCategories = PermissionSet(Permission.allCases.filter(\.isOfCategory))
  package static let reading = PermissionSet(Permission.allCases.filter(\.isReading))

  package init(_ permission: Permission) {
    self.init(rawValue: 1 << UInt64(permission.place))
  }

  package init(_ permissions: some Sequence<Permission>) {
    self = permissions.reduce(into: []) { $0.formUnion(PermissionSet($1)) }
  }

  /// Compiles the texts of a role; one that is not known counts for nothing.
  package init(texts: [String]) {
    self = texts.reduce(into: []) { $0.formUnion(Self.covered(by: $1) ?? []) }
  }

  package func contains(_ permission: Permission) -> Bool {
    rawValue & (1 << UInt64(permission.place)) != 0
  }

  /// The single permissions it holds.
  package var permissions: [Permission] {
    Permission.allCases.filter(contains)
  }

  /// What a text stands for: a permission, `resource:*` or `*`; nil where it is none of them.
  package static func covered(by text: String) -> PermissionSet? {
    if text == "*" { return .everything }
    if let permission = Permission(rawValue: text) { return PermissionSet(permission) }
    guard text.hasSuffix(":*"), let place = resources.firstIndex(of: String(text.dropLast(2)))
    else { return nil }
    let members = Permission.allCases.filter { $0.resource == resources[place] }
    return PermissionSet(members).union(PermissionSet(rawValue: 1 << UInt64(62 - place)))
  }

  /// Everything that a role may name, in the order in which it is shown.
  package static let texts =
    Permission.allCases.map(\.rawValue) + resources.map { $0 + ":*" } + ["*"]

  /// In the order of their first permissions; a later one goes to the end.
  private static let resources: [String] = Permission.allCases.reduce(into: []) { found, next in
    if !found.contains(next.resource) { found.append(next.resource) }
  }
}

extension Permission {
  fileprivate var place: Int { Self.places[self]! }

  private static let places = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
