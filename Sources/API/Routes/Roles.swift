import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

extension API {
  static let roleRoutes = [
    Route(.post, "/v1/grants", needs: .teamManage) { try await $0.grantRole($1) },
    Route(.delete, "/v1/grants/{id}", needs: .teamManage) { api, exchange in
      try await api.remove(exchange) { .revokeGrant(GrantID($0)) }
    },
    Route(.post, "/v1/roles", needs: .teamManage) { try await $0.defineRole($1) },
    Route(.get, "/v1/roles/{id}", needs: .teamRead) { try await $0.showRole($1) },
    Route(.patch, "/v1/roles/{id}", needs: .teamManage) { try await $0.reviseRole($1) },
    Route(.delete, "/v1/roles/{id}", needs: .teamManage) { try await $0.removeRole($1) },
    Route(.post, "/v1/tokens", needs: .teamManage) { try await $0.issueToken($1) },
    Route(.delete, "/v1/tokens/{id}", needs: .teamManage) { api, exchange in
      try await api.remove(exchange) { .revokeToken(TokenID($0)) }
    },
  ]

  // MARK: Roles

  private func showRole(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["as_of"])
    let sight = try await sight(exchange, query)
    let text = exchange.captures[0]
    guard let found = sight.state.team.find(role: text) else { throw Problem.roleNotFound(text) }
    return try Response(json: RoleDocument(found), asOf: sight.past).tagged(found.revision)
  }

  private func defineRole(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["name", "permissions", "reason", "dry_run"])
    guard let permissions = try body.texts("permissions") else {
      throw Rejection.fieldMissing(path: "permissions")
    }
    let draft = Domain.RoleDraft(name: try body.requiredText("name"), texts: permissions)
    let receipt = try await submit(.team(.defineRole(draft)), exchange, body)
    return try answer(
      receipt, status: !receipt.isDryRun ? .created : .ok, location: Paths.role)
  }

  private func reviseRole(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["name", "permissions", "reason", "dry_run"])
    let id = try roleID(exchange.captures[0], exchange)
    let receipt = try await submit(
      .team(
        .reviseRole(
          id, name: try body.changedText("name"), texts: try body.texts("permissions"),
          revision: try exchange.expectedRevision())), exchange, body)
    return try answer(receipt, role: id)
  }

  private func removeRole(_ exchange: Exchange) async throws -> Response {
    let id = try roleID(exchange.captures[0], exchange)
    let expectations = try exchange.expectedRevision().map { [Expectation.role(id, revision: $0)] }
    return try answer(
      try await submit(.removeRole(id), exchange, expecting: expectations ?? []), role: id)
  }

  // MARK: Grants and tokens

  private func grantRole(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["operator", "role", "categories", "until", "reason", "dry_run"])
    let draft = Domain.GrantDraft(
      try roleID(body.requiredText("role"), exchange),
      to: try operatorID(body.requiredText("operator"), exchange),
      categories: try body.texts("categories"), until: try body.time("until"))
    let receipt = try await submit(.team(.grantRole(draft)), exchange, body)
    return try answer(receipt, status: receipt.seqs == nil ? .ok : .created)
  }

  /// The token stands in this answer and nowhere else: not in the log, not among kept answers.
  private func issueToken(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["operator", "name", "expires", "uid", "reason"])
    let secret = TokenSecret.random()
    var uid: UInt32?
    if let number = try body.integer("uid") {
      guard let exact = UInt32(exactly: number) else {
        throw Problem.parameterUnreadable(
          name: "uid", value: "\(number)", expected: .user)
      }
      uid = exact
    }
    let draft = Domain.TokenDraft(
      holder: try operatorID(body.requiredText("operator"), exchange),
      digest: TokenDigest(of: secret), name: try body.requiredText("name"),
      expires: try body.time("expires"), uid: uid)
    exchange.keyed?.keepSecret()
    let receipt = try await submit(.team(.issueToken(draft)), exchange, body)
    return try answer(receipt, secret: receipt.isReplay ? nil : secret, status: .created)
  }

  private func remove(
    _ exchange: Exchange, _ command: (Int32) -> TeamCommand
  ) async throws -> Response {
    // A number that nobody has is refused by the writer, once it is known who asks.
    let id = Int32(exchange.captures[0]) ?? .max
    return try answer(try await submit(command(max(id, 1)), exchange))
  }

  /// Submits a command whose reason and dry run stand in the query.
  private func submit(
    _ command: TeamCommand, _ exchange: Exchange, expecting expectations: [Expectation] = []
  ) async throws -> LedgerReceipt {
    let query = try exchange.query()
    try query.only(["reason", "dry_run"])
    return try await submit(
      Order(
        .team(command), by: exchange.caller, reason: query["reason"],
        dryRun: try query.flag("dry_run"), expecting: expectations), exchange)
  }
}

extension Fields {
  /// A moment to come: RFC 3339, or a day, which stands for its first moment in UTC.
  fileprivate func time(_ name: String) throws -> Timestamp? {
    guard let text = try filledText(name) else { return nil }
    guard let time = try? Timestamp(parsing: text) else {
      throw Problem.parameterUnreadable(
        name: name, value: text, expected: "2026-11-22, 2026-11-22T13:45:00Z")
    }
    return time
  }
}
