import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

extension API {
  static let teamRoutes = [
    Route(.get, "/v1/me", access: .team) { try await $0.showMe($1) },
    Route(.get, "/v1/team", needs: .teamRead) { try await $0.showTeam($1) },
    Route(.get, "/v1/team/can", needs: .teamRead) { try await $0.showVerdict($1) },
  ]

  private func showMe(_ exchange: Exchange) async throws -> Response {
    try exchange.query().only([])
    let (state, actor, time) = (read(exchange), exchange.actor, ledger.moment)
    let powers = state.powers(of: actor, at: time)
    let id = actor.operator
    let known = id.flatMap { state.team[$0] }
    let grants = id.map { state.team.grants(of: $0, at: time) } ?? []
    return try Response(
      json: Me(
        actor: actor.name, via: actor.via.name, name: known?.name, language: known?.language,
        permissions: powers.everywhere.permissions.map(\.rawValue),
        limited: Self.limited(powers, as: grants.flatMap { $0.grant.categories ?? [] }),
        grants: grants.map { GrantDocument($0.grant, in: state.team, at: time) }))
  }

  /// What is held for some categories only.
  ///
  /// - Parameter names: the categories as the grants have written them.
  private static func limited(_ powers: Powers, as names: [String]) -> [CategoryPermissions] {
    var told: Set<NameKey> = []
    return names.compactMap { name in
      let key = NameKey(name)
      guard told.insert(key).inserted else { return nil }
      let more = (powers.within[key] ?? []).subtracting(powers.everywhere).permissions
      guard !more.isEmpty else { return nil }
      return CategoryPermissions(category: name, permissions: more.map(\.rawValue))
    }
  }

  private func showTeam(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["as_of"])
    let sight = try await sight(exchange, query)
    guard let past = sight.past else {
      return try Response(
        json: TeamDocument(
          sight.state, at: ledger.moment, used: ledger.authority.lastUse(of:)))
    }
    return try Response(
      json: TeamDocument(sight.state, at: past.at ?? ledger.moment), asOf: past)
  }

  private func showVerdict(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["operator", "permission", "tag", "category", "as_of"])
    let sight = try await sight(exchange, query)
    let time = sight.past?.at ?? ledger.moment
    return try Response(
      json: try Self.verdict(query, in: sight.state, at: time), asOf: sight.past)
  }

  /// Who may do what in a state, at the moment that it is of.
  static func verdict(
    _ query: Query, in state: State, at time: Timestamp
  ) throws -> Verdict {
    guard let found = state.team.find(operator: query["operator"] ?? "") else {
      throw Problem.operatorNotFound(query["operator"] ?? "")
    }
    let text = query["permission"] ?? ""
    guard let permission = Permission(rawValue: text) else { throw Problem.permissionUnknown(text) }
    var reach = Reach.some
    var category: String?
    if let text = query["tag"] {
      guard let tag = try state.tag(text) else { throw Problem.tagNotFound(text) }
      reach = .tag(tag.id)
      category = tag.name.category
    } else if let text = query["category"] {
      category = text.hasSuffix("-*") ? String(text.dropLast(2)) : text
      reach = .category(category)
    }
    let verdict = state.can(found.id, permission, for: reach, at: time)
    return Verdict(
      operator: OperatorDocument(found), permission: permission.rawValue, category: category,
      allowed: verdict.isAllowed,
      grant: verdict.grant.map { GrantDocument($0, in: state.team, at: time) },
      givers: verdict.givers, position: state.position)
  }
}

extension State {
  /// A tag by number or by name.
  fileprivate func tag(_ text: String) throws(Problem) -> CustomerTag? {
    guard let number = Int32(text) else { return tag(named: NameKey(text)) }
    return try current(TagID(number))
  }
}

extension Team {
  /// An operator by number or by name.
  func find(operator text: String) -> Operator? {
    if let number = Int32(text) { return self[OperatorID(number)] }
    return self.operator(named: text)
  }

  /// A role in use, by number or by name.
  func find(role text: String) -> Role? {
    let found = Int32(text).map { self[RoleID($0)] } ?? role(named: text)
    return found?.isRemoved == false ? found : nil
  }
}
