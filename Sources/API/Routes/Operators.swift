import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

extension API {
  static let operatorRoutes = [
    Route(.post, "/v1/operators", needs: .teamManage) { try await $0.registerOperator($1) },
    Route(.get, "/v1/operators/{id}", needs: .teamRead) { try await $0.showOperator($1) },
    Route(.patch, "/v1/operators/{id}", needs: .teamManage) { try await $0.reviseOperator($1) },
    Route(.post, "/v1/operators/{id}/archive", needs: .teamManage) { api, exchange in
      try await api.turnOperator(exchange) { .archiveOperator($0) }
    },
    Route(.post, "/v1/operators/{id}/identities", needs: .teamManage) {
      try await $0.changeIdentity($1)
    },
    Route(.post, "/v1/operators/{id}/restore", needs: .teamManage) { api, exchange in
      try await api.turnOperator(exchange) { .restoreOperator($0) }
    },
  ]

  private func showOperator(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["as_of"])
    let sight = try await sight(exchange, query)
    let text = exchange.captures[0]
    guard let found = sight.state.team.find(operator: text) else {
      throw Problem.operatorNotFound(text)
    }
    return try Response(json: OperatorDocument(found), asOf: sight.past).tagged(found.revision)
  }

  private func registerOperator(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["name", "kind", "language", "uid", "subject", "reason", "dry_run"])
    let kind = try body.filledText("kind") ?? "person"
    guard let kind = Operator.Kind(rawValue: kind) else {
      throw Problem.parameterUnreadable(name: "kind", value: kind, expected: "person, program")
    }
    let draft = Domain.OperatorDraft(
      name: try body.requiredText("name"),
      language: try body.filledText("language") ?? exchange.language.rawValue, kind: kind,
      identities: try body.identities())
    let receipt = try await submit(.team(.registerOperator(draft)), exchange, body)
    return try answer(
      receipt, status: !receipt.isDryRun ? .created : .ok, location: Paths.operator)
  }

  private func reviseOperator(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["name", "language", "reason", "dry_run"])
    let id = try operatorID(exchange.captures[0], exchange)
    let receipt = try await submit(
      .team(
        .reviseOperator(
          id, name: try body.changedText("name"), language: try body.changedText("language"),
          revision: try exchange.expectedRevision())), exchange, body)
    return try answer(receipt, operator: id)
  }

  private func turnOperator(
    _ exchange: Exchange, _ command: (OperatorID) -> TeamCommand
  ) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["reason", "dry_run"])
    let id = try operatorID(exchange.captures[0], exchange)
    return try answer(
      try await submit(.team(command(id)), exchange, body), operator: id)
  }

  private func changeIdentity(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["uid", "subject", "remove", "reason", "dry_run"])
    let identities = try body.identities()
    guard identities.count == 1 else { throw Rejection.fieldMissing(path: "uid") }
    let id = try operatorID(exchange.captures[0], exchange)
    let command: TeamCommand =
      try body.flag("remove")
      ? .removeIdentity(identities[0], id) : .addIdentity(identities[0], id)
    return try answer(try await submit(.team(command), exchange, body), operator: id)
  }

  // MARK: Finding

  /// The operator that a number or a name means.
  ///
  /// Whoever may not manage the team does not learn by it who is in the team: the writer refuses them
  /// whatever they have named.
  func operatorID(_ text: String, _ exchange: Exchange) throws -> OperatorID {
    if let found = read(exchange).team.find(operator: text) { return found.id }
    guard managesTeam(exchange) else { return OperatorID(.max) }
    throw Problem.operatorNotFound(text)
  }

  func roleID(_ text: String, _ exchange: Exchange) throws -> RoleID {
    if let found = read(exchange).team.find(role: text) { return found.id }
    guard managesTeam(exchange) else { return RoleID(.max) }
    throw Problem.roleNotFound(text)
  }

  private func managesTeam(_ exchange: Exchange) -> Bool {
    let powers = read(exchange).powers(of: exchange.actor, at: ledger.moment)
    return powers.everywhere.contains(.teamManage)
  }

  // MARK: Answering

  /// Tells what has become of what a command was about.
  func answer(
    _ receipt: LedgerReceipt, operator: OperatorID? = nil, role: RoleID? = nil,
    secret: String? = nil, status: HTTPResponse.Status = .ok,
    location: ((String) -> String)? = nil
  ) throws -> Response {
    let state = receipt.preview ?? ledger.state
    let team = state.team
    var told = TeamReceipt(
      seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun)
    let change = receipt.events.first.flatMap { TeamChange($0.type, $0.data) }
    var id: Int32?
    switch change {
    case .operatorRegistered(let found, _, _, _):
      told.operator = team[found].map(OperatorDocument.init)
      id = found.rawValue
    case .roleDefined(let found, _):
      told.role = team[found].map(RoleDocument.init)
      id = found.rawValue
    case .roleGranted(let found, _), .grantRevoked(let found, _, _):
      told.grant = team[found].map { GrantDocument($0, in: team, at: ledger.moment) }
    case .tokenIssued(let found, _), .tokenRevoked(let found, _):
      told.token = team[found].map {
        TokenDocument($0, in: team, used: ledger.authority.lastUse(of: $0))
      }
    default: break
    }
    if let id = `operator` { told.operator = team[id].map(OperatorDocument.init) }
    if let id = role { told.role = team[id].map(RoleDocument.init) }
    told.secret = secret
    var response = try Response(status, json: told)
    if let id, let location, !receipt.isDryRun {
      response.headers[.location] = location("\(id)")
    }
    guard let revision = told.operator?.revision ?? told.role?.revision else { return response }
    return response.tagged(revision)
  }
}

extension Fields {
  /// The uid and the subject that a body names, if any.
  fileprivate func identities() throws -> [Identity] {
    var identities: [Identity] = []
    if let number = try integer("uid") {
      guard let uid = UInt32(exactly: number) else {
        throw Problem.parameterUnreadable(
          name: "uid", value: "\(number)", expected: .user)
      }
      identities.append(.uid(uid))
    }
    if let subject = try filledText("subject") { identities.append(.subject(subject)) }
    return identities
  }
}
